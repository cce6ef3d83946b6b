"""Publishers' claims beside the model: vertical intervals, one marker a publisher."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ebbtide.study.spread import CENTRAL, FEWEST_FOR_CENTRAL, band_of, spread

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ebbtide.show.subject import Subject

OF_A_PART = "grey: of a part of the places, the model's own beside it"  # how a note tells of it
MARKERS = "osD^vPX<>*"
WHOLE, PART = "black", "0.45"
LABEL = 38  # characters of a line of the legend
BESIDE = 5  # points by which the model's own number stands to the right of a claim of a part
_BAND: dict[str, Any] = {"color": PART, "linewidth": 3.2, "alpha": 0.45, "zorder": 5}
_TICK: dict[str, Any] = {
    "color": PART,
    "linestyle": "none",
    "marker": "_",
    "markersize": 9,
    "markeredgewidth": 2.2,
    "zorder": 6,
}


@dataclass(frozen=True)
class Shown:
    """A publisher's marks in a figure, as its legend names them."""

    label: str
    marker: str
    colour: str


def draw_claims(ax: Axes, rows: pd.DataFrame, subject: Subject) -> list[Shown]:
    """Draw claims, as `ebbtide.study.beside` gives them; returns what the legend needs.

    A claim of a part of the places is grey, and has the model's own number of these places beside it:
    the curve is of all places.
    """
    shown: dict[Shown, list[dict[Hashable, Any]]] = {}
    for row in rows.to_dict("records"):
        of = row["words"]
        key = Shown(_label(row), subject.markers[str(row["publisher"])], PART if of else WHOLE)
        shown.setdefault(key, []).append(row)
    for key, claims in shown.items():
        _mark(ax, claims, key)
    return list(shown)


def draw_parts(ax: Axes, rows: pd.DataFrame, subject: Subject) -> list[tuple[Artist, str]]:
    """The model's own numbers in the parts that claims speak of; returns legend entries."""
    from matplotlib.transforms import ScaledTranslation

    figure = ax.get_figure(root=True)
    assert figure is not None
    right = ax.transData + ScaledTranslation(BESIDE / 72, 0, figure.dpi_scale_trans)
    drawn: dict[str, Artist] = {}
    for row in rows[rows["words"] != ""].to_dict("records"):
        if row["model"] is None:
            continue
        found = spread(row["model"])
        day: Any = [pd.Timestamp(row["date"])]
        ax.vlines(day, found["low"], found["high"], transform=right, **_BAND)
        (tick,) = ax.plot(day, [found["median"]], transform=right, **_TICK)
        within = CENTRAL if subject.runs >= FEWEST_FOR_CENTRAL else band_of(subject.runs)
        of = "" if subject.runs == 1 else f", median and {within}"
        drawn.setdefault(textwrap.fill(f"model: {row['words']}{of}", LABEL), tick)
    return [(tick, label) for label, tick in drawn.items()]


def not_shown(subject: Subject, kind: str) -> str:
    """Which of the rows that publishers have of a kind have no mark in a figure, and why; else empty."""
    scenario = subject.scenario
    every = scenario.evidence_tables().get(kind, pd.DataFrame())
    if every.empty:
        return ""
    if not scenario.published.of_focus:
        return "what publishers say is of others, and not drawn"
    if subject.policy != scenario.record:
        return f"what publishers say is of the policy “{scenario.record}”, and not drawn"
    late = every["date"] > subject.weeks["date"].max()
    shown, left = subject.claims.get(kind, every[:0]), []
    if late.any():
        left.append(f"{late.sum()} after the last week")
    if others := len(every) - late.sum() - len(shown):
        left.append(f"{others} of shares" if kind == "strength" else f"{others} that do not add up")
    if unkept := sum(model is None for model in shown.get("model", ())):
        left.append(f"the model's own beside {unkept}, which these runs do not keep")
    return f"not drawn: {', '.join(left)}" if left else ""


def room(rows: pd.DataFrame) -> int:
    """Legend lines that claims take at most, with the model's numbers beside those of a part."""
    labels = {_label(row) for row in rows.to_dict("records")}
    lines = 1 + max((label.count("\n") for label in labels), default=0)
    parts = set(rows["words"]) - {""} if len(rows) else ()
    return lines * (len(labels) + len(parts))


def _label(row: dict[Hashable, Any]) -> str:
    """Who says it, and of what part of the places, in lines that half a figure's width takes."""
    of = row["words"]
    return textwrap.fill(f"{row['publisher']} ({of})" if of else str(row["publisher"]), LABEL)


def _mark(ax: Axes, claims: list[dict[Hashable, Any]], shown: Shown) -> None:
    dates: Any = [pd.Timestamp(claim["date"]) for claim in claims]
    low, high = [claim["low"] for claim in claims], [claim["high"] for claim in claims]
    ax.vlines(dates, low, high, color="white", linewidth=3.4, zorder=5)
    ax.vlines(dates, low, high, color=shown.colour, linewidth=1.3, zorder=6)
    middles = [(claim["low"] + claim["high"]) / 2 for claim in claims]
    ends: Any = [pd.Timedelta(days=claim["either_way"]) for claim in claims]
    first, last = (
        [day + sign * end for day, end in zip(dates, ends, strict=True)] for sign in (-1, 1)
    )
    ax.hlines(middles, first, last, color="white", linewidth=2.6, zorder=5)
    ax.hlines(middles, first, last, color=shown.colour, linewidth=0.8, zorder=6)
    ax.plot(
        dates,
        middles,
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


def handles(
    shown: list[Shown], parts: list[tuple[Artist, str]] | None = None
) -> list[tuple[Artist, str]]:
    """Legend entries, a publisher once, and after them the model's own numbers in parts, once."""
    from matplotlib.lines import Line2D

    once = sorted(dict.fromkeys(shown), key=lambda key: (MARKERS.index(key.marker), key.label))
    publishers = [(Line2D([], [], linestyle="none", **_look(key)), key.label) for key in once]
    return [*publishers, *{label: (mark, label) for mark, label in parts or []}.values()]
