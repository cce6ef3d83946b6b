"""Regret, limits, Pareto sets and acceptability against tables worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.comparison.acceptability import acceptability, spanning
from ebbtide.comparison.robustness import pareto, regret, regrets, satisficing

# Savage's (1951) kind of table: states by rows, acts by columns.
LOSSES = np.array([[1.0, 4.0, 2.0], [6.0, 3.0, 3.0], [5.0, 5.0, 9.0]])


def test_regret_is_what_is_lost_beyond_the_best_of_each_state() -> None:
    assert regret(LOSSES).tolist() == [[0, 3, 1], [3, 0, 0], [0, 0, 4]]
    found = regrets(LOSSES)
    assert found.expected.tolist() == pytest.approx([1, 1, 5 / 3])
    assert found.largest.tolist() == [3, 3, 4]


def test_what_all_policies_suffer_is_no_regret() -> None:
    shift = np.array([[100.0], [-7.0], [3.0]])
    np.testing.assert_allclose(regret(LOSSES + shift), regret(LOSSES))


def test_limits_are_kept_together_or_not_at_all() -> None:
    under = {"strength": LOSSES <= 5, "harm": np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]], bool)}
    # first: states 1 and 3 keep strength, 1 and 2 harm; second: all; third: strength 1, 2, harm 2, 3
    assert [each.value for each in satisficing(under)] == pytest.approx([1 / 3, 1, 1 / 3])


def test_a_policy_that_another_beats_in_all_is_not_in_the_pareto_set() -> None:
    #                   strength, harm
    losses = np.array([[3.0, 1.0], [1.0, 3.0], [3.0, 3.0], [3.0, 1.0], [2.0, 2.0]])
    assert pareto(losses).tolist() == [True, True, False, True, True]
    assert pareto(losses[:, :1]).tolist() == [False, True, False, False, False]


def test_as_harm_weighs_more_the_harmless_policy_becomes_best() -> None:
    losses = np.array([[0.0, 10.0], [0.0, 20.0]])  # the first weakens more
    harm = np.array([[10.0, 0.0], [10.0, 0.0]])  # and harms
    found = acceptability(losses, harm, np.array([0.0, 1.5, 3.0]))
    # at 1.5 the first loses 15 and 15, the second 10 and 20
    assert found.probability.tolist() == [[1, 0], [0.5, 0.5], [0, 1]]
    assert found.frontier.tolist() == [0, 0, 1]


def test_the_chosen_policy_need_not_be_the_one_most_often_best() -> None:
    losses = np.array([[0.0, 1.0], [0.0, 1.0], [9.0, 1.0]])
    found = acceptability(losses, np.zeros((3, 2)), np.zeros(1))
    assert found.probability[0].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert found.frontier.tolist() == [1]


def test_weights_span_where_the_choice_changes() -> None:
    losses, harm = np.array([[0.0, 15.0]]), np.array([[10.0, 0.0]])
    weights = spanning(losses, harm)  # even at 1.5
    assert weights[0] == 0
    assert weights[1] == pytest.approx(0.15)
    assert weights[-1] == pytest.approx(15)
    assert spanning(losses, -harm)[-1] == pytest.approx(10)  # nothing is traded
