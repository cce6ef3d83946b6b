"""The value of information against closed cases, and the boxes in which a policy fails."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ebbtide.comparison.discovery import boxes, told
from ebbtide.comparison.information import (
    perfect_information_at_most,
    value_of_perfect_information,
)

OF_A_HALF_NORMAL = 1 / math.sqrt(2 * math.pi)  # the mean of max(0, x) of a standard normal x


def test_perfect_information_is_worth_the_regret_of_the_choice_by_means() -> None:
    losses = np.array([[1.0, 4.0], [6.0, 3.0], [5.0, 5.0]])
    # means 4 and 4, of the least 1, 3, 5: 3
    assert value_of_perfect_information(losses) == pytest.approx(1)
    same = np.stack([losses[:, 0], losses[:, 0]], axis=1)
    assert value_of_perfect_information(same) == 0


def test_perfect_information_is_told_too_low_and_by_leaving_out_too_high() -> None:
    losses = np.array([[1.0, 4.0], [6.0, 3.0], [5.0, 5.0]])
    # without the first state the second policy is chosen, which regrets 3; else the first: 3 and 0
    assert perfect_information_at_most(losses) == pytest.approx(2)
    clear = losses + np.array([0.0, 100.0])
    assert perfect_information_at_most(clear) == value_of_perfect_information(clear) == 0
    assert boxes(np.arange(100) % 3 == 0, {"a": np.arange(100) % 50}) == []


def test_where_all_fail_or_none_no_box_is_drawn() -> None:
    a = np.random.default_rng(1).random(50)
    assert boxes(np.ones(50, bool), {"a": a}) == []
    assert boxes(np.zeros(50, bool), {"a": a}) == []
    assert list(told([]).columns) == ["box", "density", "coverage", "support"]
