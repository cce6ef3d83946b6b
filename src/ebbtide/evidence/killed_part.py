"""How many of a period's men reported killed fell in a part of the area: beta-binomial.

The share that fell there in the run is seen through as many independent reports as `place_events`
says, since men die in clashes of many: said ~ beta-binomial(whole, share * events, (1 - share) *
events), with one event added to each side, so that no run is impossible.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, override

import numpy as np
from scipy import stats

from ebbtide.evidence.statement import Seen, Statement

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived

NOBODY = 0.5  # the share where nobody was killed: it says nothing


@dataclass(frozen=True, kw_only=True)
class KilledPart(Statement):
    """Of `whole` reported killed in `places`, those in a `part` of these."""

    places: tuple[str, ...]
    part: tuple[str, ...]
    whole: int
    first: dt.date
    place_events: float

    @property
    @override
    def log_error(self) -> float:
        return 1.0 / math.sqrt(self.place_events)

    @property
    @override
    def days_counted(self) -> float:
        return (self.last - self.first).days + 1.0

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        here, all_of = (
            lived.sum_in("men_killed", places, self.first, self.last)
            for places in (self.part, self.places)
        )
        return {self.name: here / all_of if all_of > 0 else NOBODY}

    def _distribution(self, seen: Seen) -> Any:
        share = seen[self.name]
        here, elsewhere = share * self.place_events, (1.0 - share) * self.place_events
        return stats.betabinom(self.whole, here + 1.0, elsewhere + 1.0)

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        found = self._distribution(seen).logpmf(round(self.middle))
        return np.repeat(np.asarray(found)[:, None], node.size, axis=1)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        return np.asarray(self._distribution(seen).rvs(random_state=random), float)
