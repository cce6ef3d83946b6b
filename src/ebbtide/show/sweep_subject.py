"""What the figures of a sweep show: its runs, its weekly series, and what was varied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes

DEFAULT_OUTCOME = "fighters_at_end"
COLOURS = "viridis_r"  # darker is more, in print without colour too


@dataclass(frozen=True)
class Sweep:
    """Finished runs of a sweep.

    `runs` has a row a run; `series` a row a run and week of the focus group, empty where none
    were kept; `over` are the varied quantities shown, by dotted path.
    """

    name: str
    subtitle: str
    outcome: str
    unit: str
    meaning: str
    over: list[str]
    policies: list[str]
    runs: pd.DataFrame
    series: pd.DataFrame
    replications: int

    @property
    def per_point(self) -> str:
        """What stands for a point of the sweep."""
        return "the run" if self.replications == 1 else f"median of {self.replications} runs"

    @property
    def label(self) -> str:
        return self.meaning.rstrip(".").lower() + f" ({self.unit})"


def sweep_of(results: Any, outcome: str | None, over: Sequence[str]) -> Sweep | None:
    """The finished runs of a results folder; None if there are none. Raises KeyError."""
    kept = results.manifest
    study = kept.get("study") or {}
    runs = results.runs()
    if runs.empty or not (runs["status"] == "done").any():
        return None
    runs = runs[runs["status"] == "done"]
    varied = [path for path in study.get("vary", {}) if path in runs]
    for path in over:
        if path not in varied:
            raise KeyError(path)
    outcome = outcome or DEFAULT_OUTCOME
    said = kept["numbers"][outcome]
    group = kept["scenario"]["focus"]
    series = results.series(["fighters"], group=group) if study.get("series") else pd.DataFrame()
    title = study.get("title") or kept["scenario"]["title"]
    return Sweep(
        name=str(kept["scenario"]["groups"][group]),
        subtitle=f"{title} · {kept['scenario']['title']} · {len(runs):,} runs",
        outcome=outcome,
        unit=said["unit"],
        meaning=said["meaning"],
        over=list(over) or varied,
        policies=[policy for policy in kept["policies"] if (runs["policy"] == policy).any()],
        runs=runs,
        series=series,
        replications=int(runs["replication"].nunique()),
    )


def numeric(values: pd.Series) -> np.ndarray:
    """Values on a number line: dates as matplotlib's days."""
    from matplotlib.dates import date2num

    if pd.api.types.is_datetime64_any_dtype(values):
        return date2num(values)  # type: ignore[arg-type]
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        return values.to_numpy(float)
    return pd.Categorical(values).codes.astype(float)


def label_dates(axis: Any, values: pd.Series) -> None:
    """Give an axis of dates their months and years."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    if pd.api.types.is_datetime64_any_dtype(values):
        locator = AutoDateLocator(minticks=3, maxticks=7)
        axis.set_major_locator(locator)
        axis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))


def colour_bar(ax: Axes, mappable: Any, label: str) -> Any:
    """A colour bar beside an axes, its label wrapped."""
    import textwrap

    bar = ax.figure.colorbar(mappable, ax=ax, pad=0.02, fraction=0.05)
    bar.set_label("\n".join(textwrap.wrap(label, 34)))
    bar.outline.set_linewidth(0.5)  # type: ignore[operator]
    return bar
