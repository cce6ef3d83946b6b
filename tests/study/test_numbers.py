"""Numbers of a run, on trajectories whose answer is known."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.study.numbers import NUMBERS, Trajectory, measure


def of(fighters, cut_week=None):
    count = np.array(fighters)
    weeks = np.arange(len(count))
    return measure(
        Trajectory(
            np.datetime64("2020-01-05") + 7 * weeks,
            {
                "fighters": count,
                "affiliates": 3 * count,
                "fighters_switched": count // 4,
                "districts_held": count / 100,
            },
            cut_week,
        )
    )


def test_rise_and_end():
    numbers = of([0, 40, 100, 60, 50, 10, 0, 0], cut_week=3)
    assert numbers == {
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


def test_a_pause_is_not_an_end():
    numbers = of([10, 0, 0, 5])
    assert numbers["ended"] is False
    assert numbers["ended_date"] is None


def test_what_never_came_is_none():
    growing = of([10, 20, 30])
    assert growing["weeks_from_peak_to_half"] is None
    assert growing["fighters_at_cut"] is None
    never = of([0, 0, 0], cut_week=1)
    assert never["peak_date"] is None
    assert never["ended"] is False
    assert never["share_switched_at_cut"] is None


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=60))
def test_numbers_are_consistent(fighters):
    numbers = of(fighters)
    assert numbers["fighters_peak"] == max(fighters)
    assert numbers["area_under_strength"] <= numbers["fighters_peak"] * (len(fighters) - 1)
    assert numbers["ended"] == (max(fighters) > 0 and fighters[-1] == 0)
    if numbers["ended"]:
        assert numbers["weeks_from_peak_to_half"] is not None
        assert numbers["ended_date"] > numbers["peak_date"]


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_says_unit_and_meaning(name):
    assert NUMBERS[name].unit
    assert NUMBERS[name].meaning.endswith(".")
