"""Which share of a group's fighters came from another group: a rough percentage.

said = share + error, taken to 0 or 100 where it would lie beyond; error ~ normal(0, share_error), in %. A
single number stands for all that round to it, in tens at most. The share is the run's own: the luck of who
left for the group in it is not integrated out.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, override

import numpy as np

from ebbtide.evidence.interval import log_inside, rounded
from ebbtide.evidence.statement import POOLED, TOLD_APART, Seen, Statement
from ebbtide.scenario.schema.evidence import PERCENT

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived


TENS = 10.0  # %


@dataclass(frozen=True, kw_only=True)
class Origin(Statement):
    """The share (%) of the fighters in `places` who left `former` for the group."""

    former: str = field(metadata=TOLD_APART)
    places: tuple[str, ...] = field(metadata=TOLD_APART)
    share_error: float = field(metadata=POOLED)

    @property
    @override
    def counts(self) -> str:
        return f"{PERCENT}{self.former}"

    @property
    @override
    def log_error(self) -> float:
        return self.share_error / max(self.middle, 1.0)

    @property
    @override
    def days(self) -> tuple[dt.date, ...]:
        return (self.last,)

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        share = lived.share_of_men(self.last, (), self.places, came_from=(self.former,))
        return {self.name: 100.0 * (0.0 if np.isnan(share) else share)}

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        low, high = rounded(self.low, self.high, TENS)
        low, high = low if low > 0.0 else -math.inf, high if high < 100.0 else math.inf
        found = log_inside(low, high, seen[self.name], self.share_error)
        return np.repeat(found[:, None], node.size, axis=1)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        told = seen[self.name] + self.share_error * random.standard_normal(node.size)
        return np.asarray(np.clip(told, 0.0, 100.0))
