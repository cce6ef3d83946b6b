"""Statements whose luck and unknowns are integrated out where a run is lived: its rates say no less.

What is kept of a run is the log-likelihood itself, and quantiles of what would be said of it.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, override

import numpy as np

from ebbtide.evidence.interval import LEAST
from ebbtide.evidence.statement import Seen, Statement

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived

QUANTILES = 32


@dataclass(frozen=True, kw_only=True)
class Integrated(Statement):
    """A statement of a whole number, by its distribution given a run."""

    @abstractmethod
    def distribution(self, lived: Lived) -> np.ndarray:
        """How likely 0, 1, 2 ... are to be counted of the run."""

    @abstractmethod
    def told_of(self, counted: np.ndarray) -> np.ndarray:
        """How likely what was said is, for each number that may be counted."""

    def column(self, what: object) -> str:
        """Under which name something of a run is kept."""
        return f"{self.name} {what}"

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        mass = self.distribution(lived)
        counted = np.arange(mass.size)
        likely = float(np.log(max(float((mass * self.told_of(counted)).sum()), LEAST)))
        at = np.searchsorted(np.cumsum(mass), (np.arange(QUANTILES) + 0.5) / QUANTILES)
        return {self.column("log-likelihood"): likely} | {
            self.column(number): float(min(quantile, mass.size - 1))
            for number, quantile in enumerate(at)
        }

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        return np.repeat(seen[self.column("log-likelihood")][:, None], node.size, axis=1)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        quantiles = np.stack([seen[self.column(number)] for number in range(QUANTILES)])
        return np.asarray(
            quantiles[random.integers(QUANTILES, size=node.size), np.arange(node.size)]
        )
