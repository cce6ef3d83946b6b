"""What the figures of a sweep show: its runs, its weekly series, and what was varied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ebbtide.show import dates, palette
from ebbtide.show.words import failed_in, runs_told, worded, written
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.focus import Focus
from ebbtide.world.units import DATE, YES_NO

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.cm import ScalarMappable
    from matplotlib.colorbar import Colorbar

    from ebbtide.study.results import Results

DEFAULT_METRIC = "fighters_at_end"
WEEKLY = "fighters"  # the outcome of the figure over time
LETTERS_AN_INCH = 11  # of an axis' label, with some room to spare


@dataclass(frozen=True)
class VariedValues:
    """A varied quantity: its values on a number line, and as they are written.

    `names` are the values, in order, of what is no number and no date; else None.
    """

    path: str
    unit: str | None
    dates: bool
    names: tuple[str, ...] | None

    @classmethod
    def of(cls, path: str, unit: str | None, values: pd.Series) -> VariedValues:
        """What stands at a path, by the type of its values."""
        dates = pd.api.types.is_datetime64_any_dtype(values)
        switch = pd.api.types.is_bool_dtype(values)
        number = pd.api.types.is_numeric_dtype(values) and not switch
        names = None if dates or number else tuple(map(written, sorted(values.unique())))
        return cls(path, unit, dates, names)

    @property
    def label(self) -> str:
        """The path in words, with its unit; that of a date or a name says nothing."""
        said = self.unit if self.unit and not self.dates and self.names is None else None
        words = worded(self.path)
        return f"{words} ({said})" if said else words

    def positions(self, values: pd.Series) -> np.ndarray:
        """Values on a number line: dates as matplotlib's days, names by their place."""
        from matplotlib.dates import date2num

        if self.names is not None:
            places = {name: float(place) for place, name in enumerate(self.names)}
            return np.array([places[written(value)] for value in values])
        return date2num(values) if self.dates else values.to_numpy(float)

    def label_ticks(self, axis: Axis, values: pd.Series) -> None:
        """Give an axis over these values their dates or names; numbers label themselves."""
        if self.names is not None:
            axis.set_ticks(range(len(self.names)), self.names)
        elif self.dates:
            dates.label_dates(axis, values.min(), values.max(), fewest=3)


@dataclass(frozen=True)
class Sweep:
    """Finished runs of a sweep.

    `runs` has a row a run, with dates among its metrics as matplotlib's days; `series` a row a
    run and week of the focus, empty where none were kept; `looks` is the look of each policy,
    `varied` all that was varied, by dotted path, and `over` what of it is shown.
    """

    name: str
    subtitle: str
    metric: str
    unit: str
    meaning: str
    varied: dict[str, VariedValues]
    over: list[str]
    grid: bool
    policies: list[str]
    looks: dict[str, palette.Line]
    runs: pd.DataFrame
    series: pd.DataFrame
    replications: int
    cut: pd.Timestamp | None

    @property
    def weeks(self) -> pd.DataFrame:
        """What has the dates of its series."""
        return self.series

    def under(self, policies: Sequence[str]) -> Sweep:
        """The same under these of its policies; under all, if none is named."""
        if not policies:
            return self
        kept = [policy for policy in self.policies if policy in policies]
        return replace(self, policies=kept, runs=self.runs[self.runs["policy"].isin(kept)])

    @property
    def per_point(self) -> str:
        """What stands for a point of the sweep, and for which runs."""
        point = "the run" if self.replications == 1 else f"median of {self.replications} runs"
        if self.unit == YES_NO:
            point = "share of runs"
        if not self.runs[self.metric].isna().any():
            return point
        counts = self.counts()
        ends = dict.fromkeys([counts["some"].min(), counts["some"].max()])
        some = " to ".join(map(str, ends))
        what = "share" if self.unit == YES_NO else "median"
        return f"{what} of the runs that have one, {some} of {counts['of'].max()} at a point"

    def counts(self) -> pd.DataFrame:
        """By policy and shown value of what is varied: how many runs have the metric, `of` all."""
        grouped = self.runs.groupby(["policy", *self.over[:2]], sort=True)[self.metric]
        return grouped.agg(some="count", of="size").reset_index()

    @property
    def has_intervals(self) -> bool:
        """Whether a point has several runs of a metric in numbers, which then lie in a range."""
        return self.unit not in (DATE, YES_NO) and self.runs_a_point > 1

    @property
    def runs_a_point(self) -> int:
        """Runs that are taken together where what is shown of the varied quantities is equal."""
        return int(self.runs.groupby(["policy", *self.over[:2]]).size().max())

    @property
    def label(self) -> str:
        """The metric's meaning with its unit; that of a date says nothing."""
        said = "" if self.unit == DATE else f" ({self.unit})"
        return self.meaning.rstrip(".").lower() + said


