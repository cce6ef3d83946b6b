"""What is sought: a goal, and policies whose size and first week may be chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ebbtide.comparison.least_effort.goal import Goal
from ebbtide.comparison.question import Question
from ebbtide.comparison.scalable import Scalable
from ebbtide.scenario import Policy
from ebbtide.scenario.policy_from import begun_on
from ebbtide.scenario.policy_mix import called, mixed
from ebbtide.scenario.weeks import A_WEEK

Plan = tuple[tuple[float, int], ...]  # of each policy its size, and the weeks that it waits


@dataclass(frozen=True, slots=True)
class Choice:
    """A policy that may be taken, from `earliest` on; its size is the strength of its strongest act."""

    name: str
    scalable: Scalable
    earliest: dt.date

    def day(self, week: int) -> dt.date:
        """When it begins if it waits so many weeks."""
        return self.earliest + week * A_WEEK


@dataclass(frozen=True)
class Sought:
    """A goal, ceilings by outcome, and what may be chosen.

    `question` has the reference alone; its replications are those of the search. `latest` is the last day
    on which a policy may begin, `fresh` the number of replications in which a find is lived again.
    """

    question: Question
    choices: tuple[Choice, ...]
    goal: Goal
    ceilings: Mapping[str, float]
    latest: dt.date
    rounds: int
    fresh: int

    @property
    def weeks(self) -> tuple[int, ...]:
        """Of each policy, the weeks that it may wait."""
        return tuple((self.latest - each.earliest) // A_WEEK for each in self.choices)

    def policy(self, plan: Plan, name: str) -> Policy | None:
        """What is done at a plan, under a name; None where no policy is taken. Raises Faults."""
        scenario = self.question.scenario
        found: Policy | None = None
        for each, (size, week) in zip(self.choices, plan, strict=True):
            if size > 0:
                scaled = each.scalable.scaled(size * each.scalable.most)
                taken = begun_on(scaled, each.day(week), scenario)
                found = taken if found is None else mixed(found, taken, scenario)
        return None if found is None else called(found, name, self.words(plan))

    def words(self, plan: Plan) -> str:
        """A plan as people read it."""
        parts = [
            f"{each.name} at {size:.2f} from {each.day(week)}"
            for each, (size, week) in zip(self.choices, plan, strict=True)
            if size > 0
        ]
        return ", ".join(parts) or f"nothing beside {self.question.reference}"

    def keeps(self, most: Mapping[str, float]) -> bool:
        """Whether means keep the ceilings."""
        return all(most[name] <= ceiling for name, ceiling in self.ceilings.items())
