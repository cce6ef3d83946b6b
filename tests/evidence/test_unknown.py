"""Unknowns are integrated out: against closed forms, and against twice as many nodes."""

import numpy as np
import pytest
from scipy import stats

from ebbtide.evidence.unknown import NODES, SharedUnknown
from ebbtide.scenario.schema.observation import Magnitudes

OVER_CLAIM = Magnitudes(low=1, high=4, unit="ratio", source="a test")


def test_a_bias_and_an_error_add_up_to_one_normal_error():
    bias = SharedUnknown.bias("bias", 0.4)
    likely = stats.norm.pdf(np.log(1500.0), np.log(1000.0 * bias.nodes), 0.15)
    found = (np.exp(bias.log_weights) * likely).sum()
    assert found == pytest.approx(
        stats.norm.pdf(np.log(1500.0), np.log(1000.0), np.hypot(0.4, 0.15)), rel=1e-4
    )


def test_all_magnitudes_are_alike():
    claim = SharedUnknown.magnitude("over-claim", OVER_CLAIM)
    weights = np.exp(claim.log_weights)
    assert weights.sum() == pytest.approx(1)
    assert (weights * np.log(claim.nodes)).sum() == pytest.approx(np.log(2))
    assert (weights * claim.nodes).sum() == pytest.approx(3 / np.log(4))  # closed form of the mean


@pytest.mark.parametrize("killed", [200.0, 500.0, 1500.0])
def test_more_nodes_say_the_same(killed):
    def log_likelihood(nodes: int) -> float:
        claim = SharedUnknown.magnitude("over-claim", OVER_CLAIM, nodes)
        likely = stats.norm.pdf(np.log(573.0), np.log(killed * claim.nodes), 0.2)
        return float(np.log((np.exp(claim.log_weights) * likely).sum()))

    assert log_likelihood(2 * NODES) == pytest.approx(log_likelihood(NODES), abs=0.01)


def _moved_by_a_fine_grid(statements: int, off: float, error: float = 0.15) -> float:
    """By how much the log-likelihood of alike counts, off by a factor, misses that of 4,001 nodes."""

    def log_likelihood(nodes, log_weights):
        each = stats.norm.logpdf(np.log(off), np.log(nodes), error)
        return float(np.logaddexp.reduce(log_weights + statements * each))

    bias = SharedUnknown.bias("bias", 0.4)
    at = np.linspace(-6, 6, 4001)
    fine = stats.norm.logpdf(at) + np.log(at[1] - at[0])
    found = log_likelihood(bias.nodes, bias.log_weights)
    return abs(found - log_likelihood(np.exp(0.4 * at), fine))


def test_a_bias_that_many_counts_pin_is_off_by_what_is_said_and_one_count_by_less():
    """Between two nodes and on one, and everywhere that a run which fits lies."""
    offs = np.exp(np.linspace(-0.5, 0.5, 41))
    assert max(_moved_by_a_fine_grid(1, off) for off in offs) < 0.01
    assert 0.1 < max(_moved_by_a_fine_grid(6, off) for off in offs) < 0.5


@pytest.mark.parametrize(
    "unknown",
    [SharedUnknown.bias("bias", 0.4), SharedUnknown.magnitude("over-claim", OVER_CLAIM)],
)
def test_a_finer_grid_is_of_the_same_unknown(unknown):
    finer, logs = unknown.finer(), np.log(unknown.nodes)
    assert finer.nodes.size > 5 * unknown.nodes.size
    assert np.exp(finer.log_weights).sum() == pytest.approx(1)
    for power in (1, 2):
        assert np.exp(finer.log_weights) @ np.log(finer.nodes) ** power == pytest.approx(
            np.exp(unknown.log_weights) @ logs**power, rel=0.01, abs=1e-9
        )


def test_what_is_known_for_sure_has_no_finer_grid():
    assert SharedUnknown.none("alone").finer().nodes.tolist() == [1.0]
