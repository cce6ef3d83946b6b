"""How every figure looks: paper, greys, headings, dates, bands, and saving."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from ebbtide.study.spread import CENTRAL

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.dates import AutoDateLocator
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

DPI = 150
WIDTH = 9.0  # inches
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_BOTTOM = 1.0, 0.3, 0.9  # inches
EDGE = 0.25  # inches from the paper's edge to text
HEADING, DETAIL, LEGEND_LINE = 0.27, 0.185, 0.19  # inches a line takes

PRINT: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.labelsize": 9,
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
    "legend.fontsize": 8.5,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "lines.solid_capstyle": "butt",
}

BAND_90, BAND_50, MEDIAN = "0.88", "0.70", "0.0"


class Titled(Protocol):
    """What a figure takes its heading from."""

    @property
    def name(self) -> str:
        """Whom it shows."""

    @property
    def subtitle(self) -> str:
        """Of what scenario and policy, in how many runs."""


class Headed(Titled, Protocol):
    """What a figure takes its heading and the range of its dates from."""

    @property
    def weeks(self) -> pd.DataFrame:
        """What is drawn, with a column `date`."""

    @property
    def cut(self) -> pd.Timestamp | None:
        """From when on all is projected."""


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
    from matplotlib.figure import Figure

    heading = textwrap.wrap(f"{subject.name}: {shows}", 78)
    details = [*textwrap.wrap(subject.subtitle, 115), *textwrap.wrap(note, 115)]
    below = 0.2 + HEADING * len(heading)
    top = below + DETAIL * len(details) + 0.35
    height += top + bottom
    figure = Figure(figsize=(WIDTH, height))
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


def finish_dates(figure: Figure, axes: np.ndarray, subject: Headed) -> None:
    """Give axes that share dates their range, ticks, label and the line at the cut."""
    from matplotlib.ticker import AutoMinorLocator

    first, last = subject.weeks["date"].min(), subject.weeks["date"].max()
    if first == last:
        last = first + pd.Timedelta(weeks=1)
    for ax in axes.flat:
        ax.set_xlim(first, last)
        label_dates(ax.xaxis, first, last)
        if last - first > pd.Timedelta(days=2 * 365):
            ax.xaxis.set_minor_locator(AutoMinorLocator(4))
    for ax in axes[-1]:
        ax.set_xlabel("date (weeks, by the day they end on)")
    if subject.cut is not None and first < subject.cut < last:
        for ax in axes.flat:
            _mark_cut(ax, subject.cut)
        for ax in axes[0]:
            _name_cut(ax, subject.cut)
    figure.align_ylabels()


def label_dates(axis: Axis, first: pd.Timestamp, last: pd.Timestamp, fewest: int = 4) -> None:
    """Give an axis of dates its ticks, at least so many, the year named where it is new."""
    from matplotlib.dates import AutoDateLocator
    from matplotlib.ticker import FuncFormatter

    locator = AutoDateLocator(minticks=fewest, maxticks=9)
    axis.set_major_locator(locator)
    axis.set_major_formatter(FuncFormatter(lambda day, _: _date_label(day, locator, first, last)))


def _date_label(
    day: float, locator: AutoDateLocator, first: pd.Timestamp, last: pd.Timestamp
) -> str:
    """The month, with its year where that is new: at the first tick and in each January."""
    from matplotlib.dates import date2num, num2date

    low, high = date2num(first), date2num(last)
    shown = [num2date(tick) for tick in locator() if low <= tick <= high]
    date = num2date(day)
    if all(tick.month == tick.day == 1 for tick in shown):
        return f"{date:%Y}"
    name = f"{date:%b}" if all(tick.day == 1 for tick in shown) else f"{date:%d %b}"
    earlier = [tick for tick in shown if tick < date]
    return name if earlier and earlier[-1].year == date.year else f"{name}\n{date:%Y}"


def _mark_cut(ax: Axes, cut: pd.Timestamp) -> None:
    from matplotlib.patheffects import withStroke

    ax.axvline(
        cut,  # type: ignore[arg-type]
        color="black",
        linewidth=1.0,
        linestyle=(0, (5, 3)),
        zorder=2.5,
        path_effects=[withStroke(linewidth=2.6, foreground="white")],
    )


def _name_cut(ax: Axes, cut: pd.Timestamp) -> None:
    """Say above the axes what the line is, in as many words as there is room for."""
    label = ax.annotate(
        "",
        (cut, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        va="bottom",
        fontsize=8,
        annotation_clip=False,
    )
    frame = ax.get_window_extent()
    for text in (f"after this: projection (cut {cut:%d %b %Y})", "projection after this"):
        label.set_text(text)
        if label.get_window_extent().x1 <= frame.x1 + 1:
            return
    label.set_horizontalalignment("right")


def start_at_zero(ax: Axes, reach: float = 0.0, band: pd.DataFrame | None = None) -> None:
    """Put the y axis from 0 to above what is drawn and at least to `reach`.

    A `band` (quantiles) that would squeeze all else runs off the top, and a note says how far.
    """
    highest = max(1.05 * ax.dataLim.y1, reach)  # y1 is -inf where nothing is drawn
    if band is not None:
        farthest, room = band["high90"].max(), 2 * max(band["high50"].max(), reach)
        if 0 < room < 0.6 * farthest:
            highest = room
            _note_top(ax, f"the {CENTRAL} band reaches {farthest:,.0f}")
    ax.set_ylim(0, highest if highest > 0 else 1)
    label_sizes(ax)


def _note_top(ax: Axes, note: str) -> None:
    from matplotlib.patheffects import withStroke

    ax.annotate(
        note,
        (1, 1),
        xycoords="axes fraction",
        xytext=(-3, -3),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=8,
        path_effects=[withStroke(linewidth=2, foreground="white")],
    )


def from_zero_to_one(ax: Axes) -> None:
    """Put the y axis of a share or an index from 0 to 1."""
    ax.set_ylim(0, 1.02)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1])


def label_sizes(ax: Axes) -> None:
    """Few y ticks, thousands apart, no sign below zero."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    whole = max(map(abs, ax.get_ylim())) > 2
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10], integer=whole))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.10g}"))


