"""The figure of what an outcome is made of: a bar a cause, with its interval."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.show import palette, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    from ebbtide.claims.attribution import Attributed

NOTE = (
    "Bar: what a cause adds, averaged over all orders in which causes could have come (Shapley), with its "
    "95% interval, in % of what all add together; every draw counts alike, and the bars sum to 100%."
)
LEFT, BAR, WORDS = (
    2.35,
    0.5,
    30,
)  # inches for names, inches a bar takes, letters in a line of a name
STRENGTH = 0.4  # of a bar's colour: marks upon it are black


def draw_attribution(found: Attributed) -> Figure:
    """Bars of Shapley's values, greatest on top; beside them each cause alone and last of all."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    parts = found.parts
    figure, axes = style.new_figure(
        found,
        f"{found.stated.words}: what it is made of",
        1,
        height=0.4 + BAR * len(parts),
        note=NOTE,
        dates=False,
    )
    figure.subplots_adjust(left=LEFT / style.WIDTH)
    ax = axes[0, 0]
    places = list(range(len(parts), 0, -1))
    bar = palette.tint(palette.line(0).colour, STRENGTH)
    for place, part in zip(places, parts, strict=True):
        share = part.share
        ax.barh(place, 100 * share.value, height=0.5, color=bar)
        ends = [100 * share.low, 100 * share.high]
        ax.plot(ends, [place, place], color="black", linewidth=1.6, zorder=4)
        for estimate, marker, shift in ((part.alone, "^", 0.33), (part.to_all_others, "v", -0.33)):
            at = 100 * estimate.value
            ax.plot(at, place + shift, marker, color="black", mfc="white", markersize=4.5)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_yticks(places, [textwrap.fill(part.cause.words, WORDS) for part in parts])
    ax.set_ylim(0.4, len(parts) + 0.6)
    ax.margins(x=0.08)
    ax.set_xlabel("% of what all causes add together")
    style.bottom_legend(
        figure,
        [
            (Patch(color=bar, linewidth=0), "Shapley's value"),
            (Line2D([], [], color="black", linewidth=1.6), "its 95% interval"),
            (_mark("^"), "where it is the only cause"),
            (_mark("v"), "where all others act too"),
        ],
    )
    return figure


def save_attribution(found: Attributed, file: Path) -> Path:
    """Draw the figure into a PNG file. Raises OSError where that cannot be written."""
    import matplotlib as mpl

    with mpl.rc_context(style.PRINT):
        return style.save(draw_attribution(found), file)


def _mark(marker: str) -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D(
        [], [], linestyle="none", marker=marker, color="black", mfc="white", markersize=4.5
    )
