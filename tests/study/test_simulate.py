"""A run of the model, as the tables that are kept of it."""

from __future__ import annotations

import datetime as dt
import gc

import pandas as pd
import pytest

from ebbtide.scenario import load
from ebbtide.study.design import Design
from ebbtide.study.simulate import Simulator, cut_week, half_year_ends
from ebbtide.world.outcomes import PLACE_OUTCOMES
from ebbtide.world.state import State


@pytest.fixture(scope="module")
def minimal():
    return load("minimal")


@pytest.fixture(scope="module")
def run(minimal):
    return Design(minimal, (minimal.policy.id,), 3, base_seed=4)[2]


def tables(scenario, run, weeks):
    return Simulator(scenario, {run.policy: scenario.policy}, weeks)(run)


def test_metrics_are_those_of_the_series(minimal, run):
    kept = tables(minimal, run, minimal.weeks)
    own = kept.series[kept.series["group"] == minimal.focus].reset_index(drop=True)
    assert len(own) == minimal.weeks + 1
    assert kept.metrics["fighters_peak"] == own["fighters"].max() > 0
    assert kept.metrics["peak_date"] == own["date"][own["fighters"].idxmax()].date()
    assert kept.metrics["fighters_at_end"] == own["fighters"].iloc[-1]


def test_a_shorter_run_is_the_beginning_of_the_longer(minimal, run):
    short, long = tables(minimal, run, 60), tables(minimal, run, minimal.weeks)
    pd.testing.assert_frame_equal(short.series, long.series[: len(short.series)])
    last = short.series["date"].max()
    early = long.places[long.places["date"] < last]
    before = short.places[short.places["date"] < last]
    pd.testing.assert_frame_equal(before, early.reset_index(drop=True))


def test_places_are_kept_at_half_years_and_the_end_where_somebody_is(minimal, run):
    places = tables(minimal, run, minimal.weeks).places
    ends = set(half_year_ends(minimal.dates))
    assert minimal.dates[-1] not in ends
    assert {date.date() for date in places["date"]} == {*ends, minimal.dates[-1]}
    assert (places["affiliates"] > 0).all()
    assert list(places.columns) == ["date", "group", "place", *PLACE_OUTCOMES]
    series = tables(minimal, run, minimal.weeks).series.set_index(["date", "group"])
    held = places.groupby(["date", "group"])["districts_held"].sum()
    assert (held == series["districts_held"].reindex(held.index)).all()
    assert held.any()


def test_a_run_leaves_no_columns_behind(minimal, run):
    """Also while the collector sleeps: its model and agents hold each other."""

    def states():
        return sum(type(found) is State for found in gc.get_objects())

    simulate = Simulator(minimal, {run.policy: minimal.policy}, weeks=3)
    broken = Simulator(minimal, {run.policy: minimal.policy}, weeks="three")
    gc.collect()
    gc.disable()
    try:
        before = states()
        simulate(run)
        assert states() == before
        with pytest.raises(TypeError):
            broken(run)
        assert states() == before
    finally:
        gc.enable()


def test_half_years_end_in_the_week_that_holds_their_last_day():
    dates = [dt.date(2014, 6, 22) + dt.timedelta(weeks=week) for week in range(30)]
    assert half_year_ends(dates) == [dt.date(2014, 7, 6), dt.date(2015, 1, 4)]
    on_the_day = [dt.date(2019, 6, 23), dt.date(2019, 6, 30), dt.date(2019, 7, 7)]
    assert half_year_ends(on_the_day) == [dt.date(2019, 6, 30)]


def test_a_cut_that_the_run_does_not_reach_is_none(minimal):
    cut = minimal.with_overrides({"cut": dt.date(2002, 1, 1)})
    week = cut.week_of(dt.date(2002, 1, 1))
    assert cut_week(cut, week) == week
    assert cut_week(cut, week - 1) is None
    assert cut_week(minimal, minimal.weeks) is None
