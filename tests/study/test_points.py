"""Where the points of a study lie."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide.scenario.quantity import Quantity, Uncertain
from ebbtide.study import points

AXES = {"a": points.of_range(1, 100, log=True), "b": points.of_range(-1, 1)}
DRAWN = ("random", "latin_hypercube", "sobol")


def test_a_grid_is_all_with_all_and_reaches_the_ends():
    laid = points.lay("grid", AXES | {"c": points.of_values(["x", "y"])}, 3, 1)
    assert len(laid) == points.count("grid", AXES | {"c": points.of_values(["x", "y"])}, 3) == 18
    assert sorted({point["a"] for point in laid}) == pytest.approx([1, 10, 100])
    assert {point["b"] for point in laid} == {-1, 0, 1}


@pytest.mark.parametrize("kind", DRAWN)
@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**31), number=st.integers(0, 4))
def test_drawn_points_lie_within_and_are_the_seeds(kind, seed, number):
    laid = points.lay(kind, AXES, 2**number, seed)
    assert len(laid) == 2**number
    assert all(1 <= point["a"] <= 100 and -1 <= point["b"] <= 1 for point in laid)
    assert laid == points.lay(kind, AXES, 2**number, seed)


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_every_sixteenth_of_a_range_gets_one_of_sixteen_points(kind):
    laid = points.lay(kind, AXES, 16, 5)
    for place in (
        [math.log(point["a"]) / math.log(100) for point in laid],
        [(point["b"] + 1) / 2 for point in laid],
    ):
        assert sorted(int(16 * share) for share in place) == list(range(16))


def test_a_range_of_dates_gives_days():
    axis = points.of_dates(dt.date(2014, 1, 1), dt.date(2017, 1, 1))
    assert axis.steps(3) == [dt.date(2014, 1, 1), dt.date(2015, 7, 3), dt.date(2017, 1, 1)]
    assert axis.at(0.5) == dt.date(2015, 7, 3)


def test_a_prior_is_drawn_by_its_quantiles():
    quantity = Quantity(Uncertain(prior="uniform", low=0, high=8))
    axis = points.of_prior(quantity)
    assert axis.steps(4) == [1, 3, 5, 7]
    assert axis.at(0.25) == 2


def test_each_value_of_a_list_has_an_equal_part():
    axis = points.of_values([1, 2, 3, 4])
    assert [axis.at((i + 0.5) / 8) for i in range(8)] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert axis.at(1.0) == 4


def test_nothing_varied_is_one_point():
    assert points.lay("sobol", {}, 8, 1) == [{}]
