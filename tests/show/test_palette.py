"""One look for one thing: for any colour vision, in greys, and the same in all figures."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

from ebbtide.show import palette, style
from ebbtide.show.flows import draw_flows
from ebbtide.show.presence import shades_of
from ebbtide.show.strength import draw_strength
from ebbtide.show.subject import subject_of
from ebbtide.world.codes import End, Kind, Source

from . import synthetic

# What a colour looks like to whom: Machado, Oliveira and Fernandes (2009), severity 1, linear RGB.
VISION = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124, 0.3576, 0.1805],
        [0.2126, 0.7152, 0.0722],
        [0.0193, 0.1192, 0.9505],
    ]
)
TOLD_APART = 15  # of CIE 1976 difference: several times what is just seen side by side


def lab(colour: str, seen_by: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of a colour as it is seen (white D65)."""
    parts = np.asarray(mpl.colors.to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(seen_by @ linear, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("family", palette.COLOURS)
def test_kinds_of_one_family_are_told_apart_with_any_colour_vision(family, vision):
    colours = set(palette.COLOURS[family].values())
    assert len(colours) == len(palette.COLOURS[family])
    for one, other in combinations(colours, 2):
        difference = lab(one, VISION[vision]) - lab(other, VISION[vision])
        assert np.linalg.norm(difference) > TOLD_APART, (one, other)


@pytest.mark.parametrize("family", palette.COLOURS)
def test_colours_of_one_family_are_apart_in_lightness_so_that_they_read_in_grey(family):
    lightness = sorted(lab(colour, np.eye(3))[0] for colour in palette.COLOURS[family].values())
    assert min(np.diff(lightness)) > 5


@pytest.mark.parametrize(
    ("family", "codes"), [("entries", Kind), ("exits", End), ("income", Source)]
)
@pytest.mark.parametrize("named", palette.LINES)
def test_every_kind_has_a_look_of_its_own_in_both_styles(family, codes, named):
    with palette.in_style(named):
        looks = palette.surfaces(family)
    assert set(looks) == {f"{family}_{code.called}" for code in codes}
    assert len(set(looks.values())) == len(looks)


@pytest.mark.parametrize("named", palette.LINES)
def test_lines_stand_out_from_paper_and_differ_in_more_than_colour(named):
    lines = palette.LINES[named]
    assert all(1.05 / (palette.luminance(line.colour) + 0.05) > 2 for line in lines)
    for one, other in combinations(lines, 2):
        assert one.marker != other.marker
    assert len({str(line.dashes) for line in lines}) == len(lines) - 1  # the last is light instead


def test_in_grey_nothing_has_a_hue():
    def greys(colour: Any) -> bool:
        return len(set(mpl.colors.to_rgb(colour))) == 1

    with palette.in_style("grey"):
        assert all(greys(palette.line(number).colour) for number in range(6))
        for family in palette.COLOURS:
            assert all(greys(look.face) for look in palette.surfaces(family).values())
        assert all(greys(shade) for shade in palette.sequential()(np.linspace(0, 1, 9)))
    assert not greys(palette.line(0).colour)


def test_an_unknown_style_is_refused():
    with (
        pytest.raises(ValueError, match='found "blue"; allowed: colour or grey'),
        palette.in_style("blue"),
    ):
        pass


def test_a_group_has_its_colour_in_every_figure_whoever_is_in_focus():
    results = synthetic.results(count=3)
    with mpl.rc_context(style.PRINT):
        for focus, place in ((synthetic.GROUP, 0), (synthetic.RIVAL, 1)):
            scenario = synthetic.scenario()
            scenario.file.focus = (focus,)
            scenario.file.foundings = {}
            shown = subject_of(results, scenario)
            assert shown is not None
            colour = palette.line(place).colour
            figure = draw_strength(shown)
            assert figure is not None
            assert {line.get_color() for line in figure.axes[0].lines[:1]} == {colour}
            assert mpl.colors.to_hex(shades_of(shown)[-1]) == colour.lower()


def test_who_changes_sides_has_one_colour_coming_and_going():
    looks = palette.surfaces("entries") | palette.surfaces("exits")
    assert looks["entries_switched"] == looks["exits_switched"]
    with mpl.rc_context(style.PRINT):
        shown = subject_of(synthetic.results(count=3), synthetic.scenario())
        assert shown is not None
        figure = draw_flows(shown)
    assert figure is not None
    faces = [mpl.colors.to_hex(patch.get_facecolor()) for patch in figure.axes[0].patches]
    assert faces.count(palette.DARK_YELLOW.lower()) == 2
