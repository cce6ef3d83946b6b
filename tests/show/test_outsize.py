"""One outsize month or week does not flatten a plot: it runs off the scale, and the plot says so."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from ebbtide.show import scales, style
from ebbtide.show.flows import draw_flows
from ebbtide.show.scales import FEWEST_VALUES, without_outsize
from ebbtide.show.subject import subject_of
from ebbtide.show.territory import draw_territory

from . import synthetic

SPLIT = pd.Timestamp("2016-03-04")


def split(outcome: str, men: int) -> Figure:
    """Joins and leaves of runs in one week of which so many men come or go at once."""
    results = synthetic.results(count=4)
    weeks = results.weeks
    weeks[outcome] = weeks[outcome].where(weeks["date"] != SPLIT, men)
    shown = subject_of(results, synthetic.scenario())
    assert shown is not None
    with mpl.rc_context(style.PRINT):
        figure = draw_flows(shown)
    assert figure is not None
    return figure


def test_the_month_of_a_split_runs_off_the_top_and_is_told():
    usual, with_split = split("entries_switched", 20), split("entries_switched", 9000)
    ax = with_split.axes[0]
    assert ax.get_ylim()[1] < 2 * usual.axes[0].get_ylim()[1]
    assert ax.get_ylim()[0] == pytest.approx(usual.axes[0].get_ylim()[0], rel=0.2)
    [said] = [text.get_text() for text in ax.texts if "off the scale" in text.get_text()]
    assert "Mar 2016 2," in said  # 9,000 men in one of four weeks, and what else joined
    assert not any("off the scale" in text.get_text() for text in usual.axes[0].texts)


def test_so_does_the_month_in_which_its_mother_loses_them():
    ax = split("exits_switched", 9000).axes[0]
    assert ax.get_ylim()[0] > -500
    assert any("Mar 2016 2," in text.get_text() for text in ax.texts)


def test_a_fan_of_men_joining_keeps_its_scale():
    results = synthetic.results(count=4)
    weeks = results.weeks
    weeks["entries_switched"] = weeks["entries_switched"].where(weeks["date"] != SPLIT, 9000)
    shown = subject_of(results, synthetic.scenario())
    assert shown is not None
    with mpl.rc_context(style.PRINT):
        figure = draw_territory(shown)
    assert figure is not None
    joining = figure.axes[-1]
    assert joining.get_ylim()[1] < 1000
    assert any("Mar 2016" in text.get_text() for text in joining.texts)


def test_a_smooth_rise_and_a_few_values_are_left_alone():
    assert without_outsize(pd.Series(range(1, 100))) is None
    assert without_outsize(pd.Series([1.0] * (FEWEST_VALUES - 2) + [100.0])) is None
    assert without_outsize(pd.Series([1.0] * 40 + [100.0])) == pytest.approx(1.25)
    assert without_outsize(pd.Series([0.0] * 40 + [5.0] * 20)) is None


def test_sizes_below_zero_keep_their_sign_where_they_are_asked_for():
    ax = Figure().subplots()
    ax.set_ylim(-3, 3)
    scales.label_sizes(ax, signed=True)
    assert ax.yaxis.get_major_formatter()(-2.0, None) == "-2"
    scales.label_sizes(ax)
    assert ax.yaxis.get_major_formatter()(-2.0, None) == "2"
