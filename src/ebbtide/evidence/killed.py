"""How many fighters of a group forces killed in a period: body counts, mostly of those who kill.

said = killed * over_claim * error; log error ~ normal(0, killed_error). The over-claim is unknown, one
for a publisher and those who depend on him, the same in all periods. Counted are all whom forces killed
in the run, those whom armed locals (`local`) killed among them, whom a publisher may count elsewhere. The
number is the run's own: its luck is not integrated out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, override

import numpy as np

from ebbtide.evidence.interval import log_inside_of_factor
from ebbtide.evidence.statement import POOLED, TOLD_APART, Seen, StatementOfPeriod
from ebbtide.scenario.schema.evidence import KILLED, OF_PERIOD

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived


@dataclass(frozen=True, kw_only=True)
class Killed(StatementOfPeriod):
    """Fighters killed in `places` from `first` to `last`."""

    places: tuple[str, ...] = field(metadata=TOLD_APART)
    killed_error: float = field(metadata=POOLED)

    @property
    @override
    def counts(self) -> str:
        return KILLED

    @property
    @override
    def log_error(self) -> float:
        return self.killed_error

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        outcome = OF_PERIOD[KILLED].of_place
        return {self.name: lived.sum_in(outcome, self.places, self.first, self.last)}

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        low, high = self.low - 0.5, self.high + 0.5
        return log_inside_of_factor(low, high, seen[self.name], node, self.killed_error)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        error = np.exp(self.killed_error * random.standard_normal(node.size))
        return np.asarray(seen[self.name] * node * error)
