"""What outcomes hang on: told of many runs, and of few not claimed."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ebbtide.calibration.posterior import OUTCOMES_TOLD
from ebbtide.calibration.sensitivity import (
    NUMBERS_NEEDED,
    OutcomeOfInterest,
    outcomes_of_interest,
    sensitivity,
    too_few,
)
from ebbtide.study.metrics import METRICS

QUANTITIES = ("first", "second")


def bank_of(runs):
    """Two quantities, a number each a run."""
    scores = np.random.default_rng(1).standard_normal((runs, len(QUANTITIES)))
    bank = SimpleNamespace(
        rounds=((runs, None),), free=QUANTITIES, all_scores=lambda asked: scores[asked],
        scenario=SimpleNamespace(
            uncertain_under=lambda: dict.fromkeys(QUANTITIES), draw_of=lambda path: path
        ),
    )  # fmt: skip
    return SimpleNamespace(runs=pd.DataFrame({"run": np.arange(runs)}), bank=bank), scores


def test_the_quantity_that_an_outcome_is_made_of_is_told() -> None:
    posterior, scores = bank_of(2000)
    found = sensitivity(posterior, OutcomeOfInterest("o", "o", -np.exp(scores[:, 1])))
    assert found["quantity"].tolist()[0] == "second"
    assert found["first_order"].iloc[0] > 0.9
    assert found["direction"].iloc[0] < -0.9
    assert found["first_order"].iloc[1:].abs().max() < 0.05


@pytest.mark.filterwarnings("error")
def test_an_outcome_that_hardly_any_run_has_is_told_without_a_warning() -> None:
    posterior, _ = bank_of(50)
    rare = np.where(np.arange(50) == 7, 3.0, 0.0)
    found = sensitivity(posterior, OutcomeOfInterest("o", "o", rare))
    assert found["first_order_error"].isna().all()
    assert found["first_order"].notna().all()


def test_of_few_runs_noise_explains_more_than_quantities_do() -> None:
    assert too_few(50)
    assert too_few(300)
    assert not too_few(3000)


def test_what_is_told_of_a_bank_is_metrics_and_what_is_left_of_the_peak() -> None:
    assert {*OUTCOMES_TOLD, *NUMBERS_NEEDED} <= METRICS.keys()
    seen = {name: np.array([4.0, 0.0]) for name in NUMBERS_NEEDED} | {
        "fighters_peak": np.array([8, 0])
    }
    found = {each.name: each for each in outcomes_of_interest(SimpleNamespace(seen=seen))}
    assert found.keys() - METRICS.keys() == {"left_at_cut"}
    assert found["left_at_cut"].of.tolist() == [0.5, 0.0]
    assert found["fighters_at_end"].of.tolist() == [4.0, 0.0]
