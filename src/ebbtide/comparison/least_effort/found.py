"""What a search found: all that it tried, what was lived again, and the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison.least_effort.sought import Plan, Sought
from ebbtide.comparison.paired import WithInterval, difference
from ebbtide.comparison.robustness import pareto, share
from ebbtide.study.store import write_whole

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class PlanNumbers:
    """What came of a plan, by replication.

    Whether the goal was `reached`, `effort` of own acts (effort-weeks), what has a ceiling.
    """

    reached: np.ndarray
    effort: np.ndarray
    most: Mapping[str, np.ndarray]

    def of(self, replications: np.ndarray) -> PlanNumbers:
        """Those of some replications."""
        most = {name: values[replications] for name, values in self.most.items()}
        return PlanNumbers(self.reached[replications], self.effort[replications], most)


@dataclass(frozen=True, slots=True)
class TriedPlan:
    """A plan and its means over the replications of the search."""

    plan: Plan
    probability: float
    effort: float
    most: Mapping[str, float]

    @classmethod
    def of(cls, plan: Plan, numbers: PlanNumbers) -> TriedPlan:
        """The means."""
        most = {name: float(values.mean()) for name, values in numbers.most.items()}
        return cls(plan, float(numbers.reached.mean()), float(numbers.effort.mean()), most)


@dataclass(frozen=True, slots=True)
class LivedAgain:
    """What came of a plan in replications that the search has not seen, with 95% intervals."""

    tried: TriedPlan
    replications: int
    probability: WithInterval
    effort: WithInterval
    most: Mapping[str, WithInterval]

    @classmethod
    def of(cls, tried: TriedPlan, numbers: PlanNumbers) -> LivedAgain:
        """The means with their intervals."""
        nothing = np.zeros(len(numbers.reached))
        return cls(
            tried,
            len(numbers.reached),
            share(numbers.reached),
            difference(numbers.effort, nothing),
            {name: difference(values, nothing) for name, values in numbers.most.items()},
        )


@dataclass
class Found:
    """All that was tried, what was lived again in order, and which of it is the answer, if any."""

    sought: Sought
    tried: list[TriedPlan] = field(default_factory=list)
    again: list[LivedAgain] = field(default_factory=list)
    answer: LivedAgain | None = None

    @property
    def within(self) -> list[TriedPlan]:
        """What reaches the goal in the search and keeps the ceilings, the least effort first."""
        sought = self.sought
        within = [
            each for each in self.tried
            if sought.keeps(each.most) and each.probability >= sought.goal.probability
        ]  # fmt: skip
        return sorted(within, key=lambda each: each.effort)

    def table(self) -> pd.DataFrame:
        """A row a plan tried, the least effort first.

        Columns: `NAME.size` and `NAME.start` of each policy, `effort`, `probability`, means of what has a
        ceiling, `kept`, whether all of these are kept, and `frontier`: no other that keeps them is as
        likely to reach the goal at as little effort.
        """
        import pandas as pd

        rows = []
        for each in self.tried:
            row: dict[str, Any] = {}
            for choice, (size, week) in zip(self.sought.choices, each.plan, strict=True):
                row[f"{choice.name}.size"] = size
                row[f"{choice.name}.start"] = choice.day(week).isoformat() if size else ""
            row |= {"effort": each.effort, "probability": each.probability, **each.most}
            rows.append(row | {"kept": self.sought.keeps(each.most)})
        table = pd.DataFrame(rows).assign(frontier=False)
        kept = table[table["kept"]]
        if len(kept):
            best = pareto(np.column_stack([kept["effort"], -kept["probability"]]))
            table.loc[kept.index[best], "frontier"] = True
        return table.sort_values(["effort", "probability"], ignore_index=True)


def keep(found: Found, folder: Path) -> list[Path]:
    """Write what was tried and the answer into the folder, and return the files. Raises OSError."""
    sought = found.sought
    said = {
        "goal": str(sought.goal),
        "at_most": dict(sought.ceilings),
        "counted_from": sought.question.start.isoformat(),
        "answer": None if found.answer is None else sought.words(found.answer.tried.plan),
        "lived_again": [
            {
                "what": sought.words(each.tried.plan),
                "replications": each.replications,
                "probability": _ends(each.probability),
                "effort": _ends(each.effort),
                "at_most": {name: _ends(value) for name, value in each.most.items()},
                "in_the_search": {
                    "probability": each.tried.probability, "effort": each.tried.effort,
                },
            }
            for each in found.again
        ],
    }  # fmt: skip
    files = [folder / "tried.csv", folder / "answer.json"]
    write_whole(files[0], found.table().to_csv(index=False).encode())
    write_whole(files[1], json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n")
    return files


def _ends(found: WithInterval) -> list[float]:
    return [found.value, found.low, found.high]
