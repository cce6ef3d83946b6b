"""An outcome over two varied quantities: a map with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ebbtide.show import style
from ebbtide.show.sweep_subject import COLOURS, Sweep, colour_bar, label_dates, numeric

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.colors import Normalize
    from matplotlib.figure import Figure

MOST_PANELS = 4
MOST_NUMBERS = 150  # cells that still leave room for a number


def draw_map(sweep: Sweep) -> Figure | None:
    """A panel a policy: cells of a grid, else a dot a point; None where too little was varied."""
    values = sweep.runs[sweep.outcome]
    if len(sweep.over) < 2 or sweep.unit == "date" or not values.notna().any():
        return None
    from matplotlib.colors import Normalize

    across, up = sweep.over[:2]
    policies = sweep.policies[:MOST_PANELS]
    mean = sweep.unit == "yes/no"
    per_point = "share of runs" if mean else sweep.per_point
    figure, axes = style.new_figure(
        cast(Any, sweep),
        sweep.meaning.rstrip(".").lower(),
        len(policies),
        height=4.2 * len(policies),
        note=f"At each point: {per_point}"
        + (", and of all else that was varied." if len(sweep.over) > 2 else "."),
        right=0.8,
        bottom=0.75,
        dates=False,
    )
    figure.subplots_adjust(left=1.5 / style.WIDTH)
    runs = sweep.runs.assign(**{sweep.outcome: values.astype(float)})
    grouped = runs.groupby(["policy", across, up], sort=True)[sweep.outcome]
    points = (grouped.mean() if mean else grouped.median()).dropna().reset_index()
    low, high = points[sweep.outcome].min(), points[sweep.outcome].max()
    scale = Normalize(low, high if high > low else low + 1)
    for ax, policy in zip(axes.flat, policies, strict=True):
        own = points[points["policy"] == policy]
        table = own.pivot(index=up, columns=across, values=sweep.outcome)
        if len(own) == table.size:
            drawn = _cells(ax, table, scale)
        else:
            drawn = ax.scatter(
                numeric(own[across]), numeric(own[up]), c=own[sweep.outcome], cmap=COLOURS,
                norm=scale, s=60, edgecolors="0.3", linewidths=0.4,
            )  # fmt: skip
            label_dates(ax.xaxis, own[across])
            label_dates(ax.yaxis, own[up])
        ax.set_xlabel(across)
        ax.set_ylabel(up)
        ax.set_title(f"policy “{policy}”", loc="left", fontsize=9)
        colour_bar(ax, drawn, sweep.label)
    if len(policies) > 1:
        figure.subplots_adjust(hspace=0.35)
    return figure


def _cells(ax: Axes, table: pd.DataFrame, scale: Normalize) -> Any:
    """A cell a pair of values, evenly spaced, each with its number if there is room."""
    drawn = ax.pcolormesh(table.to_numpy(float), cmap=COLOURS, norm=scale, edgecolors="white", lw=1)
    for axis, labels in ((ax.xaxis, table.columns), (ax.yaxis, table.index)):
        axis.set_ticks([i + 0.5 for i in range(len(labels))], [_written(v) for v in labels])
    ax.tick_params(length=0)
    if len(table.columns) > 6 and len(_written(table.columns[0])) > 6:
        ax.tick_params(axis="x", rotation=30)
    if table.size <= MOST_NUMBERS:
        digits = 0 if abs(table.to_numpy()).max() > 2 else 2
        for row, values in enumerate(table.to_numpy(float)):
            for column, value in enumerate(values):
                ax.text(
                    column + 0.5, row + 0.5, f"{value:,.{digits}f}", ha="center", va="center",
                    fontsize=8, color="white" if scale(value) > 0.55 else "black",
                )  # fmt: skip
    return drawn


def _written(value: Any) -> str:
    if hasattr(value, "strftime"):
        return f"{value:%d %b %Y}"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
