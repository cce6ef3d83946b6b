"""What the priors say of the record too, and what the posterior says nearer."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ebbtide.calibration.beside_priors import SaidOfRuns, beside_priors
from ebbtide.calibration.posterior import Posterior
from ebbtide.evidence.unknown import SharedUnknown
from ebbtide.study.spread import AS_GOOD

from .test_posterior import ERROR, says

RUNS = 8000


def posterior_of(*said, spread=0.5):
    """Runs whose fighters are log-normal about 1,100, as each statement counts them."""
    scores = np.random.default_rng(5).standard_normal((RUNS, 1))
    men = 1100.0 * np.exp(spread * scores[:, 0])
    bank = SimpleNamespace(
        all_scores=lambda runs: scores[runs],
        log_priors_over_proposals=lambda rows: np.zeros(len(rows)), free=("men",),
    )  # fmt: skip
    runs = pd.DataFrame({"run": np.arange(RUNS), **{each.name: men for each in said}})
    return Posterior(bank, said, runs)


def told(posterior):
    return beside_priors(SaidOfRuns.by_priors(posterior), SaidOfRuns.by_posterior(posterior))


def test_what_was_fitted_comes_nearer_and_what_contradicts_it_goes_further_off():
    fitted, against = says("Gazette", 2000), says("Rumour", 600, held_back=True)
    found = told(posterior_of(fitted, against))
    assert found["held_back"].tolist() == [False, True]
    assert found["crps_posterior"][0] < 0.5 * found["crps_priors"][0]
    assert found["crps_posterior"][1] > found["crps_priors"][1]
    assert found["near_posterior"][0] > 2 * found["near_priors"][0]


def test_the_score_of_the_priors_is_that_of_a_normal_forecast_of_logs():
    """By its closed form (Gneiting and Raftery 2007)."""
    found = told(posterior_of(says("Gazette", 2000)))
    sd = np.hypot(0.5, ERROR)
    z = np.log(2000 / 1100) / sd
    closed = sd * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / np.sqrt(np.pi))
    assert found["crps_priors"][0] == pytest.approx(closed, rel=0.05)


def test_the_weight_near_what_was_said_is_that_within_the_factor():
    said = SaidOfRuns.by_priors(posterior_of(says("Gazette", 1100)))
    inside = 1 - 2 * stats.norm.sf(np.log(AS_GOOD), scale=np.hypot(0.5, ERROR))
    assert said.mass_near[0] == pytest.approx(inside, abs=0.02)


def test_what_one_publisher_says_twice_is_said_with_one_bias():
    """Where nobody errs but by a bias that both share, a run says both near or neither."""
    bias = SharedUnknown.bias("bias of Gazette", 0.4)
    twice = [
        dataclasses.replace(says(name, 1100), unknown=bias, count_error=1e-9)
        for name in ("Gazette in June", "Gazette in July")
    ]
    said = SaidOfRuns.by_priors(posterior_of(*twice, spread=1e-9))
    assert set(said.near.sum(axis=1)) == {0, 2}
    assert said.most_at_once == 2
    assert said.near_at_once[0] == 0
