"""What policies end or change of the reference, and those that put less of a lever in the place of more.

No factor scales what is ended. Scaled to a small effort, a policy that puts its own in the place of the
reference's is less of what it stands for than the reference has already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ebbtide.scenario.content import REMARKS
from ebbtide.scenario.levers import LEVERS, groups_met
from ebbtide.scenario.policy_from import added

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.scenario.schema.policy import Act


def not_kept(policy: Policy, reference: Policy) -> list[str]:
    """The acts of the reference that a policy has not, or has otherwise in what a run can feel."""
    kept = policy.file.acts
    return [
        name
        for name, act in reference.file.acts.items()
        if name not in kept or _felt(kept[name]) != _felt(act)
    ]


def less_than_ended(policy: Policy, reference: Policy, scenario: Scenario) -> list[dict[str, Any]]:
    """The acts of the reference that a policy ends, and beside which its own of the kind are weaker.

    A row an act: `ended` its name, `kind` its lever, `strength`, and `own`, the greatest strength of what
    the policy adds of that lever with the same force against one of the same groups.
    """
    own = [policy.file.acts[name] for name in added(policy, scenario)]
    found = []
    for name, act in reference.file.acts.items():
        if LEVERS[act.kind].at_start_only or not _ends(policy.file.acts.get(name), act):
            continue
        instead = [each.strength.median for each in own if _alike(each, act, scenario)]
        if instead and max(instead) < act.strength.median:
            found.append(
                {
                    "ended": name,
                    "kind": act.kind,
                    "strength": act.strength.median,
                    "own": max(instead),
                }
            )
    return found


def _felt(act: Act) -> dict[str, Any]:
    return {key: value for key, value in dict(act).items() if key not in REMARKS}


def _ends(kept: Act | None, act: Act) -> bool:
    """Whether an act of the reference is ended earlier, or is not there."""
    if kept is None:
        return True
    return kept.stop is not None and (act.stop is None or kept.stop < act.stop)


def _alike(own: Act, act: Act, scenario: Scenario) -> bool:
    """Whether an act moves the same lever, with the same force, against one of the same groups."""
    if (own.kind, own.force) != (act.kind, act.force):
        return False
    met = [{*groups_met(each, scenario.file.groups)} for each in (own, act)]
    return met[0] == met[1] or bool(met[0] & met[1])
