"""A posterior: the runs of a bank, each with the weight that what was published gives it.

By likelihood: weight = likelihood * prior / proposal, for whole runs, luck and nuisance draws included,
so that it is exact but for the number of runs (importance sampling; Dax and others 2023 for judging a
proposal by its weights). Pareto's k of the largest weights tells whether they are to be trusted: above
0.7 they are not (Vehtari, Simpson, Gelman, Yao and Gabry 2024). Or by nearness (`nearest`): the runs of
which publishers would say nearest to what they said.
"""

from __future__ import annotations

import datetime as dt
import math
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.calibration.by import By
from ebbtide.calibration.nearest import SHARE_KEPT, Nearest, outcomes, was_said, would_be_said
from ebbtide.calibration.proposal import effective_draws
from ebbtide.calibration.saying import drawn_nodes
from ebbtide.evidence.likelihood import Likelihood

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.bank import Bank
    from ebbtide.evidence.statement import Statement

TRUSTED = 0.7  # the highest Pareto k
MOST_KEPT = 0.05  # guess: of the runs, above which the nearest are hardly nearer than any
FEWEST_EFFECTIVE = 100  # effective draws, under which ends of an interval rest on a handful of runs
SEED = 0  # of what would be said
ERRORS_APART = 3.0  # Monte Carlo errors by which what so many draws tell may miss what it should be
OUTCOMES_TOLD = ("fighters_at_cut", "fighters_at_end", "districts_held_at_cut")


@dataclass(frozen=True)
class Weighed:
    """Weights of a bank's runs, which sum to 1; how many draws they are worth, and Pareto's k.

    By nearness there is neither a k nor an evidence, and a part of the runs is kept.
    """

    weights: np.ndarray
    log_weights: np.ndarray  # up to a constant
    pareto_k: float | None = None
    log_evidence: float | None = None  # of the statements, under this structure
    share_kept: float | None = None  # of the runs, for each answer

    @property
    def effective(self) -> float:
        """Draws of equal weight that tell as much (Kish 1965)."""
        return effective_draws(self.weights)

    @property
    def pareto_told(self) -> str:
        """Pareto's k in words, or that so few runs carry the weight that there is none."""
        if self.pareto_k is None or not math.isfinite(self.pareto_k):
            return "no Pareto k: too few runs carry the weight"
        return f"Pareto k {self.pareto_k:.2f}"

    @property
    def trusted(self) -> bool:
        """Whether they are many, and Pareto's k, or the part that is kept, lets one trust them."""
        return (
            self.effective >= FEWEST_EFFECTIVE
            and (self.pareto_k is None or self.pareto_k <= TRUSTED)
            and (self.share_kept is None or self.share_kept <= MOST_KEPT)
        )


@dataclass(frozen=True)
class Posterior:
    """The finished runs of a bank (a row each, `run` their number) and what is said of them."""

    bank: Bank
    statements: tuple[Statement, ...]
    runs: pd.DataFrame
    by: By = By.LIKELIHOOD
    share: float = SHARE_KEPT  # of the runs that is kept, by nearness

    @cached_property
    def seen(self) -> Mapping[str, np.ndarray]:
        """What bears on statements: an array a name, a number a run.

        In 32 bits, as a packed bank has them, so that it says the same to the last bit.
        """
        return {str(name): self.runs[name].to_numpy(np.float32).astype(float)
                for name in self.runs.columns if self.runs[name].dtype.kind in "fiu"}  # fmt: skip

    @cached_property
    def scores(self) -> np.ndarray:
        """Where free quantities stand: a row a run."""
        return self.bank.all_scores(self.runs["run"].tolist())

    @cached_property
    def log_ratios(self) -> np.ndarray:
        """The prior's density over the proposals': a number a run."""
        return self.bank.log_priors_over_proposals(self.scores)

    @property
    def prior_weights(self) -> np.ndarray:
        """The weights that the runs have by how they were drawn, which sum to 1."""
        importance = np.exp(self.log_ratios)
        return np.asarray(importance / importance.sum())

    def weigh(self, *, as_of: dt.date | None = None, without: Collection[str] = ()) -> Weighed:
        """The weights given what was known by a day, without what some publishers say."""
        likelihood = Likelihood.of(self.statements, as_of=as_of, without=without)
        if self.by is By.NEAREST:
            return self._by_nearness(likelihood.statements)
        return self._by_likelihood(likelihood)

    def nearest(self, statements: tuple[Statement, ...]) -> Nearest:
        """What is to be told from statements: where free quantities stand, and what came of runs."""
        told = np.hstack([self.scores, outcomes(self.seen, OUTCOMES_TOLD)])
        return Nearest(would_be_said(statements, self.seen, SEED), told, self.share)

    def _by_nearness(self, statements: tuple[Statement, ...]) -> Weighed:
        importance = np.exp(self.log_ratios)
        share_kept = None  # without statements there is nothing to lie near to
        if statements:
            nearest = self.nearest(statements)
            weights = nearest.weights(was_said(statements, SEED), importance)
            share_kept = nearest.kept / len(weights)
        else:
            weights = importance / importance.sum()
        with np.errstate(divide="ignore"):
            return Weighed(weights, np.log(weights), share_kept=share_kept)

    def _by_likelihood(self, likelihood: Likelihood) -> Weighed:
        log_weights = self.log_ratios + (
            likelihood.of_runs(self.seen) if likelihood.statements else 0.0
        )
        total = np.logaddexp.reduce(log_weights)
        pareto_k = 0.0  # of even weights there is no tail
        if np.ptp(log_weights) > 0.0:
            pareto_k = _pareto_k(log_weights - total)
        evidence = float(total - np.log(log_weights.size))
        return Weighed(np.exp(log_weights - total), log_weights, pareto_k, evidence)

    @cached_property
    def weighed(self) -> Weighed:
        """By all that may be fitted."""
        return self.weigh()

    def said(
        self, statement: Statement, seed: int = 0, *, as_of: dt.date | None = None
    ) -> np.ndarray:
        """What a publisher would say of each run, his unknowns as what he said by a day has them."""
        random = np.random.default_rng([seed, *statement.name.encode()])
        known = Likelihood.of(self.statements, as_of=as_of)
        node = drawn_nodes(statement.unknown, known, self.seen, len(self.runs), random)
        return statement.said(self.seen, node, random)

    def resampled(
        self, number: int, seed: int = 0, weights: np.ndarray | None = None
    ) -> np.ndarray:
        """The rows of so many runs, each as often as its weight has it (systematic resampling)."""
        start = np.random.default_rng(seed).random()
        at = (start + np.arange(number)) / number
        reached = np.cumsum(self.weighed.weights if weights is None else weights)
        found = np.searchsorted(reached, at * reached[-1])
        return np.asarray(found.clip(max=len(self.runs) - 1))


def _pareto_k(log_weights: np.ndarray) -> float:
    """Of the largest weights; NaN where too few runs carry the weight for a tail to be told."""
    from arviz_stats.base import array_stats  # type: ignore[attr-defined]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            # It takes log-likelihoods, whose weights are their inverses.
            _, k = array_stats.psislw(-log_weights)  # type: ignore[no-untyped-call]
    except (ValueError, IndexError):  # no tail, or one of equal weights
        return math.nan
    return float(k)


def quantile(values: np.ndarray, weights: np.ndarray, at: float) -> float:
    """The value below which a share of the weight lies."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][min(np.searchsorted(reached, at * reached[-1]), len(values) - 1)])
