"""Paired differences against tables worked by hand, and intervals against many known answers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ebbtide.comparison import paired

# Four replications of three policies; of a loss.
LOSSES = np.array([[10.0, 8.0, 9.0], [20.0, 17.0, 21.0], [30.0, 27.0, 27.0], [40.0, 36.0, 41.0]])


def test_a_difference_is_the_mean_of_differences_by_replication() -> None:
    found = paired.difference(LOSSES[:, 1], LOSSES[:, 0])
    # differences -2, -3, -3, -4: mean -3, standard deviation sqrt(2/3), t of 3 degrees 3.1824
    reach = 3.182446 * math.sqrt(2 / 3) / 2
    assert found.value == -3
    assert (found.low, found.high) == pytest.approx((-3 - reach, -3 + reach))


def test_what_replications_have_in_common_leaves_the_difference() -> None:
    shift = np.array([1000.0, -500.0, 0.0, 7.0])
    alike = paired.difference(LOSSES[:, 1] + shift, LOSSES[:, 0] + shift)
    assert alike.value == pytest.approx(-3)
    assert alike.high - alike.low == pytest.approx(2 * 3.182446 * math.sqrt(2 / 3) / 2)


def test_a_relative_difference_is_a_share_of_the_references_mean() -> None:
    found = paired.relative_difference(LOSSES[:, 1], LOSSES[:, 0])
    assert found.value == pytest.approx(-3 / 25)
    # residuals d - (-0.12) r: -0.8, -0.6, 0.6, 0.8
    reach = 3.182446 * math.sqrt(2 / 3) / 2 / 25
    assert found.high - found.value == pytest.approx(reach)
    of_losses = paired.relative_difference(-LOSSES[:, 1], -LOSSES[:, 0])
    assert of_losses.value == pytest.approx(3 / 25)  # more, of a negative number, is up


def test_of_a_reference_that_is_zero_no_share_is_told() -> None:
    nothing = paired.relative_difference(LOSSES[:, 1], np.zeros(4))
    assert math.isnan(nothing.value)


def test_one_replication_has_no_interval() -> None:
    found = paired.difference(LOSSES[:1, 1], LOSSES[:1, 0])
    assert (found.value, found.low, found.high) == (-2, -math.inf, math.inf)


def test_a_policy_like_the_reference_differs_by_exactly_nothing() -> None:
    same = LOSSES[:, 0].copy()
    for found in (paired.difference, paired.relative_difference):
        estimate = found(same, LOSSES[:, 0])
        assert (estimate.value, estimate.low, estimate.high) == (0, 0, 0)
    assert paired.better_than(same, LOSSES[:, 0]) == 0
    both = np.stack([LOSSES[:, 0], same], axis=1)
    assert not paired.reversed_in_runs(both).any()
    assert not paired.reversed_in_means(both).any()
    assert list(paired.best(both)) == [0.5, 0.5]


def test_better_and_best_are_shares_of_replications() -> None:
    assert paired.better_than(LOSSES[:, 2], LOSSES[:, 0]) == 0.5
    assert list(paired.best(LOSSES)) == [0, 0.875, 0.125]  # the third replication is a tie


def test_a_ranking_by_means_is_reversed_in_some_replications() -> None:
    # means 25, 22, 24.5: the third is below the first, and above it in two of four
    found = paired.reversed_in_runs(LOSSES)
    assert found[0, 2] == found[2, 0] == 0.5
    assert found[0, 1] == found[1, 0] == 0
    assert (np.diag(found) == 0).all()


def test_the_chance_that_means_rank_the_other_way_is_the_tail_of_t() -> None:
    found = paired.reversed_in_means(LOSSES)
    # differences 1, -1, 3, -1: mean 0.5, standard deviation 1.9149; t = 0.5222 of 3 degrees
    assert found[0, 2] == pytest.approx(0.3188, abs=1e-3)
    assert found[0, 1] < 0.01
    assert (found == found.T).all()


def test_intervals_hold_a_known_difference_as_often_as_they_say() -> None:
    """Of differences that are skew, as those of a policy that takes off a share: nothing cancels."""
    random = np.random.default_rng(3)
    base = math.exp(5.0 + 0.5**2 / 2)  # the mean of what nobody knows, skew as strength is
    kept = 0.82  # of it under the other policy
    truth, held, held_as_share, narrower = (kept - 1) * base, 0, 0, 0
    for _ in range(500):
        one = random.lognormal(5.0, 0.5, 100)
        other = kept * one + random.normal(0, 8, 100)
        found, share = paired.difference(other, one), paired.relative_difference(other, one)
        held += found.low <= truth <= found.high
        held_as_share += share.low <= kept - 1 <= share.high
        apart = math.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 100)
        narrower += found.high - found.low < 2 * 1.96 * apart
    assert 0.93 <= held / 500 <= 0.97
    assert 0.93 <= held_as_share / 500 <= 0.97
    assert narrower == 500  # than of runs that share nothing


def test_a_mean_is_clearly_above_zero_or_no_share_of_it_is_told() -> None:
    assert paired.clearly_above_zero(LOSSES[:, 0])
    assert not paired.clearly_above_zero(-LOSSES[:, 0])
    assert not paired.clearly_above_zero(np.array([1.0, -1.0, 2.0, -1.0]))
    assert paired.clearly_above_zero(np.array([3.0]))
    assert not paired.clearly_above_zero(np.zeros(3))
