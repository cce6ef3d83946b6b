"""What one run comes to, in numbers: a registry of pure functions of one group's weeks.

A number is None where the run has no answer (the half that never came, a cut after the end).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Value = float | int | bool | dt.date | None


@dataclass(frozen=True)
class Trajectory:
    """One group's weeks in one run.

    `dates` (datetime64[D]) and each of `outcomes` have one entry a week, week 0 included;
    `cut_week` is the week whose interval holds the cut, None if there is none in the run.
    """

    dates: np.ndarray
    outcomes: Mapping[str, np.ndarray]
    cut_week: int | None = None

    def date(self, week: int) -> dt.date:
        return self.dates[week].astype("datetime64[D]").item()

    def at_cut(self, outcome: str) -> float | None:
        return None if self.cut_week is None else float(self.outcomes[outcome][self.cut_week])

    @property
    def fighters(self) -> np.ndarray:
        return self.outcomes["fighters"]

    @property
    def peak_week(self) -> int | None:
        """The first week of greatest strength; None for a group that never had a fighter."""
        week = int(self.fighters.argmax())
        return week if self.fighters[week] > 0 else None

    @property
    def end_week(self) -> int | None:
        """The first week of the last stretch without a fighter; None if some are left."""
        standing = (self.fighters > 0).nonzero()[0]
        if standing.size == 0 or standing[-1] == len(self.fighters) - 1:
            return None
        return int(standing[-1]) + 1


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a run: unit (`date` and `yes/no` among them), meaning, and how to get it."""

    unit: str
    meaning: str
    of: Callable[[Trajectory], Value]


NUMBERS: dict[str, Number] = {}


def _number(unit: str) -> Callable[[Callable[[Trajectory], Value]], Callable[[Trajectory], Value]]:
    def register(of: Callable[[Trajectory], Value]) -> Callable[[Trajectory], Value]:
        NUMBERS[of.__name__] = Number(unit, (of.__doc__ or "").strip(), of)
        return of

    return register


def measure(trajectory: Trajectory) -> dict[str, Value]:
    """Every number of the registry, for one run."""
    return {name: number.of(trajectory) for name, number in NUMBERS.items()}


@_number("men")
def fighters_peak(trajectory: Trajectory) -> Value:
    """Most fighters in any week."""
    return int(trajectory.fighters.max())


@_number("date")
def peak_date(trajectory: Trajectory) -> Value:
    """End of the first week with the most fighters."""
    week = trajectory.peak_week
    return None if week is None else trajectory.date(week)


@_number("men")
def fighters_at_cut(trajectory: Trajectory) -> Value:
    """Fighters in the week of the cut."""
    return trajectory.at_cut("fighters")


@_number("men")
def affiliates_at_cut(trajectory: Trajectory) -> Value:
    """Fighters and supporters in the week of the cut."""
    return trajectory.at_cut("affiliates")


@_number("men")
def fighters_at_end(trajectory: Trajectory) -> Value:
    """Fighters in the last week."""
    return int(trajectory.fighters[-1])


@_number("weeks")
def weeks_from_peak_to_half(trajectory: Trajectory) -> Value:
    """Weeks from the peak until strength is first at half of it or less."""
    peak = trajectory.peak_week
    if peak is None:
        return None
    after = trajectory.fighters[peak:]
    halved = (2 * after <= after[0]).nonzero()[0]
    return int(halved[0]) if halved.size else None


@_number("fighter-weeks")
def area_under_strength(trajectory: Trajectory) -> Value:
    """Fighters at the end of each week, summed over the weeks simulated."""
    return float(trajectory.fighters[1:].sum())


@_number("yes/no")
def ended(trajectory: Trajectory) -> Value:
    """The group had fighters, and has none from some week to the end of the run."""
    return trajectory.end_week is not None


@_number("date")
def ended_date(trajectory: Trajectory) -> Value:
    """End of the first week from which the group has no fighter any more."""
    week = trajectory.end_week
    return None if week is None else trajectory.date(week)


@_number("share")
def share_switched_at_cut(trajectory: Trajectory) -> Value:
    """Share of fighters in the week of the cut who came over from other groups."""
    fighters = trajectory.at_cut("fighters")
    switched = trajectory.at_cut("fighters_switched")
    return switched / fighters if fighters and switched is not None else None


@_number("districts")
def districts_held_at_cut(trajectory: Trajectory) -> Value:
    """Districts held in the week of the cut."""
    return trajectory.at_cut("districts_held")


@_number("districts")
def districts_held_at_end(trajectory: Trajectory) -> Value:
    """Districts held in the last week."""
    return float(trajectory.outcomes["districts_held"][-1])
