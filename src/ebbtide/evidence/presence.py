"""In how many places a group is reported.

A place is reported with probability 1 - (1 - false_reports) exp(-affiliates in sight / unseen), place
by place apart; the number reported is then Poisson-binomial. Both are unknown within their ranges
(`unseen` people within that of the rule `territory.reported`), and integrated out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, override

import numpy as np

from ebbtide.evidence.integrated import Integrated
from ebbtide.evidence.statement import POOLED, TOLD_APART
from ebbtide.evidence.unknown import SharedUnknown
from ebbtide.rules import territory
from ebbtide.scenario.schema.evidence import MEASURED, PRESENCE

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived

REPORTS = 0.3  # guess, in logs: of three places one is reported by one and not by another


@dataclass(frozen=True, kw_only=True)
class Presence(Integrated):
    """The number of `places` where the group is reported on the last day."""

    places: tuple[str, ...] = field(metadata=TOLD_APART)
    unseen: SharedUnknown = field(metadata=POOLED)
    false_reports: SharedUnknown = field(metadata=POOLED)

    @property
    @override
    def counts(self) -> str:
        return MEASURED[PRESENCE].of_group

    @property
    @override
    def log_error(self) -> float:
        return REPORTS

    @property
    @override
    def may_be_said(self) -> np.ndarray:
        return np.arange(len(self.places) + 1.0)

    @property
    @override
    def widths(self) -> np.ndarray:
        return np.ones(len(self.places) + 1)

    @override
    def likely(self, lived: Lived, said: np.ndarray) -> np.ndarray:
        found = lived.in_sight(self.last)
        in_sight = np.array([found[place] for place in self.places])
        seen = np.vectorize(territory.reported)(in_sight, self.unseen.nodes[:, None])
        missed = (1.0 - seen)[:, None] * (1.0 - self.false_reports.nodes[:, None])
        weights = np.exp(self.unseen.log_weights[:, None] + self.false_reports.log_weights)
        counts = np.einsum("uf,ufn->n", weights, poisson_binomial(1.0 - missed))
        return np.asarray(counts[np.rint(said).astype(int)])


def poisson_binomial(likely: np.ndarray) -> np.ndarray:
    """How likely each number of events is, along a new last axis, of independent ones along the last."""
    counts = np.zeros((*likely.shape[:-1], likely.shape[-1] + 1))
    counts[..., 0] = 1.0
    for event in range(likely.shape[-1]):
        p = likely[..., event : event + 1]
        happened = counts[..., :-1] * p
        counts *= 1.0 - p
        counts[..., 1:] += happened
    return counts
