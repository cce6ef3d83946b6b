"""A posterior by what would be published: the runs nearest to the record, as publishers would tell them.

It answers where the weights of runs by their likelihood rest on a handful of them, and is the second
method that must agree with these where they do not. Approximate Bayesian computation: what would be
said of each run is drawn once, errors and unknowns of publishers included; partial least squares sum
it up by what it tells of how the run was made and what came of it (as Wegmann, Leuenberger and
Excoffier 2009 do); and the runs are kept whose summaries lie nearest to those of what was said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ebbtide.evidence.statement import Seen, Statement

COMPONENTS = 8  # guess: summaries of what is said, not tried against fewer or more
SHARE_KEPT, FEWEST_KEPT = 0.02, 100  # guesses: of the runs, and how many at least
DRAWS_OF_SAID = 20  # numbers inside what was told as an interval, each answered on its own


def would_be_said(statements: Sequence[Statement], seen: Seen, seed: int) -> np.ndarray:
    """What publishers would say of each run, drawn once: a row a run, a column a statement.

    An unknown that statements share is drawn once a run for all of them, from its prior.
    """
    runs = len(next(iter(seen.values())))
    found = np.empty((runs, len(statements)))
    nodes: dict[str, np.ndarray] = {}
    for column, statement in enumerate(statements):
        unknown = statement.unknown
        if unknown.name not in nodes:
            of_unknown = np.random.default_rng([seed, 0, *unknown.name.encode()])
            prior = np.exp(unknown.log_weights)
            nodes[unknown.name] = of_unknown.choice(unknown.nodes, runs, p=prior / prior.sum())
        random = np.random.default_rng([seed, 1, *statement.name.encode()])
        found[:, column] = statement.said(seen, nodes[unknown.name], random)
    return on_scale(found)


def was_said(statements: Sequence[Statement], seed: int) -> np.ndarray:
    """What was said: of an interval any number inside it, a row for each of some draws.

    Who repeats a range, or depends on one who does, means the same part of it: where a draw stands in
    intervals is one for all statements that share an unknown.
    """
    random = np.random.default_rng([seed, 2])
    shared = list(dict.fromkeys(each.unknown.name for each in statements))
    of_each = [shared.index(each.unknown.name) for each in statements]
    at = random.random((DRAWS_OF_SAID, len(shared)))[:, of_each]
    low, high = (
        on_scale(np.array([getattr(each, end) for each in statements])) for end in ("low", "high")
    )
    return np.asarray(low + (high - low) * at)


def on_scale(said: np.ndarray) -> np.ndarray:
    """Counts differ by orders of magnitude: their logs, with 1 added."""
    return np.asarray(np.log1p(np.maximum(said, 0.0)))


@dataclass(frozen=True)
class Nearest:
    """Runs by what would be said of them (`said`, a row a run), and what they are to tell (`told`).

    The summary of what is said is what it lets one expect of what is to be told, by partial least
    squares, in standard deviations of that (Fearnhead and Prangle 2012): what tells nothing counts
    for nothing.
    """

    said: np.ndarray
    told: np.ndarray
    share: float = SHARE_KEPT  # of the runs that is kept

    @property
    def kept(self) -> int:
        """How many runs are kept for each answer: all where there are hardly more."""
        return min(len(self.said), max(FEWEST_KEPT, round(self.share * len(self.said))))

    @cached_property
    def _expected(self) -> Callable[[np.ndarray], np.ndarray]:
        from sklearn.cross_decomposition import PLSRegression

        spread = np.maximum(self.told.std(axis=0), 1e-12)
        number = min(COMPONENTS, self.said.shape[1], self.told.shape[1])
        fitted = PLSRegression(n_components=number).fit(self.said, self.told / spread)
        return lambda said: np.asarray(fitted.predict(said)).reshape(len(said), -1)

    def summaries(self, said: np.ndarray) -> np.ndarray:
        """The summaries of rows of what is said.

        What lies beyond all that would be said of any run is taken to the end of that: nothing is known
        of how a summary goes on there.
        """
        return self._expected(np.clip(said, self.said.min(axis=0), self.said.max(axis=0)))

    @cached_property
    def of_runs(self) -> np.ndarray:
        """The summaries of the runs."""
        return self._expected(self.said)

    def weights(
        self, said: np.ndarray, importance: np.ndarray, without: int | None = None
    ) -> np.ndarray:
        """Weights of the runs, which sum to 1, given rows of what was said, each as likely.

        `importance` are weights that the runs have by how they were drawn. `without` leaves out a run.
        """
        return self._near(self.of_runs, said, importance, without)

    def weights_of_others(
        self, others: np.ndarray, said: np.ndarray, importance: np.ndarray
    ) -> np.ndarray:
        """The same of other publications of the same runs, a row a run: which of them lie as near."""
        return self._near(self.summaries(others), said, importance, None)

    def _near(
        self, of_runs: np.ndarray, said: np.ndarray, importance: np.ndarray, without: int | None
    ) -> np.ndarray:
        weights = np.zeros(len(self.said))
        for summary in self.summaries(said):
            distance = np.square(of_runs - summary).sum(axis=1)
            if without is not None:
                distance[without] = np.inf
            nearest = np.argsort(distance)[: self.kept]
            weights[nearest] += importance[nearest] / importance[nearest].sum()
        return np.asarray(weights / weights.sum())


def strangeness(of_runs: np.ndarray, said: np.ndarray) -> float:
    """The share of runs of which something stranger would be said than what was said.

    Strange is what lies far from the middle of all, one statement beside the others (Mahalanobis'
    distance, with a covariance that is shrunk: Ledoit and Wolf 2004). Near 0 the record lies where
    hardly any run of the priors would be: an answer is then a stretch.
    """
    from sklearn.covariance import LedoitWolf

    scale = np.maximum(of_runs.std(axis=0), 1e-12)
    spread = LedoitWolf().fit(of_runs / scale)
    usual = spread.mahalanobis(of_runs / scale)
    return float(np.mean(usual[:, None] >= spread.mahalanobis(said / scale)[None, :]))


def outcomes(seen: Mapping[str, np.ndarray], names: Sequence[str]) -> np.ndarray:
    """What came of runs, in logs with 1 added: a row a run, a column a name."""
    return np.stack([np.log1p(np.maximum(seen[name], 0.0)) for name in names], axis=1)
