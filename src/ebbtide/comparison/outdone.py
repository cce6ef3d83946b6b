"""Where what a policy adds adds nothing: acts that it keeps hold the lever as strongly there.

The strongest act of a lever counts. Scaled to a small effort, an act may fall below one that goes on
under the reference in the same places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ebbtide.scenario.covered_acts import covered
from ebbtide.scenario.covered_places import parts_of
from ebbtide.scenario.deployments import under
from ebbtide.scenario.policy_from import added

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario


def outdone(policy: Policy, scenario: Scenario) -> list[dict[str, Any]]:
    """The acts that a policy adds and that others, which it keeps, outdo somewhere in all their weeks.

    A row an act and part of it: `act` its name, `strength`, `places` by name (none: the lever is held by
    no place), `of`, the groups or forces of which alone it is so (none: of all), `wholly`, whether it adds
    nothing anywhere, and `by`, the strengths of those others, in the middle, by name.
    """
    file, acts = under(policy.file, scenario.file), policy.file.acts
    own = added(policy, scenario)
    kept = {name: act for name, act in acts.items() if name not in own and act.strength.median > 0}
    return [
        {
            "act": name,
            "strength": acts[name].strength.median,
            "places": [file.places[place].name for place in part.places],
            "of": [*part.of],
            "wholly": found.wholly,
            "by": {other: acts[other].strength.median for other in part.by},
        }
        for name in own
        for found in covered({**kept, name: acts[name]}, file)
        if found.name == name
        for part in parts_of(found)
    ]
