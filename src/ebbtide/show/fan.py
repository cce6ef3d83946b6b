"""A fan: the median of the runs as a line over the bands in which half and most of them lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import palette, style
from ebbtide.study.spread import band_of

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    from ebbtide.show.palette import Line
    from ebbtide.show.subject import Subject

WIDE, NARROW = 0.16, 0.32  # strength of the outer band and of the inner, this on top of that
BANDS = (("low90", "high90", WIDE), ("low50", "high50", NARROW))


def draw_fan(
    ax: Axes,
    table: pd.DataFrame,
    look: Line,
    *,
    bands: bool = True,
    wide: bool = True,
    edged: bool = False,
    marks: tuple[int, int] | None = None,
) -> None:
    """Draw quantiles by date (columns as in QUANTILES): a line, and the bands if there are any.

    Without `wide` the narrow band alone, which leaves room for more fans; `edged` lifts the line off
    the bands of others; `marks` are the first date that bears its marker, and every how many others do.
    """
    from matplotlib.patheffects import withStroke

    if bands:
        for low, high, strength in BANDS if wide else BANDS[1:]:
            ax.fill_between(
                table.index,
                table[low],
                table[high],
                color=look.colour,
                alpha=strength,
                lw=0,
            )
    ax.plot(
        table.index,
        table["median"],
        linestyle=look.dashes,
        color=look.colour,
        linewidth=1.7,
        marker=look.marker if marks else None,
        markevery=marks,
        markersize=4.5,
        zorder=3,
        path_effects=[withStroke(linewidth=3.4, foreground="white")] if edged else None,
    )


def draw_bands(ax: Axes, subject: Subject, column: str) -> pd.DataFrame:
    """The fan of an outcome of the group; a single run as a line alone."""
    table = subject.quantiles(column)
    draw_fan(ax, table, subject.look, bands=subject.runs > 1)
    return table


def handle(look: Line) -> Line2D:
    """A fan's line, for a legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], color=look.colour, linestyle=look.dashes, linewidth=1.7)


def legend_of_fan(look: Line, runs: int, *, wide: bool = True) -> list[tuple[Artist, str]]:
    """What line and bands stand for."""
    from matplotlib.patches import Patch

    line = handle(look)
    if runs == 1:
        return [(line, "the run")]
    both = 1 - (1 - WIDE) * (1 - NARROW) if wide else NARROW
    entries: list[tuple[Artist, str]] = [
        (line, "median of the runs"),
        (Patch(color=palette.tint(look.colour, both), linewidth=0), "50% of runs"),
        (Patch(color=palette.tint(look.colour, WIDE), linewidth=0), band_of(runs)),
    ]
    return entries if wide else entries[:-1]


def band_legend(figure: Figure, subject: Subject) -> None:
    """Explain line and bands below the axes."""
    style.bottom_legend(figure, legend_of_fan(subject.look, subject.runs))
