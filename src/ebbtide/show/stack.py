"""Stacked monthly means by kind, each kind with its own look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from ebbtide.show.palette import Surface


SIDE = 1.75  # inches beside the axes for a legend


def draw_stack(
    ax: Axes,
    table: pd.DataFrame,
    labels: dict[str, str],
    looks: Mapping[str, Surface],
    *,
    down: bool = False,
) -> list[tuple[Artist, str]]:
    """Stack monthly columns away from zero, each with its look.

    What is below zero in a column goes to the other side. Returns handles and labels in the
    order seen from top to bottom.
    """
    above, below = np.zeros(len(table)), np.zeros(len(table))
    drawn: list[tuple[Artist, str]] = []
    for column in labels:
        values = table[column].to_numpy() * (-1 if down else 1)
        handle: Artist | None = None
        for part, base in ((values.clip(min=0), above), (values.clip(max=0), below)):
            if part.any():
                handle = ax.stairs(
                    base + part,
                    _edges(table),  # type: ignore[arg-type]
                    baseline=base.copy(),
                    fill=True,
                    facecolor=looks[column].face,
                    edgecolor="0.15",
                    linewidth=0.4,
                    hatch=looks[column].hatch or None,
                )
                base += part
        if handle is not None:
            drawn.append((handle, labels[column]))
    return drawn if down else drawn[::-1]


def side_legend(
    ax: Axes, entries: list[tuple[Artist, str]], title: str, *, top: float = 1.0
) -> None:
    """A legend to the right of the axes, from `top` (share of the axes' height) down."""
    if not entries:
        return
    figure = ax.get_figure(root=True)
    assert figure is not None
    legend = figure.legend(
        [handle for handle, _ in entries],
        [label for _, label in entries],
        title=title,
        loc="upper left",
        bbox_to_anchor=(1.02, top),
        bbox_transform=ax.transAxes,
        borderaxespad=0,
        borderpad=0,
        alignment="left",
        handlelength=1.8,
        handleheight=1.1,
    )
    legend.get_title().set_fontweight("bold")


def draw_steps(ax: Axes, values: pd.Series) -> Line2D:
    """Draw monthly values as a heavy stepped line; return a handle for the legend."""
    from matplotlib.lines import Line2D
    from matplotlib.patheffects import withStroke

    ax.stairs(
        values.to_numpy(),
        _edges(values),  # type: ignore[arg-type]
        baseline=None,
        color="black",
        linewidth=1.7,
        zorder=4,
        path_effects=[withStroke(linewidth=3.6, foreground="white")],
    )
    return Line2D([], [], color="black", linewidth=1.7)


def _edges(table: pd.DataFrame | pd.Series) -> list[pd.Timestamp]:
    return [*table.index, table.index[-1] + pd.offsets.MonthBegin()]
