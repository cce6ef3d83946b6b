"""A metric over two varied quantities: a map with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show import style
from ebbtide.show.sweep_subject import COLOURS, Sweep, colour_bar, label_metric, written

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh
    from matplotlib.colors import Normalize
    from matplotlib.figure import Figure

MOST_PANELS = 4
MOST_NUMBERS = 150  # cells that still leave room for a number
MOST_DATES = 9  # cells in a row that still leave room for a date
DARK = 0.55  # from this share of the scale on, white is read better than black


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
        sweep.meaning.rstrip(".").lower(),
        len(policies),
        height=4.2 * len(policies),
        note=f"At each point: {sweep.per_point}{pooled}.",
        right=0.8,
        bottom=0.75,
        dates=False,
    )
    figure.subplots_adjust(left=1.5 / style.WIDTH)
    grouped = sweep.runs.groupby(["policy", across.path, up.path], sort=True)[sweep.metric]
    points = (grouped.mean() if sweep.unit == "yes/no" else grouped.median()).reset_index()
    low, high = points[sweep.metric].min(), points[sweep.metric].max()
    scale = Normalize(low, high if high > low else low + 1)
    for ax, policy in zip(axes.flat, policies, strict=True):
        own = points[points["policy"] == policy]
        table = own.pivot(index=up.path, columns=across.path, values=sweep.metric)
        if sweep.grid or len(own) == table.size:
            drawn = _cells(ax, table, scale, sweep)
        else:
            drawn = ax.scatter(
                across.positions(own[across.path]),
                up.positions(own[up.path]),
                c=own[sweep.metric],
                cmap=COLOURS,
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
    """A cell a pair of values, evenly spaced, each with its number if there is room.

    A cell without a run that has the metric is left white, with a dash.
    """
    import numpy as np

    values = table.to_numpy(float)
    drawn = ax.pcolormesh(
        np.ma.masked_invalid(values), cmap=COLOURS, norm=scale, edgecolors="white", lw=1
    )
    for axis, labels in ((ax.xaxis, table.columns), (ax.yaxis, table.index)):
        axis.set_ticks([i + 0.5 for i in range(len(labels))], [written(v) for v in labels])
    ax.tick_params(length=0)
    if len(table.columns) > 6 and len(written(table.columns[0])) > 6:
        ax.tick_params(axis="x", rotation=30)
    room = table.size <= MOST_NUMBERS
    if room and (sweep.unit != "date" or len(table.columns) <= MOST_DATES):
        digits = 0 if np.nanmax(np.abs(values), initial=0.0) > 2 else 2
        for (row, column), value in np.ndenumerate(values):
            dark = not np.isnan(value) and scale(value) > DARK
            ax.text(
                column + 0.5,
                row + 0.5,
                _number(value, sweep.unit, digits),
                ha="center",
                va="center",
                fontsize=8,
                color="white" if dark else "black",
            )
    return drawn


def _number(value: float, unit: str, digits: int) -> str:
    from matplotlib.dates import num2date

    if value != value:
        return "–"
    return f"{num2date(value):%d %b %Y}" if unit == "date" else f"{value:,.{digits}f}"
