"""How many fighters or affiliates a group has: a count with a publisher's bias and an error of its own.

said = count * bias * error; log bias ~ normal(0, publisher_bias), log error ~ normal(0, count_error).
A range is an interval that holds what he counted; a single number stands for all that round to it, and
are no more than a tenth off. Who says it, of whom and where is the row's; the model is read in the places
of its area, in the mean of the weeks that its date may mean. Bias is one for a publisher and all who
depend on him; that a publisher repeats a count, rather than counts anew, nothing tells.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, override

import numpy as np

from ebbtide.evidence.interval import log_inside_of_factor, rounded
from ebbtide.evidence.statement import POOLED, TOLD_APART, Seen, Statement

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived


COARSEST = 0.2  # guess, of a number: to what it is rounded at most


@dataclass(frozen=True, kw_only=True)
class Strength(Statement):
    """A count of `outcome` (people) in `places`, meant of the days from `first` to `last`."""

    outcome: str = field(metadata=TOLD_APART)
    places: tuple[str, ...] = field(metadata=TOLD_APART)
    first: dt.date = field(metadata=POOLED)
    count_error: float = field(metadata=POOLED)

    @property
    @override
    def counts(self) -> str:
        return self.outcome

    @property
    @override
    def log_error(self) -> float:
        return self.count_error

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        return {self.name: lived.mean_in(self.outcome, self.places, self.first, self.last)}

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        low, high = rounded(self.low, self.high, self.low * COARSEST)
        return log_inside_of_factor(low, high, seen[self.name], node, self.count_error)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        error = np.exp(self.count_error * random.standard_normal(node.size))
        return np.asarray(seen[self.name] * node * error)
