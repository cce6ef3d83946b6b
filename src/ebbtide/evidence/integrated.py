"""Statements whose luck and unknowns are integrated out where a run is lived: its rates say no less.

What is kept of a run is how likely each of some numbers is to be said of it, so that any of them can be
held against it, and how likely the one is that was said.
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

GRAIN = (
    2.0**-10
)  # of logs that are kept: off by less than a thousandth, and 32 bits hold them exactly


@dataclass(frozen=True, kw_only=True)
class Integrated(Statement):
    """A statement by its distribution given a run."""

    @property
    @abstractmethod
    def may_be_said(self) -> np.ndarray:
        """Numbers that may be said, rising: those of which a run is asked."""

    @property
    @abstractmethod
    def widths(self) -> np.ndarray:
        """For how many numbers each of them stands: 1 where no other number may be said."""

    @abstractmethod
    def likely(self, lived: Lived, said: np.ndarray) -> np.ndarray:
        """How likely each of these numbers is to be said of a run."""

    def column(self, what: object) -> str:
        """Under which name something of a run is kept."""
        return f"{self.name} {what}"

    @property
    @override
    def kept(self) -> tuple[str, ...]:
        return tuple(map(self.column, ("log-likelihood", *(f"{n:.6g}" for n in self.may_be_said))))

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        asked = self.may_be_said
        found = np.maximum(self.likely(lived, np.append(asked, self.middle)), LEAST)
        logs = np.round(np.log(found) / GRAIN) * GRAIN
        return {self.column("log-likelihood"): float(logs[-1])} | {
            self.column(f"{number:.6g}"): float(log)
            for number, log in zip(asked, logs[:-1], strict=True)
        }

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        return np.repeat(seen[self.column("log-likelihood")][:, None], node.size, axis=1)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        asked = self.may_be_said
        likely = np.exp([seen[self.column(f"{number:.6g}")] for number in asked])
        mass = np.cumsum(likely * self.widths[:, None], axis=0)
        at = (mass < random.random(node.size) * mass[-1]).sum(axis=0)
        return np.asarray(asked[np.minimum(at, asked.size - 1)], float)
