"""The value of information against closed cases, and the boxes in which a policy fails."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ebbtide.comparison.discovery import boxes, told
from ebbtide.comparison.information import (
    perfect_information_at_most,
    value_of_perfect_information,
    values_of_each,
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
    random = np.random.default_rng(3)
    luck = random.standard_normal((4000, 12, 2))  # two that are as good: E max(a, b) = 1 / sqrt(pi)
    low, high = (
        np.mean([value(each) for each in luck])
        for value in (value_of_perfect_information, perfect_information_at_most)
    )
    assert low < 0.8 / math.sqrt(math.pi)
    assert high == pytest.approx(1 / math.sqrt(math.pi), abs=0.03)


@pytest.fixture(scope="module")
def closed() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The second policy loses x more than the first, beside luck; z is of no matter."""
    random = np.random.default_rng(5)
    n = 2000
    x, z, common = random.standard_normal((3, n))
    luck = random.normal(0, 2, (n, 2))
    losses = 10 * common[:, None] + luck + np.column_stack([np.zeros(n), x])
    return losses, {"x": x, "exp(x)": np.exp(3 * x), "z": z}


def value_of(losses: np.ndarray, quantity: np.ndarray) -> float:
    """What one quantity would be worth."""
    return float(values_of_each(losses, {"it": quantity})["value"].item())


def test_one_quantity_is_worth_what_the_closed_case_says(closed) -> None:
    losses, quantities = closed
    # known x, one would lose min(0, x): 0 - E min(0, x) = 1 / sqrt(2 pi)
    assert value_of(losses, quantities["x"]) == pytest.approx(OF_A_HALF_NORMAL, rel=0.1)


def test_its_scale_is_of_no_matter(closed) -> None:
    losses, quantities = closed
    one, other = (value_of(losses, quantities[name]) for name in ("x", "exp(x)"))
    assert one == pytest.approx(other)


def test_a_quantity_of_no_matter_is_within_the_noise_and_the_other_far_above(closed) -> None:
    losses, quantities = closed
    table = values_of_each(losses, quantities | {"fixed": np.ones(len(losses))})
    assert table["quantity"].tolist()[-1] == "z"
    assert "fixed" not in table["quantity"].tolist()
    found = table.set_index("quantity")
    assert found.loc["z", "value"] <= found.loc["z", "noise"]
    assert found.loc["x", "value"] > 3 * found.loc["x", "noise"]
    assert (found["of_perfect"] <= 1).all()
    assert found.loc["x", "p"] == pytest.approx(1 / 201)
    assert found.loc["z", "p"] > 0.05


def test_nothing_is_worth_anything_where_one_policy_is_always_best(closed) -> None:
    losses, quantities = closed
    better = losses - np.array([0.0, 100.0])
    assert value_of(better, quantities["x"]) == pytest.approx(0, abs=1e-9)
    assert value_of_perfect_information(better) == 0


def test_identical_policies_leave_nothing_to_know(closed) -> None:
    losses, quantities = closed
    same = losses[:, [0, 0]]
    assert (values_of_each(same, quantities)[["value", "of_perfect", "noise"]] == 0).all(axis=None)


def test_a_box_is_found_where_the_policy_fails() -> None:
    random = np.random.default_rng(1)
    a, b, c = random.random((3, 1000))
    fails = (a > 0.7) & (b < 0.4)
    first = boxes(fails, {"a": a, "b": b, "c": c})[0]
    assert set(first.limits) == {"a", "b"}
    assert first.limits["a"][0] == pytest.approx(0.7, abs=0.02)
    assert first.limits["b"][1] == pytest.approx(0.4, abs=0.02)
    assert first.density == pytest.approx(1)
    assert first.coverage == pytest.approx(1)
    assert first.support == pytest.approx(fails.mean())
    assert "0.7" in told([first])["box"][0]


def test_of_few_failures_or_few_successes_no_box_is_drawn() -> None:
    a = np.linspace(0, 1, 200)
    for few, drawn in ((19, False), (20, True)):
        fails = np.arange(200) < few
        assert bool(boxes(fails, {"a": a})) is drawn
        assert bool(boxes(~fails, {"a": a})) is drawn


def test_a_box_that_is_not_clearly_above_what_fails_anywhere_is_dropped() -> None:
    """A third fails, spread evenly: leaves that hold a few more than their part are chance."""
    assert boxes(np.arange(100) % 3 == 0, {"a": np.arange(100) % 50}) == []


def test_where_all_fail_or_none_no_box_is_drawn() -> None:
    a = np.random.default_rng(1).random(50)
    assert boxes(np.ones(50, bool), {"a": a}) == []
    assert boxes(np.zeros(50, bool), {"a": a}) == []
    assert list(told([]).columns) == ["box", "density", "coverage", "support"]
