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
