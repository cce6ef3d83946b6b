"""One run of a scenario, from its design to its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from ebbtide.extensions import NO_EXTENSIONS, Extensions
from ebbtide.scenario.library import lived_with
from ebbtide.study.focus import SWITCHED, WITHIN, Focus
from ebbtide.study.metrics import Metric, MetricValue, Trajectory, measure, metrics_with
from ebbtide.world.tables import KEYS

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.model import Insurgency
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Run

OF_FORCE = "."  # between an outcome of a force and whose it is, in a column of series


@dataclass(frozen=True)
class RunTables:
    """What is kept of a run.

    `series`: a row a week (week 0 included) and group: date, group, outcomes; None if not asked.
    `places`: a row a week that is told by place, group and place where it has affiliates: date,
    group, place, outcomes by place; None if not asked. Such weeks are the ends of half-years, the
    last, and those in which publishers speak of a part of the places; or all of them.
    `metrics`: of the focus, by name in `ebbtide.study.metrics.METRICS`.
    """

    series: pd.DataFrame | None
    places: pd.DataFrame | None
    metrics: Mapping[str, MetricValue]


@dataclass(frozen=True)
class Kept:
    """Which weekly series are kept of a run: of all groups and outcomes unless it says of which.

    Of every `every` weeks one is kept, the first and the last week always. Outcomes by place are kept
    at half-years' ends and in the last week, or of all weeks if they are asked for (`weekly_places`).
    `by_force` are outcomes of forces that stand beside a group's, a column a force (`column_of_force`).
    """

    groups: tuple[str, ...] | None = None
    outcomes: tuple[str, ...] | None = None
    every: int = 1
    places: bool = True
    weekly_places: bool = False
    by_force: tuple[str, ...] = ()

    @classmethod
    def stated(cls, manifest: Mapping[str, Any]) -> Kept | None:
        """What the study of a manifest keeps."""
        study = manifest.get("study")
        if study is None:
            return cls(weekly_places=bool(manifest.get("weekly_places")))
        series = study["series"]
        if series is None:
            return None
        groups, outcomes = (series[key] and tuple(series[key]) for key in ("groups", "outcomes"))
        by_force = tuple(series.get("by_force", ()))
        return cls(groups, outcomes, series["every"], places=False, by_force=by_force)

    def of(self, series: pd.DataFrame) -> pd.DataFrame:
        """The rows and columns that are kept."""
        if self.groups is not None:
            series = series[series["group"].isin(self.groups)]
        if self.every > 1:
            dates = series["date"].drop_duplicates().to_list()
            series = series[series["date"].isin({*dates[:: self.every], dates[-1]})]
        if self.outcomes is not None:
            within = WITHIN in series and {*self.outcomes} & {*SWITCHED}
            of_forces = [str(name) for name in series if OF_FORCE in str(name)]
            kept = [*self.outcomes, *([WITHIN] if within else []), *of_forces]
            series = series[["date", "group", *kept]]
        return series


@dataclass(frozen=True)
class Simulator:
    """Runs `weeks` of a scenario under its policies: a function of a Run that can be pickled.

    With `kept` None no series are kept, only the metrics.
    """

    scenario: Scenario
    policies: Mapping[str, Policy]
    weeks: int
    kept: Kept | None = Kept()
    extensions: Extensions = NO_EXTENSIONS

    modules: ClassVar = ("ebbtide.model", "pyarrow.parquet")  # what its first run would load

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        """The metrics of its runs by name."""
        return metrics_with(self.extensions)

    @property
    def is_compiled(self) -> bool:
        """Whether what it runs is in machine code on disk already, or none is wanted."""
        return self.extensions.week.is_compiled

    def compile_ahead(self) -> None:
        """Compile what a first run has yet to come to, beside it."""
        from ebbtide.engine.week import compile_backwards

        compile_backwards(self.extensions.week.until_intake)

    def live(self, run: Run) -> Insurgency:
        """The model of a run after its last week."""
        from ebbtide.model import Insurgency

        scenario, policy = lived_with(self.scenario, self.policies[run.policy], run.values)
        model = Insurgency(scenario, rng=run.seed, policy=policy, extensions=self.extensions)
        try:
            for _ in range(self.weeks):
                model.step()
        except BaseException:
            free(model)
            raise
        return model

    def __call__(self, run: Run) -> RunTables:
        """Live a run and give what is kept of it."""
        model = self.live(run)
        try:
            return self.tables(model)
        finally:
            free(model)

    def tables(self, model: Insurgency) -> RunTables:
        """What is kept of a run, out of its model."""
        focus = Focus.of(self.scenario, self.extensions)
        series = focus.with_moves_within(model.series(), model)
        metrics = measure(trajectory(series, focus, self.scenario, self.weeks), self.metrics)
        if self.kept is None:
            return RunTables(None, None, metrics)
        dates = self.scenario.dates[: self.weeks + 1]
        places = self._places(model, dates) if self.kept.places else None
        series = with_forces(series, model, self.kept.by_force)
        return RunTables(self.kept.of(series), places, metrics)

    def _places(self, model: Insurgency, dates: Sequence[dt.date]) -> pd.DataFrame:
        assert self.kept is not None
        if self.kept.weekly_places:
            return with_affiliates(model, range(len(dates)))
        return told_by_place(model, dates, self.scenario.published.weeks_of_parts())


def column_of_force(outcome: str, force: str) -> str:
    """The column of series that holds an outcome of a force towards the group of the row."""
    return f"{outcome}{OF_FORCE}{force}"


def with_forces(series: pd.DataFrame, model: Insurgency, outcomes: Collection[str]) -> pd.DataFrame:
    """The series of a run with these outcomes of forces towards each group, a column a force."""
    found = {
        column_of_force(outcome, force.name): getattr(model.state.force_series, outcome)[
            : model.week + 1, number
        ].reshape(-1)
        for outcome in outcomes
        for number, force in enumerate(model.forces)
    }
    return series.assign(**found) if found else series


def free(model: Insurgency) -> None:
    """Let go of a model's columns now: it and its agents hold each other till the collector comes."""
    model.__dict__.clear()


