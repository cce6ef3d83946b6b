"""Enough replications: what the interval is, when it is narrow enough, and how often it is right."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from ebbtide.study.precision import (
    FEWEST_REPLICATIONS,
    Precision,
    by_policy,
    interval,
    next_replications,
    relative_halfwidth,
)


def test_the_interval_of_a_mean_is_students():
    values = np.array([1.0, 2.0, 3.0, 4.0])
    centre, low, high = interval(values, "mean")
    assert centre == 2.5
    assert high - 2.5 == pytest.approx(2.5 - low) == pytest.approx(3.1824463 * 1.2909944 / 2)


def test_the_interval_of_a_median_is_between_order_statistics():
    centre, low, high = interval(np.arange(1.0, 31.0), "median")
    assert (centre, low, high) == (15.5, 10, 21)  # the binomial table for n = 30


def test_too_few_values_have_no_interval():
    assert relative_halfwidth(np.array([5.0]), "mean") == math.inf
    assert relative_halfwidth(np.arange(5.0), "median") == math.inf


def test_a_constant_is_precise_at_once_and_a_mean_of_zero_never():
    assert relative_halfwidth(np.zeros(40), "mean") == 0
    assert relative_halfwidth(np.array([-1.0, 1.0] * 20), "mean") == math.inf


def test_replications_are_averaged_over_points_by_policy():
    runs = pd.DataFrame(
        {"policy": ["a", "a", "b", "b"], "replication": [0, 0, 0, 1], "x": [1.0, 3.0, 5.0, np.nan]}
    )
    found = by_policy(runs, "x")
    assert {policy: list(values) for policy, values in found.items()} == {"a": [2.0], "b": [5.0]}


def test_it_is_reached_when_every_policy_is_narrow():
    narrow, wide = np.linspace(99, 101, 40), np.linspace(0, 200, 40)
    precision = Precision(0.05, "x")
    assert precision.reached({"a": narrow, "b": narrow})
    assert not precision.reached({"a": narrow, "b": wide})
    assert not precision.reached({"a": narrow[: FEWEST_REPLICATIONS - 1]})


@pytest.mark.slow
@pytest.mark.parametrize("statistic", ["mean", "median"])
def test_coverage_of_the_stopping_rule(statistic):
    """Normal values, 30% spread, half-width 5%: the interval at the stop holds the truth."""
    random, held, trials = np.random.default_rng(1), 0, 600
    precision = Precision(0.05, "x", statistic)
    for _ in range(trials):
        values = random.normal(100, 30, 600)
        n = FEWEST_REPLICATIONS
        while not precision.reached({"a": values[:n]}):
            n = next_replications(n)
            assert n < 600
        _, low, high = interval(values[:n], statistic)
        held += low <= 100 <= high
    assert 0.92 <= held / trials <= 0.99
