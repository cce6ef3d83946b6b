"""Measures of weekly outcomes: sums, means, peaks and values on a day."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Annotated, Literal, override

from pydantic import Field

from ebbtide.claims.kind import (
    KindOfMeasure,
    Known,
    Measuring,
    OneOrMoreForces,
    OneOrMorePlaces,
    PeriodName,
)
from ebbtide.rules.finance import WEEKS_A_MONTH
from ebbtide.scenario.document import Keys
from ebbtide.scenario.schema.table import CentreName, OneOrMore, OneOrMoreGroups
from ebbtide.scenario.weeks import A_YEAR
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES

if TYPE_CHECKING:
    import pandas as pd


class Weekly(KindOfMeasure):
    """What reads a weekly series: outcomes of groups, summed if there are several.

    With `places` they are outcomes by place, with `forces` outcomes by force.
    """

    outcome: OneOrMore
    group: OneOrMoreGroups | None = Field(
        default=None, description="the scenario's focus if left out"
    )
    places: OneOrMorePlaces | None = None
    forces: OneOrMoreForces | None = None
    per: str | None = Field(
        default=None, description="divided week by week by this outcome; weeks without it drop out"
    )

    def series(self, run: Measuring) -> pd.Series:
        """By the last day of the week."""
        lived, groups = run.lived, self.group or ()
        if self.forces:
            return lived.of_forces(self.outcome, groups, self.forces)
        if self.places:
            return lived.of_places(self.outcome, groups, self.places)
        found = lived.of_groups(self.outcome, groups)
        if self.per is None:
            return found
        each = found / lived.of_groups([self.per], groups)
        return each.replace([math.inf, -math.inf], math.nan)

    @override
    def check(self, known: Known, keys: Keys) -> None:
        super().check(known, keys)
        if self.places and self.forces:
            known.say((*keys, "forces"), "`forces` beside `places`", "one of the two", None)
        where = "by place" if self.places else "by force" if self.forces else "by group"
        known.check(f"outcomes {where}", self.outcome, (*keys, "outcome"))
        if self.per is not None:
            known.check("outcomes by group", [self.per], (*keys, "per"))
        self._check_sums(known, keys)

    def _check_sums(self, known: Known, keys: Keys) -> None:
        groups = self.group or known.scenario.focus_groups
        places = known.scenario.places_in(self.places or ())
        by = FORCE_OUTCOMES if self.forces else PLACE_OUTCOMES if self.places else OUTCOMES
        summed = {name: by[name] for name in self.outcome if name in by}
        for of in (groups, places, self.forces or ()):
            if len(of) > 1:
                known.check_sum(summed, of, (*keys, "outcome"))
        if self.per in OUTCOMES and len(groups) > 1:
            known.check_sum({self.per: OUTCOMES[self.per]}, groups, (*keys, "per"))


class At(Weekly):
    """In the last week up to a day."""

    kind: Literal["at"]
    date: dt.date

    @override
    def value(self, run: Measuring) -> float:
        return _on(self.series(run), self.date)


class Sum(Weekly):
    """Summed over the weeks of a period, or of the whole run."""

    kind: Literal["sum"]
    period: PeriodName | None = None

    @override
    def value(self, run: Measuring) -> float:
        return float(self.series(run).loc[run.period(self.period)].sum())


class Mean(Weekly):
    """The mean over the weeks of a period, or of the whole run."""

    kind: Literal["mean"]
    period: PeriodName | None = None

    @override
    def value(self, run: Measuring) -> float:
        return float(self.series(run).loc[run.period(self.period)].mean())


class Peak(Weekly):
    """The highest mean over so many weeks on end (one: the highest value) in a period."""

    kind: Literal["peak"]
    period: PeriodName | None = None
    weeks: Annotated[int, Field(ge=1)] = 1

    @override
    def value(self, run: Measuring) -> float:
        within = self.series(run).loc[run.period(self.period)]
        return float(within.rolling(self.weeks).mean().max())


class MonthlyFall(Weekly):
    """The fall a month (%), as if constant, from one day to another."""

    kind: Literal["monthly_fall"]
    first: dt.date
    last: dt.date

    @override
    def value(self, run: Measuring) -> float:
        weekly = self.series(run)
        before, after = _on(weekly, self.first), _on(weekly, self.last)
        if before <= 0 or after <= 0:
            return float("nan")
        months = (self.last - self.first) / dt.timedelta(weeks=WEEKS_A_MONTH)
        return float(-100 * ((after / before) ** (1 / months) - 1))


class LowestAfterFall(Weekly):
    """The lowest mean over so many weeks on end, within a year of a centre's fall.

    No answer where the centre does not fall, or falls in the last year. See WeeksAfterFall.
    """

    kind: Literal["lowest_after_fall"]
    centre: CentreName
    under: Annotated[float, Field(ge=0, le=1)]
    weeks: Annotated[int, Field(ge=1)] = 1

    @override
    def value(self, run: Measuring) -> float:
        fallen = _fall(run, self.centre, self.under)
        weekly = self.series(run)
        if fallen is None or fallen + A_YEAR >= len(weekly):
            return float("nan")
        after = weekly.iloc[fallen : fallen + A_YEAR]
        return float(after.rolling(self.weeks).mean().min())


class WeeksAfterFall(KindOfMeasure):
    """Weeks of the run after a centre's health first falls under a share, after the cut."""

    kind: Literal["weeks_after_fall"]
    centre: CentreName
    under: Annotated[float, Field(ge=0, le=1)]

    @override
    def value(self, run: Measuring) -> float:
        fallen = _fall(run, self.centre, self.under)
        return float("nan") if fallen is None else len(run.lived.dates) - 1.0 - fallen


def _on(weekly: pd.Series, date: dt.date) -> float:
    return float(weekly.loc[: date.isoformat()].iloc[-1])


def _fall(run: Measuring, centre: str, under: float) -> int | None:
    """The week after the cut in which the centre's health falls, as the run had it."""
    import numpy as np

    scenario, world = run.lived.scenario, run.lived.model.world
    row = list(scenario.file.centres).index(centre)
    levels = world.centre_health[: len(run.lived.dates), row]
    cut = scenario.week_of(scenario.file.cut) if scenario.file.cut else -1
    fallen = np.flatnonzero((levels < under) & (np.arange(len(levels)) > cut))
    return int(fallen[0]) if fallen.size else None
