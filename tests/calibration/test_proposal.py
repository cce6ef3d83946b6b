"""From where runs are drawn: densities are densities, and mixtures follow the weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.calibration.proposal import (
    Proposal,
    effective_draws,
    fitted,
    log_prior,
    tempered,
)

NARROW = Proposal(3, (0, 2), (1.0, -0.5), ((0.2, 0.05), (0.05, 0.3)))


def drawn(proposal, number=20_000):
    return np.array([proposal.draw(np.random.default_rng([7, each])) for each in range(number)])


def test_the_density_is_that_of_the_draws():
    """Averaged over draws, the prior's density over theirs is 1, and weighs them back to the prior."""
    scores = drawn(NARROW)
    weights = np.exp(log_prior(scores) - NARROW.log_density(scores))
    assert weights.mean() == pytest.approx(1, abs=0.06)
    assert (weights @ scores / len(scores)) == pytest.approx([0, 0, 0], abs=0.08)


def test_no_weight_is_far_above_the_likelihoods():
    scores = drawn(NARROW, 5_000)
    assert np.exp(log_prior(scores) - NARROW.log_density(scores)).max() <= 10


def test_a_proposal_is_read_as_it_was_written_down():
    assert Proposal.read(NARROW.stated()) == NARROW
    assert drawn(Proposal.read(NARROW.stated()), 3).tolist() == drawn(NARROW, 3).tolist()


def test_a_proposal_follows_what_the_weights_tell_and_leaves_the_rest_to_the_prior():
    scores = drawn(Proposal(20), 5_000)
    log_weights = -0.5 * ((scores[:, 0] - 1.0) / 0.5) ** 2
    found = fitted(scores, log_weights, 100)
    assert 0 in found.moved
    assert len(found.moved) <= 3
    of_normal = 1.0 / (1.0 + 0.25)  # a normal prior and a normal likelihood, in closed form
    assert found.mean[found.moved.index(0)] == pytest.approx(of_normal, abs=0.05)


@given(st.integers(0, 10_000), st.floats(0.1, 100), st.floats(2, 150))
def test_tempered_weights_are_worth_what_is_asked(seed, spread, asked):
    log_weights = spread * np.random.default_rng(seed).standard_normal(200)
    weights = tempered(log_weights, asked)
    assert weights.sum() == pytest.approx(1)
    assert effective_draws(weights) >= asked * 0.999


def test_weights_that_are_worth_enough_are_left_as_they_are():
    log_weights = np.log(np.arange(1.0, 101.0))
    assert tempered(log_weights, 10) == pytest.approx(np.arange(1, 101) / 5050)
