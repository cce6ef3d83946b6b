"""What the figures of a sweep show: its runs, its weekly series, and what was varied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ebbtide.show import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.cm import ScalarMappable
    from matplotlib.colorbar import Colorbar

    from ebbtide.study.store import Results

DEFAULT_METRIC = "fighters_at_end"
COLOURS = "viridis_r"  # darker is more, in print without colour too
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
        """The path with its unit; that of a date or a name says nothing."""
        said = self.unit if self.unit and not self.dates and self.names is None else None
        return f"{self.path} ({said})" if said else self.path

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
            style.label_dates(axis, values.min(), values.max(), fewest=3)


@dataclass(frozen=True)
class Sweep:
    """Finished runs of a sweep.

    `runs` has a row a run, with dates among its metrics as matplotlib's days; `series` a row a
    run and week of the focus group, empty where none were kept; `varied` is all that was varied,
    by dotted path, and `over` what of it is shown.
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
    runs: pd.DataFrame
    series: pd.DataFrame
    replications: int
    cut: pd.Timestamp | None

    @property
    def weeks(self) -> pd.DataFrame:
        """What has the dates of its series."""
        return self.series

    @property
    def per_point(self) -> str:
        """What stands for a point of the sweep, and for which runs."""
        point = "the run" if self.replications == 1 else f"median of {self.replications} runs"
        if self.unit == "yes/no":
            point = "share of runs"
        return f"{point} that have one" if self.runs[self.metric].isna().any() else point

    @property
    def label(self) -> str:
        """The metric's meaning with its unit; that of a date says nothing."""
        said = "" if self.unit == "date" else f" ({self.unit})"
        return self.meaning.rstrip(".").lower() + said


def sweep_of(results: Results, metric: str | None, over: Sequence[str]) -> Sweep | None:
    """The finished runs of a results folder; None if there are none. Raises KeyError."""
    kept = results.manifest
    study = kept.get("study") or {}
    runs = results.runs()
    if runs.empty or not (runs["status"] == "done").any():
        return None
    runs = runs[runs["status"] == "done"]
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
    group = scenario["focus"]
    series = results.series(["fighters"], group=group) if study.get("series") else pd.DataFrame()
    title = study.get("title") or scenario["title"]
    return Sweep(
        name=str(scenario["groups"][group]),
        subtitle=f"{title} · {scenario['title']} · {len(runs):,} runs",
        metric=metric,
        unit=said["unit"],
        meaning=said["meaning"],
        varied=varied,
        over=list(over) or list(varied),
        grid=study.get("design", {}).get("kind") == "grid",
        policies=[policy for policy in kept["policies"] if (runs["policy"] == policy).any()],
        runs=runs.assign(**{metric: _as_numbers(runs[metric], said["unit"])}),
        series=series,
        replications=int(runs["replication"].nunique()),
        cut=pd.Timestamp(scenario["cut"]) if scenario.get("cut") else None,
    )


def _as_numbers(values: pd.Series, unit: str) -> pd.Series:
    from matplotlib.dates import date2num

    if unit != "date":
        return values.astype(float)
    return pd.Series(date2num(pd.to_datetime(values)), values.index)


def written(value: Any) -> str:
    """A value as a study file has it, numbers to three digits."""
    if hasattr(value, "strftime"):
        return f"{value:%d %b %Y}"
    if isinstance(value, bool) or type(value).__name__ == "bool":  # NumPy's too
        return str(value).lower()
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def label_metric(axis: Axis, sweep: Sweep, low: float, high: float) -> None:
    """Give an axis over the metric its dates; numbers label themselves."""
    from matplotlib.dates import num2date

    if sweep.unit == "date":
        first, last = (pd.Timestamp(num2date(day)).tz_localize(None) for day in (low, high))
        style.label_dates(axis, first, last, fewest=3)


def colour_bar(ax: Axes, mappable: ScalarMappable, label: str) -> Colorbar:
    """A colour bar beside an axes, its label wrapped to the height of the axes, paths at dots."""
    import textwrap

    height = ax.get_position().height * ax.figure.get_figheight()  # type: ignore[union-attr]
    bar = ax.figure.colorbar(mappable, ax=ax, pad=0.02, fraction=0.05)
    room = int(height * LETTERS_AN_INCH)
    parted = label if len(label) <= room else label.replace(".", ". ")
    lines = textwrap.wrap(parted, room, break_on_hyphens=False)
    bar.set_label("\n".join(line.replace(". ", ".") for line in lines))
    bar.outline.set_linewidth(0.5)
    return bar
