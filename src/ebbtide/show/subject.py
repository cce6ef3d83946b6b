"""Whom and what a figure shows: one group, or several together, under one policy, run by run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import cycle
from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import palette
from ebbtide.show.claims import MARKERS
from ebbtide.show.words import failed_in, runs_told
from ebbtide.study.beside import beside
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.focus import Focus, outcomes_of_own
from ebbtide.study.simulate import ends_half_year
from ebbtide.study.spread import INTERVAL, ends

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario
    from ebbtide.study.results import Results

LOW, HIGH = INTERVAL  # of a few runs the least and the most take their place
QUANTILES = {"low90": LOW, "low50": 0.25, "median": 0.5, "high50": 0.75, "high90": HIGH}


@dataclass(frozen=True)
class Subject:
    """One group, or several together, under one policy.

    `weeks` has a row per run and week (`run`, `date`, outcomes), from the group's founding on;
    `places` a row per run, half-year end (and the last week) and place where the group has affiliates;
    `half_years` the dates of those ends; `claims` the publishers' tables that speak of the group.
    """

    scenario: Scenario
    group: str
    name: str
    policy: str
    runs: int
    weeks: pd.DataFrame
    places: pd.DataFrame
    half_years: list[pd.Timestamp]
    cut: pd.Timestamp | None
    claims: dict[str, pd.DataFrame]
    failed: int = 0  # runs that no figure shows
    drawn: DrawnFrom | None = None  # where runs take from what nobody knows

    @property
    def look(self) -> palette.Line:
        """The look of the group, by its place in the scenario."""
        groups = list(self.scenario.file.groups)
        return palette.line_of(self.group, groups) if self.group in groups else palette.SUM_LINE

    @property
    def subtitle(self) -> str:
        """Of what scenario and policy, in how many runs."""
        runs = runs_told(self.runs, self.failed, self.drawn) + self._ended
        return f"{self.scenario.title} · policy “{self.policy}” · {runs}"

    @property
    def _ended(self) -> str:
        """In how many runs nobody is left in the last week: bands are of these runs too."""
        if "fighters" not in self.weeks:
            return ""
        last = self.weeks[self.weeks["date"] == self.weeks["date"].max()]
        ended = int((last["fighters"] == 0).sum())
        if not ended:
            return ""
        return (
            ", at whose end nobody is left"
            if self.runs == 1
            else f", in {ended} nobody left at the end"
        )

    @property
    def without_last_month(self) -> str:
        """A note for figures by month, where the last one is left out."""
        return "without the last month, which the runs do not live to its end" * bool(
            self.whole_months.isna().any()
        )

    @property
    def later(self) -> Subject | None:
        """The same without the first week, that of the founding; None without another week."""
        weeks = self.weeks[self.weeks["date"] > self.weeks["date"].min()]
        return None if weeks.empty else replace(self, weeks=weeks)

    @cached_property
    def markers(self) -> dict[str, str]:
        """The marker of each publisher, the same in all figures."""
        tables = [table[["date", "publisher"]] for table in self.claims.values() if len(table)]
        if not tables:
            return {}
        names = pd.concat(tables).sort_values("date", kind="stable")["publisher"].astype(str)
        return dict(zip(names.unique(), cycle(MARKERS), strict=False))

    @property
    def by_month(self) -> Subject:
        """The same with means of each month, run by run, at its middle; of whole months alone."""
        months = self.whole_months
        numbers = [*self.weeks.select_dtypes("number").columns.difference(["run"])]
        table = self.weeks[months.notna()].groupby(["run", months])[numbers].mean().reset_index()
        return replace(self, weeks=table.assign(date=table["date"] + pd.Timedelta(days=14)))

    @property
    def whole_months(self) -> pd.Series:
        """The first day of the month of each row of `weeks`.

        None (NaT) in a last month that the runs do not live to the end of, unless it is the only one.
        """
        dates = self.weeks["date"]
        months = dates.dt.to_period("M").dt.to_timestamp()
        last = dates.max()
        whole = (last + pd.Timedelta(weeks=1)).to_period("M") > last.to_period("M")
        kept: pd.Series = (
            months if whole or months.nunique() == 1 else months.where(months < months.max())
        )
        return kept

    @property
    def averaged(self) -> str:
        """What `monthly` holds, for an axis label."""
        return "mean by month" if self.runs == 1 else "mean of runs by month"

    def has(self, *columns: str) -> list[str]:
        """Those of `columns` that were recorded."""
        return [c for c in columns if c in self.weeks and self.weeks[c].notna().any()]

    def quantiles(self, column: str) -> pd.DataFrame:
        """Quantiles over runs by date, columns as in QUANTILES; empty weeks are left out."""
        return quantiles_of(self.weeks, column)

    def monthly(self, columns: list[str]) -> pd.DataFrame:
        """Mean over runs and over the weeks of each month, a row per month's first day.

        The weekly mean, not the sum: a month holds four or five week ends.
        """
        return self.weeks.groupby(self.whole_months)[columns].mean().fillna(0.0)


def quantiles_of(weeks: pd.DataFrame, column: str) -> pd.DataFrame:
    """Quantiles over runs by date, columns as in QUANTILES; empty weeks are left out."""
    table = weeks.pivot(index="date", columns="run", values=column).astype(float)
    return quantiles_of_runs(table.dropna(how="all"))


def quantiles_of_runs(table: pd.DataFrame) -> pd.DataFrame:
    """Quantiles over columns, a run each, as in QUANTILES; the outer ones are those of so many runs."""
    low, high = ends(table.shape[1])
    found = table.quantile([low, *list(QUANTILES.values())[1:-1], high], axis=1).T
    return found.set_axis(list(QUANTILES), axis=1)


def subject_of(results: Results, scenario: Scenario) -> Subject | None:
    """The scenario's focus under the first policy; None without rows."""
    focus = replace(Focus.of(scenario), own=outcomes_of_own(results.manifest))
    every = results.series()
    series = focus.rows(every)
    if series.empty:
        return None
    file = scenario.file
    group = focus.id
    policy = series["policy"].iloc[0] if "policy" in series else scenario.policy.id
    founding = pd.Timestamp(scenario.focus_from)
    weeks = _of(series, group, policy, founding)
    if weeks.empty:
        return None
    places = results.places()
    every_group = places if places.empty else _of(places, None, policy, founding)
    half_years = [day for day in every_group["date"].unique() if _is_told(day, series["date"])]
    own = focus.rows(every_group, places=True)
    at_ends = own[own["date"].isin(half_years)]
    return Subject(
        scenario=scenario,
        group=group,
        name=focus.name,
        policy=str(policy),
        runs=weeks["run"].nunique(),
        weeks=weeks,
        places=at_ends,
        half_years=sorted(half_years),
        cut=None if file.cut is None else pd.Timestamp(file.cut),
        claims=beside(scenario, str(policy), group, weeks, own, results.manifest),
        failed=failed_in(results.runs()),
        drawn=DrawnFrom.kept(results.manifest),
    )


def _of(table: pd.DataFrame, group: str | None, policy: str, since: pd.Timestamp) -> pd.DataFrame:
    table = table.assign(date=pd.to_datetime(table["date"]))
    kept = table["date"] >= since
    if group is not None:
        kept &= table["group"] == group
    if "policy" in table:
        kept &= table["policy"] == policy
    return table[kept]


def _is_told(day: pd.Timestamp, weeks: pd.Series) -> bool:
    """Whether the map has the week that ends on this day: a half-year's end, or the last one."""
    return ends_half_year(day.date()) or day == pd.Timestamp(weeks.max())
