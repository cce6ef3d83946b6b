"""How every figure looks: paper, letters, headings, legends, and saving."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

DPI = 190
WIDTH = 6.8  # inches: letters are read on a page as wide as a telephone
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_BOTTOM = 1.05, 0.25, 0.95  # inches
EDGE = 0.2  # inches from the paper's edge to text
HEADING, DETAIL, LEGEND_LINE = 0.27, 0.19, 0.2  # inches a line takes
TEXT_WIDTH = WIDTH - 2 * EDGE
HEADING_LETTERS, DETAIL_LETTERS = (
    int(9.2 * TEXT_WIDTH),
    int(14.4 * TEXT_WIDTH),
)  # that a line has room for

PRINT: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "axes.labelsize": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "axes.axisbelow": True,
    "axes.grid": False,
    "figure.facecolor": "white",
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
    "hatch.linewidth": 0.5,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "lines.solid_capstyle": "butt",
    "text.parse_math": False,  # a title may speak of $60 and $80
}


class Titled(Protocol):
    """What a figure takes its heading from."""

    @property
    def name(self) -> str:
        """Whom it shows."""

    @property
    def subtitle(self) -> str:
        """Of what scenario and policy, in how many runs."""


def new_figure(
    subject: Titled,
    shows: str,
    rows: int,
    columns: int = 1,
    *,
    height: float,
    note: str = "",
    right: float = MARGIN_RIGHT,
    bottom: float = MARGIN_BOTTOM,
    dates: bool = True,
) -> tuple[Figure, np.ndarray]:
    """A figure with its heading and a grid of empty axes (rows, columns).

    `height` is that of the axes' area, `right` and `bottom` the margins beside it, in inches.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from ebbtide.show.in_notebooks import NotebookFigure

    heading = textwrap.wrap(f"{subject.name}: {shows}", HEADING_LETTERS)
    details = [
        *textwrap.wrap(subject.subtitle, DETAIL_LETTERS),
        *textwrap.wrap(note, DETAIL_LETTERS),
    ]
    below = 0.2 + HEADING * len(heading)
    top = below + DETAIL * len(details) + 0.35
    height += top + bottom
    figure = NotebookFigure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    axes = figure.subplots(rows, columns, squeeze=False, sharex=dates)
    figure.subplots_adjust(
        left=MARGIN_LEFT / WIDTH,
        right=1 - right / WIDTH,
        top=1 - top / height,
        bottom=bottom / height,
        hspace=0.16,
    )
    edge = EDGE / WIDTH
    figure.text(
        edge, 1 - 0.2 / height, "\n".join(heading), fontsize=13, fontweight="bold", va="top"
    )
    figure.text(edge, 1 - below / height, "\n".join(details), fontsize=9, color="0.25", va="top")
    return figure, axes


def foot(entries: int, base: float = MARGIN_BOTTOM) -> float:
    """Room below the axes, in inches, for the band legend and so many publishers."""
    return base + LEGEND_LINE * -(-entries // 2) + (0.1 if entries else 0.0)


def claim_legend(
    figure: Figure, entries: Sequence[tuple[Artist, str]], *, abreast: int = 2
) -> None:
    """Name the publishers' marks, or what each fan is of, above the legend of the bands."""
    if entries:
        _legend(figure, entries, above_edge=0.4, ncols=abreast, labelspacing=0.35)


def bottom_legend(figure: Figure, entries: list[tuple[Artist, str]]) -> None:
    """A legend at the foot of the figure, in as few rows as fit within its edges."""
    most = figure.get_figwidth() * figure.dpi - 2 * EDGE * figure.dpi
    for columns in range(len(entries), 0, -1):
        legend = _legend(figure, entries, above_edge=0.14, ncols=columns)
        if columns == 1 or legend.get_window_extent().width <= most:
            return
        legend.remove()


def _legend(
    figure: Figure, entries: Sequence[tuple[Artist, str]], *, above_edge: float, **look: Any
) -> Legend:
    """A legend so many inches above the paper's lower edge."""
    return figure.legend(
        [handle for handle, _ in entries],
        [label for _, label in entries],
        loc="lower left",
        bbox_to_anchor=(EDGE / figure.get_figwidth(), above_edge / figure.get_figheight()),
        borderaxespad=0,
        borderpad=0,
        handlelength=1.8,
        columnspacing=1.6,
        **look,
    )


def save(figure: Figure, path: Path) -> Path:
    """Write the figure whole and rename it into place."""
    part = path.with_name(f".{path.name}.part")
    try:
        figure.savefig(part, format="png")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