def sweep_of(results: Results, metric: str | None, over: Sequence[str]) -> Sweep | None:
    """The finished runs of a results folder; None if there are none. Raises KeyError."""
    kept = results.manifest
    study = kept.get("study") or {}
    runs = results.runs()
    if runs.empty or not (runs["status"] == "done").any():
        return None
    failed, runs = failed_in(runs), runs[runs["status"] == "done"]
    units = kept.get("varied") or {}
    varied = {
        path: VariedValues.of(path, units.get(path), runs[path])
        for path in study.get("vary", {})
        if path in runs
    }
    for path in over:
        if path not in varied:
            raise KeyError(path)
    metric = metric or DEFAULT_METRIC
    said = kept["metrics"][metric]
    scenario = kept["scenario"]
    focus = Focus.kept(kept)
    groups = (study.get("series") or {}).get("groups")
    kept_weekly = WEEKLY in results.outcomes() and (not groups or {*focus.groups} <= {*groups})
    series = focus.weekly(results, [WEEKLY]) if kept_weekly else pd.DataFrame()
    titles = dict.fromkeys([study.get("title") or scenario["title"], scenario["title"]])
    return Sweep(
        name=focus.name,
        subtitle=" · ".join([*titles, runs_told(len(runs), failed, DrawnFrom.kept(kept))]),
        metric=metric,
        unit=said["unit"],
        meaning=said["meaning"],
        varied=varied,
        over=list(over) or list(varied),
        grid=study.get("design", {}).get("kind") == "grid",
        policies=[policy for policy in kept["policies"] if (runs["policy"] == policy).any()],
        looks={
            policy: palette.line_of(policy, list(kept["policies"])) for policy in kept["policies"]
        },
        runs=runs.assign(**{metric: _as_numbers(runs[metric], said["unit"])}),
        series=series,
        replications=int(runs["replication"].nunique()),
        cut=pd.Timestamp(scenario["cut"]) if scenario.get("cut") else None,
    )


def not_drawn(what: str, names: Sequence[str]) -> str:
    """A sentence on what has no panel; empty where all have one."""
    return f" No room for the {what} {', '.join(names)}." if names else ""


def _as_numbers(values: pd.Series, unit: str) -> pd.Series:
    from matplotlib.dates import date2num

    if unit != DATE:
        return values.astype(float)
    return pd.Series(date2num(pd.to_datetime(values)), values.index)


def label_metric(axis: Axis, sweep: Sweep, low: float, high: float) -> None:
    """Give an axis over the metric its dates; numbers label themselves."""
    from matplotlib.dates import num2date

    if sweep.unit == DATE:
        first, last = (pd.Timestamp(num2date(day)).tz_localize(None) for day in (low, high))
        dates.label_dates(axis, first, last, fewest=3)


def colour_bar(ax: Axes, mappable: ScalarMappable, label: str) -> Colorbar:
    """A colour bar beside an axes, its label wrapped to the height of the axes."""
    import textwrap

    height = ax.get_position().height * ax.figure.get_figheight()  # type: ignore[union-attr]
    bar = ax.figure.colorbar(mappable, ax=ax, pad=0.02, fraction=0.05)
    bar.set_label(textwrap.fill(label, int(height * LETTERS_AN_INCH), break_on_hyphens=False))
    bar.outline.set_linewidth(0.5)
    return bar
