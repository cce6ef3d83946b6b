"""A metric over two varied quantities: a map with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show import palette, style
from ebbtide.show.sweep_subject import Sweep, colour_bar, label_metric, not_drawn
from ebbtide.show.words import worded, written
from ebbtide.study.spread import CENTRAL, FEWEST_FOR_CENTRAL, ends
from ebbtide.world.units import DATE, YES_NO

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh
    from matplotlib.colors import Normalize
    from matplotlib.figure import Figure

MOST_PANELS = 4
MOST_NUMBERS = 150  # cells that still leave room for a number
MOST_DATES = 9  # cells in a row that still leave room for a date
LETTER = 0.062  # inches that a letter of an interval takes


def draw_map(sweep: Sweep) -> Figure | None:
    """A panel a policy: cells of a grid, else a dot a point; None where too little was varied."""
    if len(sweep.over) < 2 or not sweep.runs[sweep.metric].notna().any():
        return None
    from matplotlib.colors import Normalize

    across, up = (sweep.varied[path] for path in sweep.over[:2])
    policies = sweep.policies[:MOST_PANELS]
    pooled = ", and of all else that was varied" if len(sweep.varied) > 2 else ""
    figure, axes = style.new_figure(
        sweep,
        f"{sweep.meaning.rstrip('.').lower()}, by {worded(across.path)} and {worded(up.path)}",
        len(policies),
        height=3.7 * len(policies),
        note=f"At each point: {sweep.per_point}{pooled}."
        + not_drawn("policies", sweep.policies[MOST_PANELS:]),
        right=0.8,
        bottom=0.75,
        dates=False,
    )
    figure.subplots_adjust(left=1.5 / style.WIDTH)
    grouped = sweep.runs.groupby(["policy", across.path, up.path], sort=True)[sweep.metric]
    points = (grouped.mean() if sweep.unit == YES_NO else grouped.median()).reset_index()
    points[["some", "of"]] = sweep.counts()[["some", "of"]]
    for name, end in zip(("low", "high"), ends(sweep.runs_a_point), strict=True):
        points[name] = (
            grouped.quantile(end).to_numpy(float) if sweep.has_intervals else float("nan")
        )
    low, high = points[sweep.metric].min(), points[sweep.metric].max()
    scale = Normalize(low, high if high > low else low + 1)
    for ax, policy in zip(axes.flat, policies, strict=True):
        own = points[points["policy"] == policy]
        table = own.pivot(index=up.path, columns=across.path)
        if sweep.grid or len(own) == table[sweep.metric].size:
            drawn = _cells(ax, table, scale, sweep)
        else:
            drawn = ax.scatter(
                across.positions(own[across.path]),
                up.positions(own[up.path]),
                c=own[sweep.metric],
                cmap=palette.sequential(),
                norm=scale,
                s=60,
                edgecolors="0.3",
                linewidths=0.4,
            )
            across.label_ticks(ax.xaxis, own[across.path])
            up.label_ticks(ax.yaxis, own[up.path])
        ax.set_xlabel(across.label)
        ax.set_ylabel(up.label)
        ax.set_title(f"policy “{policy}”", loc="left", fontsize=9)
        bar = colour_bar(ax, drawn, sweep.label)
        label_metric(bar.ax.yaxis, sweep, scale.vmin or 0.0, scale.vmax or 1.0)
    if len(policies) > 1:
        figure.subplots_adjust(hspace=0.35)
    return figure


def _cells(ax: Axes, table: pd.DataFrame, scale: Normalize, sweep: Sweep) -> QuadMesh:
    """A cell a pair of values, evenly spaced, each with its number and its interval if there is room.

    `table` has for the metric, `low` and `high` a column a value. A cell without a run that has the
    metric is left white, with a dash; one of some runs alone says of how many.
    """
    import numpy as np

    middle, some, of = table[sweep.metric], table["some"].to_numpy(), table["of"].to_numpy()
    values = middle.to_numpy(float)
    shades = palette.sequential()
    drawn = ax.pcolormesh(
        np.ma.masked_invalid(values), cmap=shades, norm=scale, edgecolors="white", lw=1
    )
    for axis, labels in ((ax.xaxis, middle.columns), (ax.yaxis, middle.index)):
        axis.set_ticks([i + 0.5 for i in range(len(labels))], [written(v) for v in labels])
    ax.tick_params(length=0)
    if len(middle.columns) > 4 and len(written(middle.columns[0])) > 6:
        ax.tick_params(axis="x", rotation=30)
    room = middle.size <= MOST_NUMBERS
    if room and (sweep.unit != DATE or len(middle.columns) <= MOST_DATES):
        digits = 0 if np.nanmax(np.abs(values), initial=0.0) > 2 else 2
        intervals = _intervals(ax, table, digits) if sweep.has_intervals else {}
        if intervals:
            few = sweep.runs_a_point < FEWEST_FOR_CENTRAL
            share = f"all {sweep.runs_a_point}" if few else f"{CENTRAL} of the"
            said = f"below a number: where {share} runs lie"
            ax.set_title(said, loc="right", fontsize=8)
        for (row, column), value in np.ndenumerate(values):
            ink = "black" if np.isnan(value) else palette.ink(shades(scale(value)))
            said = intervals.get((row, column), "")
            place = (column + 0.5, row + (0.62 if said else 0.5))
            number = _number(value, sweep.unit, digits)
            if some[row, column] < of[row, column]:
                count = f"{some[row, column]:.0f} of {of[row, column]:.0f}"
                ax.text(column + 0.5, row + 0.1, count, ha="center", fontsize=6.5, color=ink)
            ax.text(*place, number, ha="center", va="center", fontsize=9, color=ink)
            ax.text(column + 0.5, row + 0.3, said, ha="center", va="center", fontsize=7, color=ink)
    return drawn


def _intervals(ax: Axes, table: pd.DataFrame, digits: int) -> dict[tuple[int, int], str]:
    """The interval of each cell, by row and column; empty where the longest has no room."""
    import numpy as np

    low, high = table["low"].to_numpy(float), table["high"].to_numpy(float)
    said = {
        (row, column): f"{least:,.{digits}f}–{high[row, column]:,.{digits}f}"
        for (row, column), least in np.ndenumerate(low)
        if least == least
    }
    figure = ax.get_figure(root=True)
    assert figure is not None
    cell = ax.get_position().width * figure.get_figwidth() / len(low[0])
    fits = max(map(len, said.values()), default=0) * LETTER < cell
    return said if fits else {}


def _number(value: float, unit: str, digits: int) -> str:
    from matplotlib.dates import num2date

    if value != value:
        return "–"
    return f"{num2date(value):%d %b %Y}" if unit == DATE else f"{value:,.{digits}f}"
