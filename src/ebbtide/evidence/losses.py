"""How many members of state forces a group killed in a period: told in part.

said ~ negative binomial with mean losses * losses_told and a relative standard deviation of
`losses_error` beside the number's own (Poisson); of the run's losses half a man is never seen, so that
none is not impossible. The share told is unknown, the same in all periods. The losses are the run's own:
their luck is not integrated out, and `losses_error`, which stands for it as well, blurs them once more.
Of a force that stands elsewhere too they are those of everywhere (`check` tells it).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, override

import numpy as np
from scipy import stats

from ebbtide.evidence.statement import POOLED, TOLD_APART, Seen, StatementOfPeriod
from ebbtide.scenario.schema.evidence import OF_PERIOD, STATE_KILLED

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived

UNSEEN = 0.5


@dataclass(frozen=True, kw_only=True)
class Losses(StatementOfPeriod):
    """Members of `forces` killed by the group from `first` to `last`."""

    forces: tuple[str, ...] = field(metadata=TOLD_APART)
    losses_error: float = field(metadata=POOLED)

    @property
    @override
    def counts(self) -> str:
        return STATE_KILLED

    @property
    @override
    def log_error(self) -> float:
        return self.losses_error

    @override
    def observe(self, lived: Lived) -> dict[str, float]:
        weekly = lived.of_forces([OF_PERIOD[STATE_KILLED].of_force], (), self.forces)
        return {self.name: float(weekly.loc[self.first.isoformat() : self.last.isoformat()].sum())}

    def _distribution(self, mean: np.ndarray) -> Any:
        size = 1.0 / self.losses_error**2
        return stats.nbinom(size, size / (size + mean))

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        mean = (seen[self.name] + UNSEEN)[:, None] * node[None, :]
        return np.asarray(self._distribution(mean).logpmf(round(self.middle)))

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        mean = (seen[self.name] + UNSEEN) * node
        return np.asarray(self._distribution(mean).rvs(random_state=random), float)
