"""How many of a period's men reported killed fell in a part of the area: beta-binomial.

Men die in clashes of many, and few clashes make most of the dead, so that a period's places are worth
fewer reports than it has dead: one for each `killed_a_clash` of them, which makes a bad year worth more
than a quiet one. Both sums are seen through such reports, the run's (n) and the record's (m), and what
either says of the other through n m / (n + m) of them: said ~ beta-binomial(whole, share * reports +
1/2, (1 - share) * reports + 1/2). By the half report on each side no run is impossible. A run
without dead has these alone, by which all or none is said sooner than a part.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, override

import numpy as np
from scipy import stats

from ebbtide.evidence.statement import POOLED, TOLD_APART, Seen, StatementOfPeriod
from ebbtide.scenario.schema.evidence import KILLED, OF_PERIOD

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived

UNKNOWN = 0.5  # reports on either side where there are none (Jeffreys 1946)


@dataclass(frozen=True, kw_only=True)
class KilledPart(StatementOfPeriod):
    """Of `whole` reported killed in `places`, those in a `part` of these."""

    places: tuple[str, ...] = field(metadata=TOLD_APART)
    part: tuple[str, ...] = field(metadata=TOLD_APART)
    whole: int = field(metadata=POOLED)
    killed_a_clash: float = field(metadata=POOLED)

    @property
    @override
    def counts(self) -> None:
        return None

    @property
    @override
    def log_error(self) -> float:
        return 1.0 / math.sqrt(max(self.whole / self.killed_a_clash, 1.0))

    @property
    @override
    def kept(self) -> tuple[str, ...]:
        return (self.name, self._of_all)

    @property
    def _of_all(self) -> str:
        return f"{self.name} and all"

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        here, all_of = (
            lived.sum_in(OF_PERIOD[KILLED].of_place, places, self.first, self.last)
            for places in (self.part, self.places)
        )
        return {self.name: here, self._of_all: all_of}

    def _distribution(self, seen: Seen) -> Any:
        here, all_of = seen[self.name], seen[self._of_all]
        reports = 1.0 / (self.killed_a_clash * (1.0 / np.maximum(all_of, 1e-9) + 1.0 / self.whole))
        share = here / np.maximum(all_of, 1.0)
        elsewhere = (1.0 - share) * reports
        return stats.betabinom(self.whole, share * reports + UNKNOWN, elsewhere + UNKNOWN)

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        found = self._distribution(seen).logpmf(round(self.middle))
        return np.repeat(np.asarray(found)[:, None], node.size, axis=1)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        return np.asarray(self._distribution(seen).rvs(random_state=random), float)