def both_ways(ax: Axes) -> None:
    """Leave room above and below a zero line, also where all is zero."""
    if ax.dataLim.height <= 0:
        ax.set_ylim(-1, 1)
    ax.axhline(0, color="black", linewidth=0.9)
    label_sizes(ax)


def draw_bands(ax: Axes, subject: Subject, column: str) -> pd.DataFrame:
    """Median of runs as a line over the inner and the outer band; a single run as a line alone."""
    table = subject.quantiles(column)
    if subject.runs > 1:
        ax.fill_between(table.index, table["low90"], table["high90"], color=BAND_90, lw=0)
        ax.fill_between(table.index, table["low50"], table["high50"], color=BAND_50, lw=0)
    ax.plot(table.index, table["median"], color=MEDIAN, linewidth=1.6, zorder=3)
    return table


def band_legend(figure: Figure, subject: Subject) -> None:
    """Explain line and bands below the axes."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    line = Line2D([], [], color=MEDIAN, linewidth=1.6)
    if subject.runs == 1:
        entries: list[tuple[Artist, str]] = [(line, "the run")]
    else:
        entries = [
            (line, "median of the runs"),
            (Patch(color=BAND_50, linewidth=0), "50% of runs"),
            (Patch(color=BAND_90, linewidth=0), f"{CENTRAL} of runs"),
        ]
    bottom_legend(figure, entries)


def foot(entries: int, base: float = MARGIN_BOTTOM) -> float:
    """Room below the axes, in inches, for the band legend and so many publishers."""
    return base + LEGEND_LINE * -(-entries // 2) + (0.1 if entries else 0.0)


def claim_legend(figure: Figure, entries: list[tuple[Artist, str]]) -> None:
    """Name the publishers' marks, two abreast, above the legend of the bands."""
    if entries:
        _legend(figure, entries, above_edge=0.4, ncols=2, labelspacing=0.35)


def bottom_legend(figure: Figure, entries: list[tuple[Artist, str]]) -> None:
    """A legend in one row at the foot of the figure."""
    _legend(figure, entries, above_edge=0.14, ncols=len(entries))


def _legend(
    figure: Figure, entries: list[tuple[Artist, str]], *, above_edge: float, **look: Any
) -> None:
    """A legend so many inches above the paper's lower edge."""
    figure.legend(
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
