"""Two banks: alike they agree, and where one says something else it is named."""

from types import SimpleNamespace

import numpy as np
import pytest

from ebbtide.calibration.agreement import Median, agreement
from ebbtide.calibration.posterior import ERRORS_APART, OUTCOMES_TOLD


def bank_of(seed, shift=0.0, runs=4000, weights=None):
    """One quantity, a number of standard normal scores; districts follow it, fighters do not."""
    random = np.random.default_rng(seed)
    scores = random.standard_normal((runs, 1)) + shift
    even = np.full(runs, 1.0 / runs)
    seen = {name: np.exp(7 + random.standard_normal(runs)).round() for name in OUTCOMES_TOLD}
    seen["districts_held_at_cut"] = np.maximum((3 + scores[:, 0]).round(), 0)
    quantity = SimpleNamespace(unit="men", quantile=lambda p: 100.0 * p)
    scenario = SimpleNamespace(uncertain_under=lambda: {"men": quantity})
    return SimpleNamespace(
        bank=SimpleNamespace(free=("men",), scenario=scenario),
        scores=scores, seen=seen,
        weighed=SimpleNamespace(weights=even if weights is None else weights),
    )  # fmt: skip


def test_banks_of_one_distribution_agree() -> None:
    errors = [agreement(bank_of(seed), bank_of(seed + 100))["errors"] for seed in range(30)]
    assert np.mean(np.array(errors) > ERRORS_APART) < 0.05
    assert np.sqrt(np.mean(np.square(errors))) == pytest.approx(1.0, abs=0.35)


def test_what_one_bank_says_otherwise_is_told_first() -> None:
    found = agreement(bank_of(1), bank_of(2, shift=0.3))
    assert {*found["quantity"].iloc[:2]} == {"men", "districts_held_at_cut"}
    assert found["agree"].tolist() == [False, False, True, True]
    [men] = found[found["quantity"] == "men"].to_dict("records")
    assert men["median_1"] == pytest.approx(50, abs=3)
    assert men["median_2"] == pytest.approx(62, abs=3)
    assert 0.3 < men["error_1"] < 2


def test_fewer_effective_draws_tell_a_median_less_surely() -> None:
    values = np.random.default_rng(1).standard_normal(4000)
    even = Median.of(values, np.full(4000, 1 / 4000))
    few = Median.of(values, np.where(np.arange(4000) < 100, 0.01, 0.0))
    assert even.error == pytest.approx(1.2533 / np.sqrt(4000), rel=0.3)
    assert few.error == pytest.approx(1.2533 / np.sqrt(100), rel=0.5)
