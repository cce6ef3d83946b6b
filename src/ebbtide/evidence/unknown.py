"""What a publisher's statements have in common and nobody knows: integrated out, never drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ebbtide.scenario.schema.observation import Magnitudes

# Of a quadrature: twice as many move the log-likelihood of one statement by less than 0.01, and of six
# that pin a bias between two nodes by some tenths (tests), which weights hardly feel.
NODES = 41
FINE = 401  # of an even grid, for quantiles: nodes lie a fifth apart
FURTHEST = 4.0  # standard deviations from the middle, where such a grid ends


@dataclass(frozen=True)
class SharedUnknown:
    """An unknown, by the nodes and the log weights of its quadrature.

    Statements of one `name` share it. A node is a factor: what is said for what is, or a scale. `ends` are
    those of what it may be, in logs, and `log_sd` its standard deviation where it is not even there.
    """

    name: str
    nodes: np.ndarray
    log_weights: np.ndarray
    ends: tuple[float, float] = (0.0, 0.0)
    log_sd: float = math.inf

    @classmethod
    def none(cls, name: str) -> SharedUnknown:
        """Nothing that is unknown: what is said stands alone."""
        return cls(name, np.ones(1), np.zeros(1))

    @classmethod
    def bias(cls, name: str, log_sd: float) -> SharedUnknown:
        """A factor whose log is normal about 0 (Gauss-Hermite)."""
        at, weights = np.polynomial.hermite_e.hermegauss(NODES)
        ends = -FURTHEST * log_sd, FURTHEST * log_sd
        return cls(name, np.exp(log_sd * at), np.log(weights / weights.sum()), ends, log_sd)

    @classmethod
    def magnitude(cls, name: str, within: Magnitudes, nodes: int = NODES) -> SharedUnknown:
        """A number of which all magnitudes within a range are alike (Gauss-Legendre)."""
        at, weights = np.polynomial.legendre.leggauss(nodes)
        low, high = math.log(within.low), math.log(within.high)
        magnitudes = np.exp(low + (at + 1) / 2 * (high - low))
        return cls(name, magnitudes, np.log(weights / 2), (low, high))

    def finer(self) -> SharedUnknown:
        """The same on a fine and even grid (of logs): for quantiles, which a quadrature's nodes round."""
        if self.ends[0] == self.ends[1]:
            return self
        at = np.linspace(*self.ends, FINE)
        density = -0.5 * np.square(at / self.log_sd)
        total = np.logaddexp.reduce(density)
        return SharedUnknown(self.name, np.exp(at), density - total, self.ends, self.log_sd)
