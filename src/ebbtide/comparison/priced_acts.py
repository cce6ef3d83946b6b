"""Acts of levers whose effort no run books: how strong they are, when, and on how much of what is priced.

Where several acts move one lever it stands at the strongest, by the same rule as in a run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.rules import targeting
from ebbtide.scenario.cells import places_reached
from ebbtide.scenario.levers import groups_met
from ebbtide.scenario.policy import OF_POLICY
from ebbtide.scenario.weeks import in_force

if TYPE_CHECKING:
    from ebbtide.comparison.lived import LivedRuns
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.scenario.schema.policy import Act


@dataclass(frozen=True, slots=True)
class PricedAct:
    """An act of a lever that has a price.

    `drawn` is the path of its strength where that has a prior, else None and `strength` says it. It is in
    force from the first of `weeks` until the second, and reaches so many parts of what the price is of.
    """

    strength: float
    drawn: str | None
    weeks: tuple[int, int]
    reaches: tuple[int, ...]

    def by_replication(self, lived: LivedRuns, policy: int) -> np.ndarray:
        """Its strength in each replication of a policy, by the policy's number."""
        if self.drawn is None:
            return np.full(len(lived.replications), self.strength)
        drawn: np.ndarray = lived.numbers(self.drawn)[:, policy]
        return drawn


def acts_told(lever: str, per: str, policy: Policy, scenario: Scenario) -> list[dict[str, Any]]:
    """The acts of a lever in a policy, as a manifest says them.

    Acts that are against other groups than the focus are another question's.
    """
    found = []
    for name, act in policy.file.acts.items():
        strength = act.strength
        if act.kind == lever and strength.quantile(1.0) > 0 and _meets_focus(act, scenario):
            weeks = in_force(act, scenario.file)
            drawn = f"{OF_POLICY}acts.{name}.strength" if strength.uncertain else None
            reaches = tuple(np.flatnonzero(_reached(per, act, scenario)).tolist())
            priced = PricedAct(strength.median, drawn, (weeks.start, weeks.stop), reaches)
            found.append(asdict(priced))
    return found


def weeks_at_full(
    told: Iterable[dict[str, Any]],
    shares: Sequence[float],
    lived: LivedRuns,
    policy: int,
    counted: np.ndarray,
) -> np.ndarray:
    """Weeks of a lever at full strength on all that its price is of, by replication of a policy.

    `told` are its acts as a manifest says them, `shares` those of the parts of what its price is of,
    `counted` whether a week is counted.
    """
    acts = [PricedAct(**each) for each in told]
    strengths = [act.by_replication(lived, policy) for act in acts]
    reached_by: defaultdict[tuple[int, ...], float] = defaultdict(float)
    for part, share in enumerate(shares):
        reached_by[tuple(n for n, act in enumerate(acts) if part in act.reaches)] += share
    edges = sorted(
        {0, len(counted), *(min(week, len(counted)) for act in acts for week in act.weeks)}
    )
    total = np.zeros(len(lived.replications))
    for first, stop in pairwise(edges):
        weeks = int(counted[first:stop].sum())
        for reaching, share in reached_by.items():
            moving = [n for n in reaching if acts[n].weeks[0] <= first < acts[n].weeks[1]]
            if weeks and moving:
                total += weeks * share * _held([strengths[n] for n in moving])
    return total


def _held(strengths: Sequence[np.ndarray]) -> np.ndarray:
    """At what a lever stands that several acts move, by replication."""
    held = np.zeros_like(strengths[0])
    for strength in strengths:
        takes_over = [
            targeting.outdoes(one, targeting.ahead(0.0, one, so_far))
            for one, so_far in zip(strength.tolist(), held.tolist(), strict=True)
        ]
        held = np.where(takes_over, strength, held)
    return held


def shares_of(per: str, scenario: Scenario) -> list[float]:
    """Among what a price is shared out: one act, groups, people by place, or borders.

    Raises TypeError for another word than those of PER, as `acts_told` does.
    """
    match per:
        case "act":
            return [1.0]
        case "group":
            return [1.0] * len(scenario.focus_groups)
        case "people":
            people = np.array([each.population.median for each in scenario.file.places.values()])
            shares: list[float] = (people / people.sum()).tolist()
            return shares
        case "borders":
            borders = sum(each.international for each in scenario.file.borders.values())
            return [1 / max(1, borders)] * borders
    raise _shared_among_nothing(per)


def _meets_focus(act: Act, scenario: Scenario) -> bool:
    met = groups_met(act, scenario.file.groups)
    return not met or bool({*met} & {*scenario.focus_groups})


def _reached(per: str, act: Act, scenario: Scenario) -> list[bool]:
    """Which of the parts of a price an act meets."""
    file = scenario.file
    match per:
        case "act":
            return [True]
        case "group":
            met = {*groups_met(act, file.groups)}
            return [not met or group in met for group in scenario.focus_groups]
        case "people":
            places = {*places_reached(act, file)}
            return [place in places for place in file.places]
        case "borders":
            places = {*places_reached(act, file)}
            crossing = [each for each in file.borders.values() if each.international]
            return [bool(places & {*each.between}) for each in crossing]
    raise _shared_among_nothing(per)


def _shared_among_nothing(per: str) -> TypeError:
    return TypeError(f"a price is per {per}, and nothing says among what it is shared out")
