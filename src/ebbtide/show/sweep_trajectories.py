"""Strength over time at every point of a sweep, coloured by what was varied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebbtide.show import dates, palette, scales, style
from ebbtide.show.sweep_subject import Sweep, VariedValues, colour_bar, not_drawn
from ebbtide.show.words import worded

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.figure import Figure

MOST_PANELS = 3
MOST_OF_A_LIST = 12  # values; more have been drawn


def draw_trajectories(sweep: Sweep) -> Figure | None:
    """A panel a varied quantity under one policy, else a panel a policy.

    None without series, and where nothing was varied.
    """
    if sweep.series.empty or not sweep.over:
        return None
    import numpy as np
    from matplotlib.cm import ScalarMappable
    from matplotlib.collections import LineCollection
    from matplotlib.colors import Normalize
    from matplotlib.dates import date2num
    from matplotlib.patheffects import withStroke

    colours = palette.sequential(palette.OF_LINES)
    panels = _panels(sweep)
    ranged = any(coloured.names is None for _, coloured in panels)
    point = "the run" if sweep.replications == 1 else f"median of {sweep.replications} runs"
    figure, axes = style.new_figure(
        sweep,
        f"fighters by week, by {' and '.join(dict.fromkeys(worded(of.path) for _, of in panels))}",
        len(panels),
        height=2.7 * len(panels),
        right=0.75,
        bottom=0.65,
        note=f"Each line a point of the sweep: {point}."
        + " Darker is more."
        + " Thick: median of the points lowest and highest on the scale." * ranged
        + _left_out(sweep),
    )
    figure.subplots_adjust(hspace=0.25)
    told = sweep.series.merge(sweep.runs[["run", *sweep.varied]], on="run")
    keys = ["policy", *sweep.varied]
    medians = told.groupby([*keys, "date"], sort=True)["fighters"].median().reset_index()
    medians = _since_founding(medians)
    top = 1.05 * max(float(medians["fighters"].max()), 1.0)
    for ax, (policy, coloured) in zip(axes.flat, panels, strict=True):
        own = medians[medians["policy"] == policy]
        at = coloured.positions(own[coloured.path])
        scale = Normalize(*_ends(at))
        own = own.assign(at=at)
        lines, shades = [], []
        for _, line in own.groupby(keys, sort=True):
            lines.append(np.column_stack([date2num(line["date"]), line["fighters"]]))
            shades.append(line["at"].iloc[0])
        # In no order, so that no shade lies on top of all others.
        mixed = np.random.default_rng(0).permutation(len(lines))
        ordered = [lines[i] for i in mixed]
        drawn = LineCollection(ordered, cmap=colours, norm=scale, linewidths=0.7)
        drawn.set_array(np.array(shades)[mixed])
        ax.add_collection(drawn)
        for end, among in _lowest_and_highest(own["at"]) if coloured.names is None else ():
            middle = own[among].groupby("date")["fighters"].median()
            edge = [withStroke(linewidth=4, foreground="white")]
            colour = colours(scale(end))
            ax.plot(middle.index, middle, color=colour, linewidth=2.4, path_effects=edge)
        ax.set_ylim(0, top)
        ax.set_ylabel("fighters (men)")
        scales.label_sizes(ax)
        ax.set_title(
            f"policy “{policy}”, coloured by {worded(coloured.path)}",
            loc="left",
            fontsize=9,
            pad=14,
        )
        bar = colour_bar(ax, ScalarMappable(scale, colours), coloured.label)
        coloured.label_ticks(bar.ax.yaxis, own[coloured.path])
    dates.finish_dates(figure, axes, replace(sweep, series=medians))
    return figure


def _panels(sweep: Sweep) -> list[tuple[str, VariedValues]]:
    """Of each panel the policy and what colours its lines."""
    shown = [sweep.varied[path] for path in sweep.over[:MOST_PANELS]]
    if len(sweep.policies) == 1:
        return [(sweep.policies[0], varied) for varied in shown]
    return [(policy, shown[0]) for policy in sweep.policies[:MOST_PANELS]]


def _left_out(sweep: Sweep) -> str:
    """Which policies, or of one policy which varied quantities, have no panel."""
    if len(sweep.policies) > 1:
        return not_drawn("policies", sweep.policies[MOST_PANELS:])
    return not_drawn("quantities", [worded(path) for path in sweep.over[MOST_PANELS:]])


def _since_founding(medians: pd.DataFrame) -> pd.DataFrame:
    """Without the weeks before any point has a fighter."""
    standing = medians.loc[medians["fighters"] > 0, "date"]
    return medians if standing.empty else medians[medians["date"] >= standing.min()]


def _lowest_and_highest(at: pd.Series) -> list[tuple[float, pd.Series]]:
    """Of the lowest and the highest positions: their median, and which rows are there.

    The one lowest and highest of a list or grid; of many different ones a fifth at each end.
    """
    different = at.drop_duplicates()
    tail = 0.2 if len(different) > MOST_OF_A_LIST else 0.0
    low, high = different.quantile([tail, 1 - tail])
    ends = [at <= low, at >= high] if low < high else []
    return [(float(at[among].median()), among) for among in ends]


def _ends(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (low, high) if low < high else (low - 0.5, high + 0.5)
