"""What a publisher's statements have in common and nobody knows: integrated out, never drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ebbtide.scenario.schema.observation import Magnitudes

NODES = 41  # of a quadrature: twice as many move no log-likelihood by 0.01 (a test)


@dataclass(frozen=True)
class SharedUnknown:
    """An unknown, by the nodes and the log weights of its quadrature.

    Statements of one `name` share it. A node is a factor: what is said for what is, or a scale.
    """

    name: str
    nodes: np.ndarray
    log_weights: np.ndarray

    @classmethod
    def none(cls, name: str) -> SharedUnknown:
        """Nothing that is unknown: what is said stands alone."""
        return cls(name, np.ones(1), np.zeros(1))

    @classmethod
    def bias(cls, name: str, log_sd: float) -> SharedUnknown:
        """A factor whose log is normal about 0 (Gauss-Hermite)."""
        at, weights = np.polynomial.hermite_e.hermegauss(NODES)
        return cls(name, np.exp(log_sd * at), np.log(weights / weights.sum()))

    @classmethod
    def magnitude(cls, name: str, within: Magnitudes, nodes: int = NODES) -> SharedUnknown:
        """A number of which all magnitudes within a range are alike (Gauss-Legendre)."""
        at, weights = np.polynomial.legendre.leggauss(nodes)
        low, high = math.log(within.low), math.log(within.high)
        return cls(name, np.exp(low + (at + 1) / 2 * (high - low)), np.log(weights / 2))
