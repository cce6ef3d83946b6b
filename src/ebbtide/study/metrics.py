"""The metrics of a run: a registry of pure functions of the weeks of one group, or of several together.

A metric is None where the run has no answer (the half that never came, a cut after the end).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.extensions import Extensions, answers
from ebbtide.extensions.declaring import (
    better_of,
    digits_of,
    meaning_of,
    side_effect_of,
    unit_of,
)
from ebbtide.scenario.faults import Fault, Faults
from ebbtide.world.outcomes import ATTACKS, OUTCOMES
from ebbtide.world.sign import Sign
from ebbtide.world.units import DATE, YES_NO, is_flow, must_be_a_unit, over_weeks

if TYPE_CHECKING:
    import numpy as np

MetricValue = float | int | bool | dt.date | None


@dataclass(frozen=True)
class Trajectory:
    """The weeks of one group, or of several together, in one run.

    What does not add up over several, such as support, is NaN of them.
    `dates` (datetime64[D]), each of `outcomes` and `others_fighters` (the fighters of all other
    groups together) have one entry a week, week 0 included; `cut_week` is the week whose interval
    holds the cut, None if there is none in the run.
    """

    dates: np.ndarray
    outcomes: Mapping[str, np.ndarray]
    others_fighters: np.ndarray
    cut_week: int | None = None

    def date(self, week: int) -> dt.date:
        """The last day of a week."""
        day: dt.date = self.dates[week].astype("datetime64[D]").item()
        return day

    def at_cut(self, outcome: str) -> float | None:
        """An outcome in the week of the cut; None for a run without it."""
        return None if self.cut_week is None else float(self.outcomes[outcome][self.cut_week])

    def total(self, outcome: str) -> float:
        """A weekly flow, summed over the weeks."""
        return float(self.outcomes[outcome].sum())

    @property
    def fighters(self) -> np.ndarray:
        """Fighters by week."""
        return self.outcomes["fighters"]

    @property
    def peak_week(self) -> int | None:
        """The first week of greatest strength; None for a group that never had a fighter."""
        week = int(self.fighters.argmax())
        return week if self.fighters[week] > 0 else None

    def weeks_with(self, outcome: str) -> list[int]:
        """The weeks in which a level is above zero."""
        return (self.outcomes[outcome] > 0).nonzero()[0].tolist()

    def end_week(self, outcome: str) -> int | None:
        """The first week of the last stretch in which a level is zero.

        None for one that never was above zero, or is so in the last week.
        """
        weeks = self.weeks_with(outcome)
        return weeks[-1] + 1 if weeks and weeks[-1] + 1 < len(self.dates) else None


@dataclass(frozen=True, slots=True)
class Metric:
    """A number of a run: unit (one of `world.units`, or of the user's own), meaning, how to get it.

    `tabled` tells whether the table that a sweep prints has it; a date it never has. By one of which
    `better` says which way is better, policies are compared unless other numbers are asked for. A
    `side_effect` falls on others than the group, or has to be spent. `digits` stand behind the point
    where the unit does not say how many.
    """

    unit: str
    meaning: str
    of: Callable[[Trajectory], MetricValue]
    tabled: bool
    better: Sign | None = None
    side_effect: bool = False
    digits: int | None = None


METRICS: dict[str, Metric] = {}

Of = Callable[[Trajectory], MetricValue]
OfOutcome = Callable[[Trajectory, str], MetricValue]


def _add(name: str, metric: Metric) -> None:
    """Enter a metric of the model. Raises TypeError for a unit that means nothing."""
    must_be_a_unit(f"metric {name}", metric.unit)
    METRICS[name] = metric


def _metric(unit: str, *, better: Sign | None = None) -> Callable[[Of], Of]:
    def register(of: Of) -> Of:
        meaning = (of.__doc__ or "").strip()
        _add(of.__name__, Metric(unit, meaning, of, tabled=True, better=better))
        return of

    return register


def _metric_of(
    outcome: str, *, tabled: bool = True, better: Sign | None = None, side_effect: bool = False
) -> Callable[[OfOutcome], OfOutcome]:
    """A metric made of one outcome alone, which gives the unit; a flow's is summed over weeks."""
    weekly = OUTCOMES[outcome].unit
    unit = over_weeks(weekly) if is_flow(weekly) else weekly

    def register(of: OfOutcome) -> OfOutcome:
        meaning = (of.__doc__ or "").strip()
        found = Metric(unit, meaning, lambda lived: of(lived, outcome), tabled, better, side_effect)
        _add(of.__name__, found)
        return of

    return register


def metrics_with(extensions: Extensions) -> dict[str, Metric]:
    """Every metric of the registry, and then those of the user's own. Raises Faults."""
    own = {
        name: Metric(
            unit_of(function),
            meaning_of(function),
            _own(name, function),
            tabled=True,
            better=better_of(function),
            side_effect=side_effect_of(function),
            digits=digits_of(function),
        )
        for name, function in extensions.metrics.items()
    }
    if taken := own.keys() & METRICS.keys():
        found = "the name of a metric of the model"
        raise Faults([Fault("extensions", name, found, "another") for name in sorted(taken)])
    return METRICS | own


def _own(name: str, function: Of) -> Of:
    """A metric of the user's own, its answer taken as its unit wants it; faults name it."""
    unit = unit_of(function)
    taken = {DATE: answers.date, YES_NO: answers.truth}.get(unit, answers.number)

    def answer(trajectory: Trajectory) -> MetricValue:
        with answers.asked(f"metric {name}, in {unit}"):
            return taken(function(trajectory))

    return answer


def measure(
    trajectory: Trajectory, metrics: Mapping[str, Metric] = METRICS
) -> dict[str, MetricValue]:
    """These metrics, for one run."""
    found = {name: metric.of(trajectory) for name, metric in metrics.items()}
    return {name: None if _is_nan(value) else value for name, value in found.items()}


def _is_nan(value: MetricValue) -> bool:
    """Whether it rests on what does not add up over several groups."""
    return isinstance(value, float) and math.isnan(value)


@_metric_of("fighters")
def fighters_peak(trajectory: Trajectory, outcome: str) -> MetricValue:
    """Most fighters in any week."""
    return int(trajectory.outcomes[outcome].max())


@_metric("date")
def peak_date(trajectory: Trajectory) -> MetricValue:
    """End of the first week with the most fighters."""
    week = trajectory.peak_week
    return None if week is None else trajectory.date(week)


@_metric_of("fighters")
def fighters_at_cut(trajectory: Trajectory, outcome: str) -> MetricValue:
    """Fighters in the week of the cut."""
    return trajectory.at_cut(outcome)


@_metric_of("affiliates")
def affiliates_at_cut(trajectory: Trajectory, outcome: str) -> MetricValue:
    """Fighters and supporters in the week of the cut."""
    return trajectory.at_cut(outcome)


@_metric_of("fighters", better="less")
def fighters_at_end(trajectory: Trajectory, outcome: str) -> MetricValue:
    """Fighters in the last week."""
    return int(trajectory.outcomes[outcome][-1])


@_metric("weeks")
def weeks_from_peak_to_half(trajectory: Trajectory) -> MetricValue:
    """Weeks from the peak until strength is first at half or less."""
    peak = trajectory.peak_week
    if peak is None:
        return None
    after = trajectory.fighters[peak:]
    halved = (2 * after <= after[0]).nonzero()[0]
    return int(halved[0]) if halved.size else None


@_metric("fighter-weeks")
def area_under_strength(trajectory: Trajectory) -> MetricValue:
    """Fighters at the end of each week, summed over the weeks simulated."""
    return float(trajectory.fighters[1:].sum())


@_metric("yes/no", better="more")
def ended(trajectory: Trajectory) -> MetricValue:
    """There were fighters, and are none from some week to the end of the run."""
    return trajectory.end_week("fighters") is not None


@_metric("date")
def ended_date(trajectory: Trajectory) -> MetricValue:
    """End of the first week from which there is no fighter any more."""
    week = trajectory.end_week("fighters")
    return None if week is None else trajectory.date(week)


@_metric("share")
def share_switched_at_cut(trajectory: Trajectory) -> MetricValue:
    """Share of fighters in the week of the cut who came over from other groups."""
    fighters = trajectory.at_cut("fighters")
    switched = trajectory.at_cut("fighters_switched")
    return switched / fighters if fighters and switched is not None else None


@_metric_of("districts_held")
def districts_held_at_cut(trajectory: Trajectory, outcome: str) -> MetricValue:
    """Districts held in the week of the cut."""
    return trajectory.at_cut(outcome)


@_metric_of("districts_held", better="less")
def districts_held_at_end(trajectory: Trajectory, outcome: str) -> MetricValue:
    """Districts held in the last week."""
    return float(trajectory.outcomes[outcome][-1])


@_metric("date")
def ground_lost_date(trajectory: Trajectory) -> MetricValue:
    """End of the first week from which no district is held any more."""
    week = trajectory.end_week("districts_held")
    return None if week is None else trajectory.date(week)


@dataclass(frozen=True, slots=True)
class SumOverWeeks:
    """Weekly flows of one unit that are added up over weeks, and which way is better, if either is.

    A `side_effect` falls on others than the group, or has to be spent: policies are compared by it.
    """

    of: tuple[str, ...]
    better: Sign | None = None
    side_effect: bool = False


# Each is a metric of the whole run, called so with `_total`; a comparison sums over its own weeks.
SUMS = {
    "attacks": SumOverWeeks(ATTACKS),
    "civilians_harmed_by_group": SumOverWeeks(("civilians_harmed",), "less", side_effect=True),
    "civilians_harmed_by_forces": SumOverWeeks(
        ("civilians_harmed_by_forces",), "less", side_effect=True
    ),
    "forces_effort": SumOverWeeks(("effort_against",), "less", side_effect=True),
    "forces_losses": SumOverWeeks(("forces_losses",), "less", side_effect=True),
    "fighters_displaced": SumOverWeeks(("fighters_displaced",), side_effect=True),
    "civilians_displaced": SumOverWeeks(("civilians_displaced",), "less", side_effect=True),
    "fighters_lost_to_others": SumOverWeeks(("exits_switched",)),
}
TOTAL = "_total"


def _total(said: SumOverWeeks) -> Metric:
    """The metric that is a sum over all weeks of a run, in the words of what it adds up.

    Which way is better is left out: policies are compared by the sum over the weeks that they share.
    """
    (weekly,) = {OUTCOMES[name].unit for name in said.of}
    if not is_flow(weekly):
        raise TypeError(
            f"{' and '.join(said.of)}: a level in {weekly!r}, whose weeks add up to nothing"
        )
    told = " and ".join(OUTCOMES[name].meaning for name in said.of)
    meaning = f"{told[0].upper()}{told[1:]}, over all weeks."

    def of(trajectory: Trajectory) -> MetricValue:
        return sum(trajectory.total(name) for name in said.of)

    return Metric(over_weeks(weekly), meaning, of, tabled=False, side_effect=said.side_effect)


for _name, _said in SUMS.items():
    _add(f"{_name}{TOTAL}", _total(_said))


@_metric_of("support", tabled=False, better="more")
def support_lost(trajectory: Trajectory, outcome: str) -> MetricValue:
    """Local support in the first week with fighters less that in the last such week."""
    weeks = trajectory.weeks_with("fighters")
    if not weeks:
        return None
    support = trajectory.outcomes[outcome]
    return float(support[weeks[0]] - support[weeks[-1]])


@_metric_of("fighters", tabled=False, better="less", side_effect=True)
def other_groups_gain(trajectory: Trajectory, outcome: str) -> MetricValue:
    """Fighters of all other groups in the last week less those a week before the first ones here."""
    weeks = trajectory.weeks_with(outcome)
    if not weeks:
        return None
    before = max(0, weeks[0] - 1)
    return float(trajectory.others_fighters[-1] - trajectory.others_fighters[before])
