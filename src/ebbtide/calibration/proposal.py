"""From where runs of a bank are drawn: the prior, and distributions that follow the record.

All is done on the scale of standard normal scores: a quantity with score z stands at the quantile
Phi(z) of its prior, so that the prior is a standard normal distribution in every direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

OF_PRIOR = 0.1  # of a proposal's draws, so that no weight is above ten times the likelihood's
SHRINK = 0.2  # of a proposal's covariance, towards the prior's
ERRORS = 2.5  # standard errors by which a quantity must be moved to be followed


@dataclass(frozen=True)
class Proposal:
    """A normal distribution of the quantities that are `moved`, all others as the prior has them.

    A part of its draws is the prior's in all; with none moved it is the prior.
    """

    dimensions: int
    moved: tuple[int, ...] = ()
    mean: tuple[float, ...] = ()
    covariance: tuple[tuple[float, ...], ...] = ()

    def draw(self, random: np.random.Generator) -> np.ndarray:
        """One draw of all scores."""
        scores = random.standard_normal(self.dimensions)
        if self.moved and random.random() >= OF_PRIOR:
            factor = np.linalg.cholesky(np.array(self.covariance))
            at = list(self.moved)
            scores[at] = np.array(self.mean) + factor @ scores[at]
        return scores

    def log_density(self, scores: np.ndarray) -> np.ndarray:
        """Of rows of scores."""
        prior = log_prior(scores)
        if not self.moved:
            return prior
        at = scores[:, list(self.moved)]
        here = stats.multivariate_normal.logpdf(at, self.mean, self.covariance)
        elsewhere = prior - log_prior(at)
        both = np.log(1.0 - OF_PRIOR) + here + elsewhere, np.log(OF_PRIOR) + prior
        return np.asarray(np.logaddexp(*both))

    def stated(self) -> dict[str, Any]:
        """For a file."""
        return {
            "dimensions": self.dimensions,
            "moved": self.moved,
            "mean": self.mean,
            "covariance": self.covariance,
        }

    @classmethod
    def read(cls, stated: dict[str, Any]) -> Proposal:
        """From a file."""
        return cls(
            stated["dimensions"],
            tuple(stated["moved"]),
            tuple(stated["mean"]),
            tuple(map(tuple, stated["covariance"])),
        )


def log_prior(scores: np.ndarray) -> np.ndarray:
    """The log density of rows of scores under the prior."""
    return np.asarray(stats.norm.logpdf(scores).sum(axis=-1))


def fitted(scores: np.ndarray, log_weights: np.ndarray, effective: float) -> Proposal:
    """The proposal that follows rows of scores by their weights, once these are tempered.

    The power to which weights are raised is the highest, up to 1, that leaves so many effective draws.
    Quantities that these cannot tell from their priors are left there: to follow what is chance costs
    draws.
    """
    weights = tempered(log_weights, effective)
    mean = weights @ scores
    centred = scores - mean
    spread = weights @ np.square(centred)
    error = 1.0 / np.sqrt(effective_draws(weights))
    told = (np.abs(mean) > ERRORS * error) | (spread < 1.0 - ERRORS * np.sqrt(2.0) * error)
    moved = np.flatnonzero(told)
    covariance = (weights[:, None] * centred[:, moved]).T @ centred[:, moved]
    shrunk = (1.0 - SHRINK) * covariance + SHRINK * np.eye(moved.size)
    return Proposal(
        scores.shape[1],
        tuple(moved.tolist()),
        tuple(mean[moved].tolist()),
        tuple(map(tuple, shrunk.tolist())),
    )


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
