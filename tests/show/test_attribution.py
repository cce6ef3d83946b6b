"""The figure of what an outcome is made of shows the numbers of the page."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from ebbtide.claims.attribution import Part
from ebbtide.claims.causes import Cause
from ebbtide.claims.criteria import Estimate, Range
from ebbtide.show import style
from ebbtide.show.attribution import draw_attribution

WORDS = (
    "strikes, raids and whatever else falls out of the sky at night",
    "a harvest that brings men",
)
MEN = Estimate(300, 200, 400)


@dataclass
class Found:
    """Two causes: one that adds 150% (100 to 200), one that takes 50% (25 to 87)."""

    name = "The Reds"
    subtitle = "an invented conflict; 40 draws"
    stated: Any = None
    parts: tuple[Part, ...] = ()


@pytest.fixture
def figure() -> Figure:
    found = Found()
    found.stated = SimpleNamespace(words="the fall of its fighters", unit="men")
    found.parts = tuple(
        Part("a", Cause(words=words, acts=["strikes"]), share, alone, last, MEN, Range(0, 0, 0))
        for words, share, alone, last in zip(
            WORDS,
            (Estimate(1.5, 1, 2), Estimate(-0.5, -0.875, -0.25)),
            (Estimate(1.625, 0, 0), Estimate(-0.625, 0, 0)),
            (Estimate(1.375, 0, 0), Estimate(-0.375, 0, 0)),
            strict=True,
        )
    )
    with mpl.rc_context(style.PRINT):
        return draw_attribution(found)


def test_bars_and_intervals_are_those_of_the_causes(figure: Figure) -> None:
    [ax] = figure.axes
    assert [bar.get_width() for bar in ax.patches] == [150, -50]
    spans = [tuple(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2]
    assert {(100, 200), (-87.5, -25)} <= set(spans)
    marks = {line.get_marker(): [] for line in ax.lines if line.get_marker() in "^v"}
    for line in ax.lines:
        if line.get_marker() in marks:
            marks[line.get_marker()].append(line.get_xdata()[0])
    assert marks == {"^": [162.5, -62.5], "v": [137.5, -37.5]}


def test_the_greatest_stands_on_top_and_names_have_room(figure: Figure) -> None:
    [ax] = figure.axes
    assert [text.get_text().replace("\n", " ") for text in ax.get_yticklabels()] == list(WORDS)
    heights = [bar.get_y() for bar in ax.patches]
    assert heights == sorted(heights, reverse=True)
    left = min(text.get_window_extent().x0 for text in ax.get_yticklabels())
    assert left >= 0
    assert ax.get_xlabel() == "% of what all causes add together"
