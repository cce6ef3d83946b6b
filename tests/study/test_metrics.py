"""Metrics of a run, on trajectories whose answer is known."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.study.design import Design
from ebbtide.study.metrics import METRICS, Trajectory, measure
from ebbtide.study.simulate import Simulator
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES


def of(fighters, cut_week=None, others=None, **outcomes):
    """The metrics of so many fighters a week; outcomes that are not stated are zero."""
    count = np.array(fighters)
    weeks = np.arange(len(count))
    stated = {
        "fighters": count,
        "affiliates": 3 * count,
        "fighters_switched": count // 4,
        "districts_held": count / 100,
        **{name: np.array(weekly) for name, weekly in outcomes.items()},
    }
    return measure(
        Trajectory(
            np.datetime64("2020-01-05") + 7 * weeks,
            dict.fromkeys(OUTCOMES, 0 * count) | stated,
            0 * count if others is None else np.array(others),
            cut_week,
        )
    )


def test_rise_and_end():
    metrics = of([0, 40, 100, 60, 50, 10, 0, 0], cut_week=3)
    expected = {
        "fighters_peak": 100,
        "peak_date": dt.date(2020, 1, 19),
        "fighters_at_cut": 60,
        "affiliates_at_cut": 180,
        "fighters_at_end": 0,
        "weeks_from_peak_to_half": 2,
        "area_under_strength": 260,
        "ended": True,
        "ended_date": dt.date(2020, 2, 16),
        "share_switched_at_cut": 0.25,
        "districts_held_at_cut": 0.6,
        "districts_held_at_end": 0,
    }
    assert expected.items() <= metrics.items()


def test_a_pause_is_not_an_end():
    metrics = of([10, 0, 0, 5])
    assert metrics["ended"] is False
    assert metrics["ended_date"] is None


def test_what_never_came_is_none():
    growing = of([10, 20, 30])
    assert growing["weeks_from_peak_to_half"] is None
    assert growing["fighters_at_cut"] is None
    never = of([0, 0, 0], cut_week=1)
    assert never["peak_date"] is None
    assert never["ended"] is False
    assert never["share_switched_at_cut"] is None


def test_ground_is_lost_when_the_last_stretch_without_any_begins():
    held = [0, 2, 0, 1, 1, 0, 0, 0]
    assert of([5] * 8, districts_held=held)["ground_lost_date"] == dt.date(2020, 2, 9)
    assert of([5] * 5, districts_held=held[:5])["ground_lost_date"] is None
    assert of([5] * 5, districts_held=[0] * 5)["ground_lost_date"] is None


def test_what_is_summed_counts_every_week_and_nothing_twice():
    metrics = of(
        [0, 10, 5, 0],
        attacks_state=[0, 2, 0, 5],
        attacks_civilians=[0, 1, 3, 0],
        attacks_outside=[0, 3, 3, 5],
        civilians_harmed=[0, 4, 0, 6],
        civilians_harmed_by_forces=[0, 0, 7, 1],
        state_harmed=[0, 8, 8, 8],
        forces_losses=[0, 3, 0, 4],
        effort_against=[0, 0.5, 1.25, 0.5],
        fighters_displaced=[0, 3, 0, 2],
        fighters_displaced_across_borders=[0, 1, 0, 2],
        civilians_displaced=[0, 30.5, 0, 2],
        exits_switched=[0, 0, 9, 4],
        entries_switched=[0, 7, 0, 0],
    )
    expected = {
        "attacks_total": 11,
        "civilians_harmed_by_group_total": 10,
        "civilians_harmed_by_forces_total": 8,
        "forces_effort_total": 2.25,
        "forces_losses_total": 7,
        "fighters_displaced_total": 5,
        "civilians_displaced_total": 32.5,
        "fighters_lost_to_others_total": 13,
    }
    assert expected.items() <= metrics.items()


def test_what_is_made_of_one_outcome_has_its_unit():
    assert METRICS["affiliates_at_cut"].unit == OUTCOMES["affiliates"].unit == "people"
    assert METRICS["forces_effort_total"].unit == "men hit"  # men hit a week, summed over weeks
    for name, metric in METRICS.items():
        outcome = name.removesuffix("_at_cut").removesuffix("_at_end").removesuffix("_peak")
        assert outcome not in OUTCOMES or metric.unit == OUTCOMES[outcome].unit, name


def test_support_is_compared_in_the_first_and_last_week_with_fighters():
    support = [0.9, 0.75, 0.8, 0.25, 0.7]
    assert of([0, 10, 0, 4, 0], support=support)["support_lost"] == 0.5
    assert of([0, 0, 0, 4, 0], support=support)["support_lost"] == 0
    assert of([0] * 5, support=support)["support_lost"] is None


def test_what_others_gain_is_counted_from_the_week_before_the_first_fighter():
    others = [100, 90, 70, 80, 130]
    assert of([0, 0, 10, 4, 0], others=others)["other_groups_gain"] == 40
    assert of([6, 0, 10, 4, 1], others=others)["other_groups_gain"] == 30
    assert of([0] * 5, others=others)["other_groups_gain"] is None


def test_metrics_of_a_real_run_are_sums_of_its_series(minimal):
    run = Design(minimal, (minimal.policy.id,), 1, base_seed=4)[0]
    tables = Simulator(minimal, {run.policy: minimal.policy}, minimal.weeks)(run)
    is_own = tables.series["group"] == minimal.focus
    own = tables.series[is_own].reset_index(drop=True)
    sums = own.drop(columns=["date", "group"]).sum()
    expected = {
        "attacks_total": sums["attacks_state"] + sums["attacks_civilians"],
        "civilians_harmed_by_group_total": sums["civilians_harmed"],
        "civilians_harmed_by_forces_total": sums["civilians_harmed_by_forces"],
        "forces_effort_total": sums["effort_against"],
        "forces_losses_total": sums["forces_losses"],
        "fighters_displaced_total": sums["fighters_displaced"],
        "civilians_displaced_total": sums["civilians_displaced"],
        "fighters_lost_to_others_total": sums["exits_switched"],
    }
    assert sum(summed > 0 for summed in expected.values()) >= 5
    assert {name: tables.metrics[name] for name in expected} == pytest.approx(expected)
    others = tables.series[~is_own].groupby("date")["fighters"].sum().reset_index(drop=True)
    before = own["fighters"].gt(0).idxmax() - 1
    assert before > 0
    assert tables.metrics["other_groups_gain"] == others.iloc[-1] - others[before] != 0


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=60))
def test_metrics_are_consistent(fighters):
    metrics = of(fighters)
    assert metrics["fighters_peak"] == max(fighters)
    assert metrics["area_under_strength"] <= metrics["fighters_peak"] * (len(fighters) - 1)
    assert metrics["ended"] == (max(fighters) > 0 and fighters[-1] == 0)
    if metrics["ended"]:
        assert metrics["weeks_from_peak_to_half"] is not None
        assert metrics["ended_date"] > metrics["peak_date"]


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_says_unit_and_meaning(name):
    assert METRICS[name].unit
    assert METRICS[name].meaning.endswith(".")


def test_no_metric_is_called_as_a_weekly_outcome_is():
    assert not METRICS.keys() & {*OUTCOMES, *PLACE_OUTCOMES, *FORCE_OUTCOMES}
