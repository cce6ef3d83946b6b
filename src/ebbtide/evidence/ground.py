"""How many districts a group holds: a count by a rule of the publisher's own.

said = districts + error, and none where that would be less; error ~ normal(0, district_error). Districts
are whole, so that the interval told reaches half a district further at both ends. A publisher who counts
what is held in part counts more than the model does, on average: there is no bias for that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, override

import numpy as np

from ebbtide.evidence.interval import log_inside
from ebbtide.evidence.statement import POOLED, TOLD_APART, Seen, Statement
from ebbtide.scenario.schema.evidence import HELD, MEASURED

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived


@dataclass(frozen=True, kw_only=True)
class DistrictsHeld(Statement):
    """Districts held in `places` on the last day."""

    places: tuple[str, ...] = field(metadata=TOLD_APART)
    district_error: float = field(metadata=POOLED)

    @property
    @override
    def counts(self) -> str:
        return MEASURED[HELD].of_group

    @property
    @override
    def log_error(self) -> float:
        return self.district_error / max(self.middle, 1.0)

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        return {
            self.name: lived.mean_in(MEASURED[HELD].of_place, self.places, self.last, self.last)
        }

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        low = self.low - 0.5 if self.low > 0 else -math.inf
        found = log_inside(low, self.high + 0.5, seen[self.name], self.district_error)
        return np.repeat(found[:, None], node.size, axis=1)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        told = seen[self.name] + self.district_error * random.standard_normal(node.size)
        return np.asarray(np.maximum(told, 0.0))
