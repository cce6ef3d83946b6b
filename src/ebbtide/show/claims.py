"""Publishers' claims beside the model: vertical intervals, one marker a publisher."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ebbtide.show.subject import Subject

MARKERS = "osD^vPX<>*"
WHOLE, PART = "black", "0.45"


@dataclass(frozen=True)
class Shown:
    """A publisher's marks in a figure, as its legend names them."""

    label: str
    marker: str
    colour: str


def draw_claims(ax: Axes, rows: pd.DataFrame, subject: Subject) -> list[Shown]:
    """Draw claims (`date, low, high, publisher`, perhaps `area`); returns what the legend needs.

    A claim of one place only, or out of a stated number of places, is grey: the axis counts more.
    """
    shown: dict[Shown, list[dict[Hashable, Any]]] = {}
    for row in rows.to_dict("records"):
        of = _part(str(row.get("area", "")), subject)
        label = f"{row['publisher']} ({of})" if of else str(row["publisher"])
        colour = PART if of else WHOLE
        key = Shown(label, subject.markers[str(row["publisher"])], colour)
        shown.setdefault(key, []).append(row)
    for key, claims in shown.items():
        _mark(ax, claims, key)
    return list(shown)


def _part(area: str, subject: Subject) -> str:
    """What a claim is of, where that is less than what the axis counts."""
    counted = re.search(r"\((\d+ \w+)\)", area)
    if counted:
        return f"of {counted[1]}"
    names = {place.name for place in subject.scenario.file.places.values()}
    return f"{area} only" if area in names else ""


def _mark(ax: Axes, claims: list[dict[Hashable, Any]], shown: Shown) -> None:
    dates: Any = [pd.Timestamp(claim["date"]) for claim in claims]
    low, high = [claim["low"] for claim in claims], [claim["high"] for claim in claims]
    ax.vlines(dates, low, high, color="white", linewidth=3.4, zorder=5)
    ax.vlines(dates, low, high, color=shown.colour, linewidth=1.3, zorder=6)
    ax.plot(
        dates,
        [(claim["low"] + claim["high"]) / 2 for claim in claims],
        linestyle="none",
        zorder=7,
        **_look(shown),
    )


def _look(shown: Shown) -> dict[str, Any]:
    return {
        "marker": shown.marker,
        "color": "white",
        "markersize": 5.5,
        "markeredgecolor": shown.colour,
        "markeredgewidth": 1.2,
    }


def handles(shown: list[Shown]) -> list[tuple[Artist, str]]:
    """Legend entries, a publisher once."""
    from matplotlib.lines import Line2D

    once = sorted(dict.fromkeys(shown), key=lambda key: (MARKERS.index(key.marker), key.label))
    return [(Line2D([], [], linestyle="none", **_look(key)), key.label) for key in once]
