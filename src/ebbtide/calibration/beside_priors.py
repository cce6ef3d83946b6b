"""What agreement with the record is worth: what the priors say of it too, fitted to nothing.

Wide intervals hold what was said whatever it was. So each statement is held against the priors as well,
their publishers' unknowns as unknown as before: does what would be said come nearer by the posterior?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.calibration.posterior import SEED, quantile
from ebbtide.calibration.saying import drawn_nodes
from ebbtide.calibration.scored import DRAWS_SCORED, scored
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.study.spread import AS_GOOD, LOW_MEDIAN_HIGH

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.posterior import Posterior
    from ebbtide.evidence.statement import Statement

NOTHING = Likelihood(())  # so that unknowns of publishers are as their own priors have them


@dataclass(frozen=True)
class SaidOfRuns:
    """What publishers would say of runs (a row each, a column a statement), and the runs' weights.

    An unknown that statements share is one for all of them in a run.
    """

    statements: tuple[Statement, ...]
    said: np.ndarray
    weights: np.ndarray

    @classmethod
    def by_posterior(cls, posterior: Posterior) -> SaidOfRuns:
        """Unknowns as what was said has them."""
        known = Likelihood.of(posterior.statements)
        return cls._of(posterior, known, posterior.weighed.weights)

    @classmethod
    def by_priors(cls, posterior: Posterior) -> SaidOfRuns:
        """The same runs, as the priors have them."""
        return cls._of(posterior, NOTHING, posterior.prior_weights)

    @classmethod
    def _of(cls, posterior: Posterior, known: Likelihood, weights: np.ndarray) -> SaidOfRuns:
        runs, seen = len(posterior.runs), posterior.seen
        nodes: dict[str, np.ndarray] = {}
        said = np.empty((runs, len(posterior.statements)))
        for column, each in enumerate(posterior.statements):
            name = each.unknown.name
            if name not in nodes:
                random = np.random.default_rng([SEED, 0, *name.encode()])
                nodes[name] = drawn_nodes(each.unknown, known, seen, runs, random)
            random = np.random.default_rng([SEED, 1, *each.name.encode()])
            said[:, column] = each.said(seen, nodes[name], random)
        return cls(posterior.statements, said, weights)

    @property
    def near(self) -> np.ndarray:
        """Of each run and statement, whether what would be said lies within `AS_GOOD` of what was."""
        low, high = (
            np.array([getattr(each, end) for each in self.statements]) for end in ("low", "high")
        )
        return np.asarray((self.said >= low / AS_GOOD) & (self.said <= high * AS_GOOD))

    @property
    def mass_near(self) -> np.ndarray:
        """The weight of runs that say each statement within `AS_GOOD`."""
        return np.asarray(self.weights @ self.near)

    @property
    def near_at_once(self) -> tuple[float, float, float]:
        """How many statements single runs say within `AS_GOOD`: the median within its central interval."""
        counts = self.near.sum(axis=1)
        low, median, high = (quantile(counts, self.weights, at) for at in LOW_MEDIAN_HIGH)
        return low, median, high

    @property
    def most_at_once(self) -> int:
        """How many the best of the runs that have weight says so."""
        return int(self.near.sum(axis=1)[self.weights > 0].max())

    def crps(self, number: int) -> float:
        """The continuous ranked probability score of the middle of what was said, on logs."""
        at = (np.arange(DRAWS_SCORED) + 0.5) / DRAWS_SCORED
        order = np.argsort(self.said[:, number], kind="stable")
        reached = np.cumsum(self.weights[order])
        rows = np.searchsorted(reached, at * reached[-1]).clip(max=len(order) - 1)
        drawn = self.said[order[rows], number]
        return float(scored(self.statements[number].middle, drawn)["crps"])


def beside_priors(by_priors: SaidOfRuns, by_posterior: SaidOfRuns) -> pd.DataFrame:
    """A row a statement, in their order: what the priors and the posterior say of it.

    Columns: `held_back`; `crps_priors`, `crps_posterior` (of logs, the
    lower the better); `near_priors`, `near_posterior`, the weight of runs that say it within `AS_GOOD`.
    """
    import pandas as pd

    both = {"priors": by_priors, "posterior": by_posterior}
    rows = [
        {
            "held_back": each.held_back,
            **{f"crps_{of}": said.crps(number) for of, said in both.items()},
            **{f"near_{of}": float(said.mass_near[number]) for of, said in both.items()},
        }
        for number, each in enumerate(by_posterior.statements)
    ]
    return pd.DataFrame(rows)