def last_week(scenario: Scenario, until: str | None) -> int:
    """The week that holds `until` (an ISO date), else the scenario's last."""
    return scenario.week_of(dt.date.fromisoformat(until)) if until else scenario.weeks


def cut_week(scenario: Scenario, weeks: int) -> int | None:
    """The week that holds the cut; None where a run of so many weeks does not reach it."""
    cut = scenario.file.cut
    week = None if cut is None else scenario.week_of(cut)
    return week if week is not None and week <= weeks else None


def trajectory(series: pd.DataFrame, focus: Focus, scenario: Scenario, weeks: int) -> Trajectory:
    """The weeks of the focus out of the series of a run of so many weeks."""
    import numpy as np

    own = focus.rows(series)
    outcomes = {str(name): own[name].to_numpy() for name in own.columns if name not in KEYS}
    dates = own["date"].to_numpy().astype("datetime64[D]")
    week_of_row = dates.searchsorted(series["date"].to_numpy().astype(dates.dtype))
    everybody = np.bincount(week_of_row, series["fighters"])
    others = everybody - outcomes["fighters"]
    return Trajectory(dates, outcomes, others, cut_week(scenario, weeks))


def half_year_ends(dates: Sequence[dt.date]) -> list[dt.date]:
    """Of weeks named by their last day, those that hold 30 June or 31 December."""
    return [last for last in dates[1:] if ends_half_year(last)]


def ends_half_year(last: dt.date) -> bool:
    """Whether the week whose last day this is holds 30 June or 31 December."""
    before = last - dt.timedelta(weeks=1)
    ends = (dt.date(before.year, 6, 30), dt.date(before.year, 12, 31))
    return any(before < end <= last for end in ends)


def told_by_place(
    model: Insurgency, dates: Sequence[dt.date], of_parts: Collection[int]
) -> pd.DataFrame:
    """The places where a group has affiliates: at half-years' ends, in the last week, and `of_parts`."""
    ends = {dates.index(end) for end in half_year_ends(dates)}
    asked = {week for week in of_parts if week < len(dates)}
    return with_affiliates(model, sorted({*ends, *asked, len(dates) - 1}))


def with_affiliates(model: Insurgency, weeks: Sequence[int]) -> pd.DataFrame:
    """The places of these weeks where a group has affiliates."""
    places = model.places(list(weeks))
    return places[places["affiliates"] > 0].reset_index(drop=True)
