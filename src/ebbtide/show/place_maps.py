"""The maps of an outcome by place, a small one a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ebbtide.show import palette, style
from ebbtide.show.outlines import CREDIT, Outline, country_borders, read_outlines
from ebbtide.show.presence import BOX, draw_unknown
from ebbtide.show.words import axis_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable
    from matplotlib.figure import Figure

    from ebbtide.show.by_place import PlaceOutcome

ACROSS, MOST = 3, 9  # maps
ABSENT = "0.9"  # a place of which nothing is known
LEAST = 0.05  # that the darkest shade stands for: less is nothing, not a pattern


def draw_maps(shown: PlaceOutcome) -> Figure | None:
    """A map a date, shaded by the median of the runs; None without outlines."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    outlines = read_outlines(shown.scenario.outlines) if shown.scenario.outlines else []
    medians = shown.medians()
    if not outlines or medians.empty:
        return None
    places = np.linspace(0, len(medians) - 1, min(MOST, len(medians))).round().astype(int)
    when = medians.iloc[np.unique(places)]
    down = -(-len(when) // ACROSS)
    drawn = {outline.place for outline in outlines}
    known = shown.scenario.file.places
    undrawn = [place for name, place in known.items() if name not in drawn]
    points = np.vstack([outline.shape().vertices for outline in outlines])
    points = np.vstack([points, *([place.lon, place.lat] for place in undrawn)])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    stretch = 1 / np.cos(np.radians((south + north) / 2))
    cell = style.TEXT_WIDTH / ACROSS * 0.94
    height = min(cell * (north - south) * stretch / (east - west), 3.6)
    credit = shown.scenario.file.geography.credit
    figure, axes = style.new_figure(
        shown,
        f"{shown.outcome.meaning}, by place",
        down,
        ACROSS,
        height=down * (height + 0.3),
        note=" ".join(
            filter(None, [_left_out(len(when), len(medians), len(undrawn)), CREDIT, credit])
        ),
        bottom=0.9,
        dates=False,
    )
    edge = style.EDGE / style.WIDTH
    figure.subplots_adjust(left=edge, right=1 - edge, wspace=0.06, hspace=0.3 / height)
    top = max(float(when.max().max()), LEAST)
    shades = ScalarMappable(Normalize(0, top), palette.sequential())
    countries = {id: place.country for id, place in known.items()}
    borders = country_borders(outlines, countries)
    for ax in axes.flat:
        ax.set_axis_off()
    for ax, (date, row) in zip(axes.flat, when.iterrows(), strict=False):
        _draw_map(ax, outlines, row, shades, borders)
        ax.set_xlim(west, east)
        ax.set_ylim(south, north)
        for place in undrawn:
            draw_unknown(ax, place.lon, place.lat, place.name, BOX * (east - west))
        ax.set_aspect(stretch)
        projected = (
            " (projection)" if shown.cut is not None and pd.Timestamp(str(date)) > shown.cut else ""
        )
        ax.set_title(f"{date:%d %b %Y}{projected}", fontsize=8.5, loc="left")
    bar = figure.add_axes((edge, 0.52 / figure.get_figheight(), 0.6, 0.13 / figure.get_figheight()))
    figure.colorbar(shades, cax=bar, orientation="horizontal").outline.set_linewidth(0.5)
    of = "median of the runs: " if len(shown.runs) > 1 else ""
    bar.set_xlabel(of + axis_label(shown.chosen.outcome, shown.outcome), loc="left")
    return figure


def _left_out(drawn: int, dates: int, undrawn: int) -> str:
    """Which of the dates that are kept have no map, and that boxes stand for places without outlines."""
    said = [f"{drawn} of the {dates} dates that are kept, evenly spread."] if drawn < dates else []
    said += ["Hatched boxes: places without an outline, not shaded."] if undrawn else []
    return " ".join(said)


def _draw_map(
    ax: Axes, outlines: list[Outline], row: pd.Series, shades: ScalarMappable, borders: list[Any]
) -> None:
    from matplotlib.collections import LineCollection
    from matplotlib.patches import PathPatch

    for outline in outlines:
        value = row.get(outline.place, float("nan"))
        face = ABSENT if value != value else shades.to_rgba(value)
        ax.add_patch(PathPatch(outline.shape(), facecolor=face, edgecolor="0.45", linewidth=0.3))
    ax.add_collection(LineCollection(borders, colors="black", linewidths=0.8))
