"""The map of where fighters are: shapes from GeoJSON, borders, and what a place's shade stands for."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch, Rectangle

from ebbtide.show.outlines import country_borders, read_outlines
from ebbtide.show.presence import CLASSES, SELDOM, draw_presence, place_shares, shades_of
from ebbtide.show.subject import subject_of

from . import synthetic


def results_of(counts: dict[str, list[int]], *, districts_held: float = 0.0) -> synthetic.Results:
    """Four runs with the given fighters by place at one half-year's end, and supporters everywhere."""
    date = pd.Timestamp("2016-06-24")
    weeks = pd.DataFrame(
        {"run": range(4), "policy": "record", "date": date, "group": synthetic.GROUP, "fighters": 9}
    )
    rows = [
        {
            "run": run,
            "policy": "record",
            "date": date,
            "group": synthetic.GROUP,
            "place": place,
            "fighters": number,
            "affiliates": number + 40,
            "districts_held": districts_held if number else 0.0,
        }
        for place, numbers in counts.items()
        for run, number in enumerate(numbers)
    ]
    return synthetic.Results(weeks, pd.DataFrame(rows))


def test_a_run_without_a_fighter_has_nobody_there():
    shown = subject_of(
        results_of({"p0": [8, 0, 4, 0], "p1": [100, 100, 100, 0]}), synthetic.scenario()
    )
    table = place_shares(shown).set_index("place")
    assert table.loc["p0", "present"] == 0.5
    assert table.loc["p0", "fighters"] == 2
    assert table.loc["p1", "fighters"] == 100


def test_shade_follows_the_median_and_seldom_presence_is_hatched():
    counts = {f"p{number}": [low] * 4 for number, low in enumerate(CLASSES)}
    counts["p9"] = [50, 0, 0, 0]
    counts["p11"] = [0] * 4  # supporters alone
    shown = subject_of(results_of(counts), synthetic.scenario())
    figure = draw_presence(shown)
    patches = [patch for patch in figure.axes[0].patches if isinstance(patch, PathPatch)]
    by_place = dict(zip(synthetic.grid_ids(), patches, strict=True))
    for number, shade in enumerate(shades_of(shown)):
        assert by_place[f"p{number}"].get_facecolor() == to_rgba(shade)
    assert by_place["p9"].get_hatch() == SELDOM
    for nobody in ("p10", "p11"):
        assert by_place[nobody].get_facecolor() == to_rgba("1.0")
        assert not by_place[nobody].get_hatch()


@pytest.mark.parametrize(("held", "marks"), [(0.0, 0), (1.0, 2), (2.0, 2)])
def test_ground_is_marked_where_half_of_the_runs_hold_a_district(held, marks):
    counts = {"p0": [9, 9, 9, 9], "p1": [9, 9, 0, 0], "p2": [9, 0, 0, 0]}
    figure = draw_presence(
        subject_of(results_of(counts, districts_held=held), synthetic.scenario())
    )
    assert len(figure.axes[0].lines) == marks


def test_a_place_without_an_outline_is_hatched_and_named_and_no_white():
    shown = subject_of(results_of({"p0": [9] * 4}), synthetic.scenario())
    shown.scenario.outlines["features"][7]["properties"]["code"] = "elsewhere"
    figure = draw_presence(shown)
    [box] = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert box.get_hatch()
    assert len(figure.axes[0].patches) == len(synthetic.grid_ids())  # 23 outlines, one box
    assert [text.get_text() for text in figure.axes[0].texts] == ["Far Northern Province 7"]
    told = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "no outline: not drawn" in told


def test_credit_of_the_boundaries_is_printed():
    figure = draw_presence(subject_of(results_of({"p0": [9] * 4}), synthetic.scenario()))
    assert any("illustrative. Squares drawn" in text.get_text() for text in figure.texts)


def test_middle_of_a_square_and_of_the_larger_part():
    square, *_, holed = read_outlines(synthetic.grid_outlines())
    assert square.middle() == pytest.approx((60.5, 30.5))
    assert holed.middle() == pytest.approx((65.5, 33.5))


def test_borders_lie_around_countries_and_between_them_only():
    outlines = read_outlines(synthetic.grid_outlines())
    outlines = [o for o in outlines if len(o.polygons[0]) == 1]  # 5 columns, 4 rows, no holes
    one = country_borders(outlines, dict.fromkeys(synthetic.grid_ids(), "A"))
    assert len(one) == 2 * (5 + 4)
    two = {f"p{number}": "AB"[number % 6 > 2] for number in range(24)}
    assert len(country_borders(outlines, two)) == 2 * (5 + 4) + 4
