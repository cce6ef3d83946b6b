"""Publishers' claims beside the model: vertical intervals, one marker and one name a publisher."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation, Text

MARKERS = "osD^vPX<>*"
NAME_WIDTH = 26  # characters a line
_RADII = (16, 26, 38, 52, 70, 90, 115, 140, 170, 210)  # points from a claim to its name
_DIRECTIONS = 24
_LEADER_POINTS = 120  # at which a line from claim to name is tested for crossings
_CLEAR = 3.0  # points kept free around names and claims


@dataclass(frozen=True)
class _Claim:
    date: pd.Timestamp
    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class _Box:
    """A rectangle in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, points: np.ndarray) -> np.ndarray:
        x, y = points[:, 0], points[:, 1]
        return (x > self.left) & (x < self.right) & (y > self.bottom) & (y < self.top)

    def within(self, other: _Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.bottom <= self.bottom
            and self.top <= other.top
        )


def draw_claims(
    ax: Axes,
    rows: pd.DataFrame,
    curve: pd.Series,
    *,
    cut: pd.Timestamp | None,
    name_by: tuple[str, ...] = ("publisher",),
) -> list[Annotation]:
    """Draw claims (`date, low, high` and the columns of `name_by`) and name each publisher once.

    The axes must have their final limits and place. Names stay clear of each other, of all
    claims and the line at the cut and, where there is room, of `curve` (values by date).
    """
    from matplotlib.patheffects import withStroke

    if rows.empty:
        return []
    claims: dict[str, list[_Claim]] = {}
    for row in rows.to_dict("records"):
        name = ": ".join(str(row[column]) for column in name_by)
        claim = _Claim(pd.Timestamp(row["date"]), float(row["low"]), float(row["high"]))
        claims.setdefault(name, []).append(claim)
    taken = [_text_box(text) for text in ax.texts]
    for made, marker in zip(claims.values(), cycle(MARKERS), strict=False):
        _mark(ax, made, marker)
        taken += [_claim_box(ax, claim) for claim in made]
    if cut is not None:
        taken.append(_claim_box(ax, _Claim(cut, *ax.get_ylim())))
    line = _pixels(ax, curve.index, curve.to_numpy())
    names: list[Annotation] = []
    leaders: list[np.ndarray] = []
    for name, made in claims.items():
        label = ax.annotate(
            _wrapped(name),
            (made[0].date, made[0].middle),  # type: ignore[arg-type]
            textcoords="offset points", xytext=(0, 0), fontsize=8, ha="center", va="center",
            zorder=9, linespacing=1.05, annotation_clip=False,
            path_effects=[withStroke(linewidth=2, foreground="white")],
            arrowprops={"arrowstyle": "-", "linewidth": 0.6, "shrinkA": 1, "shrinkB": 4},
        )  # fmt: skip
        box, leader = _settle(ax, label, made, taken, line, leaders)
        taken.append(box)
        leaders.append(leader)
        names.append(label)
    return names


def _wrapped(name: str) -> str:
    """The name in as few lines as fit NAME_WIDTH, of about equal length."""
    lines = -(-len(name) // NAME_WIDTH)
    return "\n".join(textwrap.wrap(name, max(len(name) // lines + 4, NAME_WIDTH // 2)))


def _mark(ax: Axes, claims: list[_Claim], marker: str) -> None:
    dates: Any = [claim.date for claim in claims]
    low, high = [claim.low for claim in claims], [claim.high for claim in claims]
    ax.vlines(dates, low, high, color="white", linewidth=3.4, zorder=5)
    ax.vlines(dates, low, high, color="black", linewidth=1.3, zorder=6)
    ax.plot(
        dates, [claim.middle for claim in claims], marker, color="white", markersize=5,
        markeredgecolor="black", markeredgewidth=1.0, zorder=7,
    )  # fmt: skip


def _settle(
    ax: Axes,
    label: Annotation,
    claims: list[_Claim],
    taken: list[_Box],
    line: np.ndarray,
    leaders: list[np.ndarray],
) -> tuple[_Box, np.ndarray]:
    """Move a name to the best free position near a claim; return its room and its leader line."""
    extent, frame = _text_box(label), ax.get_window_extent()
    point = _pixels_a_point(ax)
    half_width = (extent.right - extent.left) / 2 + _CLEAR * point
    half_height = (extent.top - extent.bottom) / 2 + _CLEAR * point
    panel = _Box(frame.x0, frame.y0, frame.x1, frame.y1)
    positions = []
    for claim in claims:
        x, y = _pixels(ax, [claim.date], [claim.middle])[0]
        others = [box for box in taken if box != _claim_box(ax, claim)]
        for radius in _RADII:
            for angle in np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False):
                side = np.sign(round(np.cos(angle), 6))
                across = radius * np.cos(angle) * point + side * half_width
                up = radius * np.sin(angle) * point
                box = _Box(
                    x + across - half_width,
                    y + up - half_height,
                    x + across + half_width,
                    y + up + half_height,
                )
                leader = np.linspace((x, y), (x + across, y + up), _LEADER_POINTS)
                cost = (
                    radius
                    + 1e6 * (not box.within(panel))
                    + 1e5 * sum(box.meets(other) for other in taken)
                    + 100.0 * sum(other.holds(leader).any() for other in others)
                    + 100.0 * sum(box.holds(other).any() for other in leaders)
                    + 12.0 * min(box.holds(line).sum(), 5)
                )
                positions.append((cost, claim, (across / point, up / point), box, leader))
    _, claim, offset, box, leader = min(positions, key=lambda position: position[0])
    label.xy = (claim.date, claim.middle)  # type: ignore[assignment]
    label.set_position(offset)
    return box, leader


def _text_box(text: Text) -> _Box:
    from matplotlib.text import Text

    extent = Text.get_window_extent(text)  # of an annotation too, without its leader line
    return _Box(extent.x0, extent.y0, extent.x1, extent.y1)


def _claim_box(ax: Axes, claim: _Claim) -> _Box:
    (x, bottom), (_, top) = _pixels(ax, [claim.date, claim.date], [claim.low, claim.high])
    around = _CLEAR * _pixels_a_point(ax)
    return _Box(x - around, bottom - around, x + around, top + around)


def _pixels(ax: Axes, dates: Iterable[Any], values: Iterable[float]) -> np.ndarray:
    x: Any = ax.convert_xunits(pd.DatetimeIndex(list(dates)))
    y = np.asarray(list(values), dtype=float)
    return np.asarray(ax.transData.transform(np.column_stack([np.asarray(x, dtype=float), y])))


def _pixels_a_point(ax: Axes) -> float:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure.dpi / 72
