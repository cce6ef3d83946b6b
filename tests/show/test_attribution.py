"""The figure of what an outcome is made of shows the numbers of the page."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from ebbtide.claims.attribution import Estimate, Part
from ebbtide.claims.claim_tests import Cause
from ebbtide.claims.criteria import Range
from ebbtide.show import style
from ebbtide.show.attribution import draw_attribution

WORDS = (
    "strikes, raids and whatever else falls out of the sky at night",
    "a harvest that brings men",
)


@dataclass
class Found:
    """Two causes: one that adds 300 (200 to 400), one that takes 50 (20 to 90)."""

    name = "The Reds"
    subtitle = "an invented conflict; 40 draws"
    stated: Any = None
    parts: tuple[Part, ...] = ()


def estimate(mean: float, low: float, high: float) -> Estimate:
    return Estimate(mean, low, high)


@pytest.fixture
def figure() -> Figure:
    found = Found()
    found.stated = SimpleNamespace(words="the fall of its fighters", unit="men")
    found.parts = tuple(
        Part("a", Cause(words=words, acts=["strikes"]), adds, adds, Range(0, 0, 0), alone, last)
        for words, adds, alone, last in zip(
            WORDS,
            (estimate(300, 200, 400), estimate(-50, -90, -20)),
            (estimate(310, 0, 0), estimate(-60, 0, 0)),
            (estimate(290, 0, 0), estimate(-40, 0, 0)),
            strict=True,
        )
    )
    with mpl.rc_context(style.PRINT):
        return draw_attribution(found)


def test_bars_and_intervals_are_those_of_the_causes(figure: Figure) -> None:
    [ax] = figure.axes
    assert [bar.get_width() for bar in ax.patches] == [300, -50]
    spans = [tuple(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2]
    assert {(200, 400), (-90, -20)} <= set(spans)
    marks = {line.get_marker(): [] for line in ax.lines if line.get_marker() in "^v"}
    for line in ax.lines:
        if line.get_marker() in marks:
            marks[line.get_marker()].append(line.get_xdata()[0])
    assert marks == {"^": [310, -60], "v": [290, -40]}


def test_the_greatest_stands_on_top_and_names_have_room(figure: Figure) -> None:
    [ax] = figure.axes
    assert [text.get_text().replace("\n", " ") for text in ax.get_yticklabels()] == list(WORDS)
    heights = [bar.get_y() for bar in ax.patches]
    assert heights == sorted(heights, reverse=True)
    left = min(text.get_window_extent().x0 for text in ax.get_yticklabels())
    assert left >= 0
    assert ax.get_xlabel() == "men"
