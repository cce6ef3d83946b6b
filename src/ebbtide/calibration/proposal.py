"""From where runs of a bank are drawn: the prior, and mixtures that follow the record.

All is done on the scale of standard normal scores: a quantity with score z stands at the quantile
Phi(z) of its prior, so that the prior is a standard normal distribution in every direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

HEAVY = 5  # degrees of freedom of a component: tails that a posterior's do not outweigh
OF_PRIOR = 0.1  # of a mixture's draws, so that no weight is above ten times the likelihood's
SHRINK = 0.3  # of a component's covariance, towards a multiple of the prior's


@dataclass(frozen=True)
class Proposal:
    """A mixture of multivariate t distributions, and of the prior in part; no component: the prior."""

    dimensions: int
    weights: tuple[float, ...] = ()
    means: tuple[tuple[float, ...], ...] = ()
    shapes: tuple[tuple[tuple[float, ...], ...], ...] = ()

    def draw(self, random: np.random.Generator) -> np.ndarray:
        """One draw of all scores."""
        if not self.weights or random.random() < OF_PRIOR:
            return random.standard_normal(self.dimensions)
        component = int(random.choice(len(self.weights), p=self.weights))
        drawn = stats.multivariate_t.rvs(
            self.means[component], self.shapes[component], df=HEAVY, random_state=random
        )
        return np.atleast_1d(drawn)

    def log_density(self, scores: np.ndarray) -> np.ndarray:
        """Of rows of scores."""
        prior = log_prior(scores)
        if not self.weights:
            return prior
        found = [np.log(OF_PRIOR) + prior]
        for weight, mean, shape in zip(self.weights, self.means, self.shapes, strict=True):
            of_component = stats.multivariate_t.logpdf(scores, mean, shape, df=HEAVY)
            found.append(np.log((1.0 - OF_PRIOR) * weight) + of_component)
        return np.asarray(np.logaddexp.reduce(found, axis=0))

    def stated(self) -> dict[str, Any]:
        """For a file."""
        return {
            "dimensions": self.dimensions,
            "weights": self.weights,
            "means": self.means,
            "shapes": self.shapes,
        }

    @classmethod
    def read(cls, stated: dict[str, Any]) -> Proposal:
        """From a file."""
        return cls(
            stated["dimensions"],
            tuple(stated["weights"]),
            tuple(map(tuple, stated["means"])),
            tuple(tuple(map(tuple, shape)) for shape in stated["shapes"]),
        )


def log_prior(scores: np.ndarray) -> np.ndarray:
    """The log density of rows of scores under the prior."""
    return np.asarray(stats.norm.logpdf(scores).sum(axis=-1))


def fitted(scores: np.ndarray, log_weights: np.ndarray, effective: float) -> Proposal:
    """The mixture that follows rows of scores by their weights, once these are tempered.

    The power to which weights are raised is the highest, up to 1, that leaves so many effective draws.
    """
    weights = tempered(log_weights, effective)
    mean = weights @ scores
    centred = scores - mean
    covariance = (weights[:, None] * centred).T @ centred
    level = np.trace(covariance) / len(mean)
    shrunk = (1.0 - SHRINK) * covariance + SHRINK * level * np.eye(len(mean))
    shape = shrunk * (HEAVY - 2.0) / HEAVY  # a t distribution of this shape has that covariance
    rows: Sequence[Sequence[float]] = shape.tolist()
    return Proposal(len(mean), (1.0,), (tuple(mean.tolist()),), (tuple(map(tuple, rows)),))


def tempered(log_weights: np.ndarray, effective: float) -> np.ndarray:
    """Weights to the highest power, up to 1, at which so many draws are effective; they sum to 1."""

    def at(power: float) -> np.ndarray:
        found = np.exp(power * (log_weights - log_weights.max()))
        return np.asarray(found / found.sum())

    low, high = 0.0, 1.0
    if effective_draws(at(1.0)) >= effective:
        return at(1.0)
    for _ in range(50):
        power = (low + high) / 2
        low, high = (power, high) if effective_draws(at(power)) >= effective else (low, power)
    return at(low)


def effective_draws(weights: np.ndarray) -> float:
    """How many draws of equal weight tell as much (Kish 1965); of weights that sum to 1."""
    return float(1.0 / np.square(weights).sum())
