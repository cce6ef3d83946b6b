"""One run of a scenario, from its design to its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.study.numbers import Trajectory, Value, measure

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Run


@dataclass(frozen=True)
class RunTables:
    """What is kept of a run.

    `series`: a row a week (week 0 included) and group: date, group, outcomes.
    `places`: a row a half-year's end, group and place where the group has affiliates.
    `numbers`: the focus group's, by name in `ebbtide.study.numbers.NUMBERS`.
    """

    series: pd.DataFrame
    places: pd.DataFrame
    numbers: Mapping[str, Value]


PLACE_COLUMNS = ("date", "group", "place", "fighters", "affiliates", "held")


@dataclass(frozen=True)
class Simulator:
    """Runs a scenario under any of its policies: a function of a Run that can be pickled."""

    scenario: Scenario
    policies: Mapping[str, Policy]

    def __call__(self, run: Run) -> RunTables:
        from ebbtide.model import Insurgency

        model = Insurgency(
            self.scenario, rng=run.seed, policy=self.policies[run.policy], **run.values
        )
        model.run_until_end()
        series = model.series()
        return RunTables(
            series=series,
            places=at_half_years(model.places(), self.scenario),
            numbers=measure(trajectory(series, self.scenario)),
        )


def focus_of(scenario: Scenario) -> str:
    """The group that tables and numbers speak of: the scenario's focus, else its first group."""
    return scenario.file.focus or next(iter(scenario.file.groups))


def cut_week(scenario: Scenario) -> int | None:
    """The week that holds the cut; None where the run does not reach it."""
    cut = scenario.file.cut
    return None if cut is None or cut > scenario.dates[-1] else scenario.week_of(cut)


def trajectory(series: pd.DataFrame, scenario: Scenario) -> Trajectory:
    """The focus group's weeks out of a run's series."""
    own = series[series["group"] == focus_of(scenario)]
    outcomes = {
        str(name): own[name].to_numpy() for name in own.columns if name not in ("date", "group")
    }
    dates = own["date"].to_numpy().astype("datetime64[D]")
    return Trajectory(dates, outcomes, cut_week(scenario))


def half_year_weeks(scenario: Scenario) -> list[int]:
    """The weeks that hold 30 June and 31 December, as far as the run goes."""
    first, last = scenario.dates[0], scenario.dates[-1]
    ends = [
        dt.date(year, month, day)
        for year in range(first.year, last.year + 1)
        for month, day in ((6, 30), (12, 31))
    ]
    return [scenario.week_of(end) for end in ends if first <= end <= last]


def at_half_years(places: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """The rows of half-years' ends where a group has affiliates."""
    import pandas as pd

    kept = pd.to_datetime([scenario.dates[week] for week in half_year_weeks(scenario)])
    dates = pd.to_datetime(places["date"])
    rows = places[dates.isin(kept) & (places["affiliates"] > 0)]
    return rows[list(PLACE_COLUMNS)].reset_index(drop=True)
