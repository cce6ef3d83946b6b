"""Figures of a comparison, from tables made up so that every mark is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ebbtide.show import palette
from ebbtide.show.compared import ComparedPolicies, words
from ebbtide.show.compared_acceptability import draw_acceptability
from ebbtide.show.compared_differences import draw_differences
from ebbtide.show.compared_fans import draw_fans
from ebbtide.show.compared_information import draw_information
from ebbtide.show.compared_tradeoff import draw_tradeoff

NAMES = ("record", "one", "other")
SHOWN = ComparedPolicies(
    "The group", "A case", NAMES, {name: palette.line_of(name, NAMES) for name in NAMES}
)
DIFFERENCES = pd.DataFrame(
    [
        ("mean_strength", "men", "one", 200.0, -20.0, -30.0, -10.0, -0.1, -0.15, -0.05),
        ("mean_strength", "men", "other", 200.0, 4.0, -4.0, 12.0, 0.02, -0.02, 0.06),
        ("harm", "people", "one", 10.0, 90.0, 80.0, 100.0, 9.0, 8.0, 10.0),
        ("harm", "people", "other", 10.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        ("ended", "yes/no", "one", 0.0, 0.1, 0.05, 0.15, np.nan, np.nan, np.nan),
        ("ended", "yes/no", "other", 0.0, 0.0, 0.0, 0.0, np.nan, np.nan, np.nan),
        ("nothing", "men", "one", 0.0, 1.0, 0.0, 2.0, np.nan, np.nan, np.nan),
        ("gain", "men", "one", -100.0, 6.0, 5.0, 7.0, 0.06, 0.05, 0.07),
    ],
    columns=[
        "outcome", "unit", "policy", "reference", "difference", "low", "high", "relative",
        "relative_low", "relative_high",
    ],
).assign(of_reference=lambda table: table["reference"] > 0)  # fmt: skip


def points(figure):
    """Where single markers stand, by the marker."""
    return {
        (line.get_marker(), tuple(np.round(line.get_xdata().astype(float), 6)))
        for line in figure.axes[0].lines
        if line.get_marker() not in ("None", "", None)
    }


def test_a_difference_stands_where_it_is_and_a_far_one_says_how_far():
    figure = draw_differences(SHOWN, DIFFERENCES)
    looks = SHOWN.looks
    found = points(figure)
    assert (looks["one"].marker, (-10.0,)) in found
    assert (looks["other"].marker, (2.0,)) in found
    assert (looks["one"].marker, (10.0,)) in found  # a probability, in points
    said = [text.get_text() for text in figure.axes[0].texts]
    assert said == ["+900%"]
    assert figure.axes[0].get_xlim()[1] < 900


def test_an_outcome_without_a_share_is_left_to_the_table():
    figure = draw_differences(SHOWN, DIFFERENCES)
    labels = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert labels == ["mean strength\n200 men", "harm\n10 people", "P(ended)\n0%, in points"]
    assert draw_differences(SHOWN, DIFFERENCES[DIFFERENCES["outcome"] == "nothing"]) is None


def test_an_outcome_on_a_day_is_read_with_its_day():
    assert words("districts_held@2017-12-31") == "districts held on 31 Dec 2017"
    assert words("civilians_harmed_in_all") == "civilians harmed by or against the group"


def test_what_goes_twice_as_far_as_most_is_cut_and_nothing_nearer():
    shares = ["relative", "relative_low", "relative_high"]
    near = DIFFERENCES.assign(**DIFFERENCES[shares].clip(upper=0.6))
    assert [text.get_text() for text in draw_differences(SHOWN, near).axes[0].texts] == []


def test_what_no_policy_beats_is_filled():
    table = pd.DataFrame(
        {
            "policy": NAMES, "mean_strength": [200.0, 180.0, 204.0], "harm": [10.0, 100.0, 10.0],
            "pareto": [True, True, False],
        }
    )  # fmt: skip
    figure = draw_tradeoff(SHOWN, table, DIFFERENCES, ["men", "people"])
    faces = {
        line.get_marker(): line.get_markerfacecolor()
        for line in figure.axes[0].lines
        if line.get_marker() in {look.marker for look in SHOWN.looks.values()}
    }
    looks = SHOWN.looks
    assert faces[looks["other"].marker] == "white"
    assert faces[looks["one"].marker] == looks["one"].colour
    assert figure.axes[0].get_ylabel() == "mean strength (men)"


def test_the_chosen_policy_is_thick():
    weights = np.array([0.0, 0.1, 1.0, 10.0])
    table = pd.DataFrame(
        [
            (weight, name, share, name == ("one" if weight < 1 else "record"))
            for weight in weights
            for name, share in (("record", 0.2), ("one", 0.7), ("other", 0.1))
        ],
        columns=["weight", "policy", "best", "chosen"],
    )
    figure = draw_acceptability(SHOWN, table, "what one counts for")
    thick = {
        line.get_color(): int(np.isfinite(line.get_ydata().astype(float)).sum())
        for line in figure.axes[0].lines
        if line.get_linewidth() > 3
    }
    looks = SHOWN.looks
    assert thick == {looks["record"].colour: 2, looks["one"].colour: 1, looks["other"].colour: 0}


def test_what_is_no_more_than_noise_is_not_drawn():
    table = pd.DataFrame(
        {
            "outcome": "mean_strength", "unit": "men", "quantity": ["a.b", "c.d"],
            "value": [3.0, 1.0], "of_perfect": [0.3, 0.1], "noise": 2.0, "perfect": 10.0,
        }
    )  # fmt: skip
    figure = draw_information(SHOWN, table)
    assert [bar.get_width() for bar in figure.axes[0].patches] == [3.0]
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == ["a.b"]
    assert draw_information(SHOWN, table.head(0)) is None


def test_where_all_is_noise_no_figure_is_drawn():
    table = pd.DataFrame(
        {
            "outcome": "mean_strength", "unit": "men", "quantity": ["a.b", "c.d"],
            "value": [2.0, 0.0], "of_perfect": [0.2, 0.0], "noise": 2.0, "perfect": 10.0,
        }
    )  # fmt: skip
    assert draw_information(SHOWN, table) is None
    assert draw_information(SHOWN, table.assign(noise=1.9)) is not None


def test_fans_begin_shortly_before_the_policies_part():
    dates = pd.date_range("2016-01-03", periods=100, freq="7D")
    rows = [
        (10 * number + run, name, date, 100.0 + run)
        for number, name in enumerate(NAMES)
        for run in range(4)
        for date in dates
    ]
    weeks = pd.DataFrame(rows, columns=["run", "policy", "date", "fighters"])
    figure = draw_fans(SHOWN, weeks, pd.Timestamp("2017-01-01"), pd.Timestamp("2016-12-31"))
    drawn = [line for line in figure.axes[0].lines if len(line.get_xdata()) > 2]
    assert len(drawn) == 3
    assert {len(line.get_xdata()) for line in drawn} == {int((dates >= "2016-07-03").sum())}
    assert {line.get_marker() for line in drawn} == {look.marker for look in SHOWN.looks.values()}
    assert len({line.get_markevery() for line in drawn}) == 3  # no two on one week
