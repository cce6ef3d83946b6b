"""What a told interval weighs."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ebbtide.evidence.interval import log_inside, log_inside_of_factor, rounded


@pytest.mark.parametrize(
    ("told", "stands_for"),
    [
        (1500, (1450, 1550)),
        (70, (65, 75)),
        (2000, (1500, 2500)),
        (7, (6.5, 7.5)),
        (443, (442.5, 443.5)),
    ],
)
def test_a_single_number_stands_for_all_that_round_to_it(told, stands_for):
    assert rounded(told, told, math.inf) == stands_for


@pytest.mark.parametrize(
    ("told", "coarsest", "stands_for"),
    [(2000, 400, (1800, 2200)), (100, 10, (95, 105)), (2, 0.4, (1.5, 2.5)), (0, 10, (-5, 5))],
)
def test_a_number_is_rounded_to_no_more_than_is_meant_and_no_less_than_whole_ones(
    told, coarsest, stands_for
):
    assert rounded(told, told, coarsest) == stands_for


def test_a_range_is_what_it_is():
    assert rounded(1000, 3000, 1) == (1000, 3000)


def test_a_count_of_nobody_has_no_lower_end():
    """All that is told of a run without anybody may be none."""
    found = log_inside_of_factor(-0.5, 0.5, np.array([1e-9]), np.array([0.1]), 0.2)
    assert found[0, 0] == pytest.approx(0.0, abs=1e-6)


@given(low=st.floats(-3, 3), width=st.floats(0.1, 3), mean=st.floats(-3, 3), sd=st.floats(0.2, 3))
def test_the_mass_is_that_of_the_normal_distribution(low, width, mean, sd):
    found = log_inside(low, low + width, np.array([mean]), sd)
    expected = stats.norm.cdf(low + width, mean, sd) - stats.norm.cdf(low, mean, sd)
    assert np.exp(found[0]) == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_far_tails_keep_their_order():
    found = log_inside(20.0, 21.0, np.array([0.0, -1.0, 1.0]), 1.0)
    assert found[1] < found[0] < found[2]


def test_a_count_of_nothing_is_not_impossible():
    found = log_inside_of_factor(1000, 3000, np.array([0.0, 1.0]), np.ones(1), 0.5)
    assert np.isfinite(found).all()
