"""Strength over time at every point of a sweep, coloured by what was varied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ebbtide.show import style
from ebbtide.show.sweep_subject import COLOURS, Sweep, colour_bar, label_dates, numeric

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PANELS = 3


def draw_trajectories(sweep: Sweep) -> Figure | None:
    """A panel a varied quantity under one policy, else a panel a policy; None without series."""
    if sweep.series.empty or not sweep.over:
        return None
    import numpy as np
    from matplotlib.cm import ScalarMappable
    from matplotlib.collections import LineCollection
    from matplotlib.colors import Normalize
    from matplotlib.dates import date2num

    panels = [(policy, sweep.over[0]) for policy in sweep.policies[:MOST_PANELS]]
    if len(panels) == 1:
        panels = [(sweep.policies[0], path) for path in sweep.over[:MOST_PANELS]]
    figure, axes = style.new_figure(
        cast(Any, sweep),
        "fighters over time, by what was varied",
        len(panels),
        height=2.9 * len(panels),
        right=0.75,
        bottom=0.65,
        note=f"Each line a point of the sweep: {sweep.per_point}. Darker is more.",
    )
    keys = ["policy", *sweep.over]
    told = sweep.series.merge(sweep.runs[["run", *sweep.over]], on="run")
    medians = told.groupby([*keys, "date"], sort=True)["fighters"].median().reset_index()
    medians = _since_founding(medians)
    top = 1.05 * max(float(medians["fighters"].max()), 1.0)
    for ax, (policy, path) in zip(axes.flat, panels, strict=True):
        own = medians[medians["policy"] == policy]
        scale = Normalize(*_ends(numeric(own[path])))
        lines, colours = [], []
        for _, line in own.groupby(sweep.over, sort=True):
            lines.append(np.column_stack([date2num(line["date"]), line["fighters"]]))
            colours.append(numeric(line[path])[0])
        drawn = LineCollection(lines, cmap=COLOURS, norm=scale, linewidths=1.0, alpha=0.85)
        drawn.set_array(np.array(colours))
        ax.add_collection(drawn)
        first, last = date2num(own["date"].min()), date2num(own["date"].max())
        ax.set_xlim(first, last)
        ax.set_ylim(0, top)
        ax.set_ylabel("fighters (men)")
        style.label_sizes(ax)
        ax.set_title(f"policy “{policy}”", loc="left", fontsize=9)
        bar = colour_bar(ax, ScalarMappable(scale, COLOURS), path)
        label_dates(bar.ax.yaxis, own[path])
        label_dates(ax.xaxis, own["date"])
    axes.flat[-1].set_xlabel("date (weeks, by the day they end on)")
    return figure


def _since_founding(medians: Any) -> Any:
    """Without the weeks, but the last of them, before any point has a fighter."""
    standing = medians.loc[medians["fighters"] > 0, "date"]
    if standing.empty:
        return medians
    before = medians.loc[medians["date"] < standing.min(), "date"]
    return medians if before.empty else medians[medians["date"] >= before.max()]


def _ends(values: Any) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (low, high) if low < high else (low - 0.5, high + 0.5)
