"""The map of where its fighters are, a small map for each half-year."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ebbtide.scenario.faults import counted
from ebbtide.show import palette, style
from ebbtide.show.outlines import CREDIT, Outline, country_borders, read_outlines

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

CLASSES = (
    1,
    10,
    100,
    1000,
)  # median fighters from which a darker shade of the group's colour holds
STRENGTHS = (0.16, 0.38, 0.66, 1.0)  # of that shade
NOBODY, SELDOM = "1.0", "/////"
BOX = 0.06  # side of the box of a place without an outline, as a share of the map's width
BETWEEN = 0.06  # gap between columns of maps, as a share of a map's width
CHARACTER = 0.066  # inches, at a caption's size
CREDIT_WIDTH = int(17 * style.TEXT_WIDTH)  # characters a line


def draw_presence(subject: Subject) -> Figure | None:
    """Median fighters of the runs by place at each half-year's end; None without outlines."""
    geojson = subject.scenario.outlines
    if geojson is None or not subject.half_years:
        return None
    places = subject.scenario.file.places
    outlines = [outline for outline in read_outlines(geojson) if outline.place in places]
    if not outlines:
        return None
    drawn = {outline.place for outline in outlines}
    undrawn = {id: place for id, place in places.items() if id not in drawn}
    shares = place_shares(subject)
    across = min(len(subject.half_years), 3 if len(subject.half_years) <= 9 else 4)
    down = -(-len(subject.half_years) // across)
    points = np.vstack([outline.shape().vertices for outline in outlines])
    points = np.vstack([points, *([place.lon, place.lat] for place in undrawn.values())])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    stretch = 1 / np.cos(np.radians((south + north) / 2))
    cell = (style.WIDTH - 2 * style.EDGE) / (across + BETWEEN * (across - 1))
    map_height = min(cell * (north - south) * stretch / (east - west), 3.6)
    credit = textwrap.wrap(
        " ".join([CREDIT, subject.scenario.file.geography.credit]).strip(),
        CREDIT_WIDTH,
    )
    foot = 1.15 + 0.15 * len(credit)
    by_date = {date: shares[shares["date"] == date] for date in subject.half_years}
    width = int(cell / CHARACTER)
    captions = {date: _caption(subject, date, here, width) for date, here in by_date.items()}
    gap = 0.2 + 0.15 * max(caption.count("\n") + 1 for caption in captions.values())
    figure, axes = style.new_figure(
        subject,
        "fighters by place, every half-year",
        down,
        across,
        height=down * (map_height + gap),
        bottom=foot,
        dates=False,
    )
    figure.subplots_adjust(
        left=style.EDGE / style.WIDTH,
        right=1 - style.EDGE / style.WIDTH,
        top=figure.subplotpars.top - (gap - 0.35) / figure.get_figheight(),
        wspace=BETWEEN,
        hspace=gap / map_height,
    )
    countries = {id: place.country for id, place in places.items()}
    borders = country_borders(outlines, countries)
    for ax in axes.flat:
        ax.set_axis_off()
    for ax, (date, here) in zip(axes.flat, by_date.items(), strict=False):
        _draw_map(ax, outlines, here.set_index("place"), borders, shades_of(subject))
        ax.set_xlim(west, east)
        ax.set_ylim(south, north)
        for place in undrawn.values():
            draw_unknown(ax, place.lon, place.lat, place.name, BOX * (east - west))
        ax.set_aspect(stretch)
        ax.set_title(captions[date], fontsize=8.5, loc="left", linespacing=1.2)
    _legend(figure, foot, subject, shares, undrawn=bool(undrawn))
    figure.text(
        style.EDGE / style.WIDTH,
        0.1 / figure.get_figheight(),
        "\n".join(credit),
        fontsize=7,
        color="0.25",
        va="bottom",
    )
    return figure


def place_shares(subject: Subject) -> pd.DataFrame:
    """By half-year end and place: shares of runs `present` and `held`, median `fighters`.

    `present`: at least one fighter there; `held`: at least one district.
    A run without a row for a place has nobody there.
    """
    rows = subject.places
    if rows.empty:
        return pd.DataFrame(columns=["date", "place", "present", "held", "fighters"])
    told = rows.assign(held=rows["districts_held"] > 0, there=rows["fighters"] > 0)
    grouped = told.groupby(["date", "place"])
    table = grouped.agg(present=("there", "sum"), held=("held", "sum"))
    table["fighters"] = grouped["fighters"].agg(
        lambda found: float(
            np.median(np.pad(found.to_numpy(float), (0, max(subject.runs - len(found), 0))))
        )
    )
    table[["present", "held"]] /= subject.runs
    return table.reset_index()


def shades_of(subject: Subject) -> list[str]:
    """The shade of each class."""
    return [palette.tint(subject.look.colour, strength) for strength in STRENGTHS]


def _draw_map(
    ax: Axes, outlines: list[Outline], here: pd.DataFrame, borders: list[Any], shades: list[str]
) -> None:
    from matplotlib.collections import LineCollection
    from matplotlib.patches import PathPatch

    for outline in outlines:
        face, hatch, held = NOBODY, "", False
        if outline.place in here.index:
            row = here.loc[outline.place]
            held = bool(row["held"] >= 0.5)
            if row["fighters"] >= CLASSES[0]:
                face = shades[int(np.searchsorted(CLASSES, row["fighters"], "right")) - 1]
            elif row["present"]:
                hatch = SELDOM
        ax.add_patch(
            PathPatch(outline.shape(), facecolor=face, hatch=hatch, edgecolor="0.45", linewidth=0.3)
        )
        if held:
            ax.plot(*outline.middle(), **_ring())
    ax.add_collection(LineCollection(borders, colors="black", linewidths=0.8))


def draw_unknown(ax: Axes, lon: float, lat: float, name: str, side: float) -> None:
    """A hatched box with its name, for a place without an outline: not white, as if nobody were there."""
    from matplotlib.patches import Rectangle

    corner = (lon - side / 2, lat - side / 2)
    ax.add_patch(Rectangle(corner, side, side, clip_on=False, zorder=4, **_UNKNOWN))
    side_of, align = (
        (lon - side / 2, "left") if lon < sum(ax.get_xlim()) / 2 else (lon + side / 2, "right")
    )
    ax.annotate(
        name,
        (side_of, corner[1]),
        (0, -1),
        textcoords="offset points",
        fontsize=6,
        ha=align,
        va="top",
        zorder=6,
    )


_UNKNOWN: dict[str, Any] = {
    "facecolor": "0.92",
    "hatch": "xxxxx",
    "edgecolor": "0.25",
    "linewidth": 0.5,
}
_MARK: dict[str, Any] = {
    "marker": "o",
    "linestyle": "none",
    "markersize": 9,
    "markerfacecolor": "none",
    "markeredgewidth": 1.0,
    "zorder": 5,
}


def _ring() -> dict[str, Any]:
    """A black ring between white ones: seen on every grey, and what is inside it too."""
    from matplotlib.patheffects import Normal, Stroke

    around = [Stroke(linewidth=2.6, foreground="white"), Normal()]
    return {**_MARK, "markeredgecolor": "black", "path_effects": around}


def _caption(subject: Subject, date: pd.Timestamp, here: pd.DataFrame, width: int) -> str:
    """The date and where the group is, in lines of at most `width` characters."""
    median = here.set_index("place")["fighters"]
    present = len(median[median >= CLASSES[0]])
    where = "nowhere in half of the runs" if subject.runs > 1 else "nowhere"
    if present:
        place = subject.scenario.file.places.get(str(median.idxmax()))
        where = counted(present, "place")
        if subject.runs > 1:
            where = f"median ≥ 1 in {where}"
        where += f"; most in {place.name}" if place else ""
    projected = " (projection)" if subject.cut is not None and date > subject.cut else ""
    lines = [f"{date:%d %b %Y}{projected}", where]
    return "\n".join(part for line in lines for part in textwrap.wrap(line, width))


def _legend(
    figure: Figure, foot: float, subject: Subject, shares: pd.DataFrame, *, undrawn: bool
) -> None:
    """The classes that occur in the maps."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    edge: dict[str, Any] = {"edgecolor": "0.45", "linewidth": 0.5}
    ends = [f"{low:,}–{high - 1:,}" for low, high in pairwise(CLASSES)]
    handles: list[Artist] = [Patch(facecolor=NOBODY, **edge)]
    labels = ["0"]
    medians = shares["fighters"].to_numpy(float)
    if ((medians < CLASSES[0]) & (shares["present"] > 0)).any():
        handles.append(Patch(facecolor=NOBODY, hatch=SELDOM, **edge))
        labels.append("present, but in under half of the runs")
    ends.append(f"{CLASSES[-1]:,} or more")
    classes = zip(CLASSES, [*CLASSES[1:], np.inf], shades_of(subject), ends, strict=True)
    for low, high, shade, label in classes:
        if ((medians >= low) & (medians < high)).any():
            handles.append(Patch(facecolor=shade, **edge))
            labels.append(label)
    if (shares["held"] >= 0.5).any():
        handles.append(Line2D([], [], **_ring()))
        of = " (in half of the runs or more)" if subject.runs > 1 else ""
        labels.append(f"holds a district or more{of}")
    if undrawn:
        handles.append(Patch(**_UNKNOWN))
        labels.append("no outline: not drawn")
    what = "fighters (men), supporters left out"
    legend = figure.legend(
        handles,
        labels,
        title=what if subject.runs == 1 else f"median of the runs: {what}",
        loc="upper left",
        bbox_to_anchor=(style.EDGE / style.WIDTH, (foot - 0.02) / figure.get_figheight()),
        ncols=2,
        columnspacing=1.4,
        alignment="left",
        borderaxespad=0,
        borderpad=0,
        fontsize=8,
    )
    legend.get_title().set_fontsize(8.5)
