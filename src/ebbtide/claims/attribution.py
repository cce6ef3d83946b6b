"""What an outcome is made of, cause by cause, out of the futures of all draws.

Intervals are of means over draws: a bootstrap of the draws (percentiles of 95%), each with all its
futures, so that what is paired stays paired. The range over draws beside them says what the priors leave
open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.claims.criteria import LEVEL, Range
from ebbtide.claims.shapley import contributions

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.claims.claim_tests import Attribution, Cause
    from ebbtide.claims.reading import CaseTests

RESAMPLES = 4000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over draws with its 95% interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause adds to the outcome."""

    name: str
    cause: Cause
    contribution: Estimate  # Shapley's
    share: Estimate  # of what all causes add together
    over_draws: Range  # the contribution, draw by draw
    alone: Estimate  # where it is the only cause
    to_all_others: Estimate  # where all others act too


class Attributed:
    """The outcome in every future, a row a draw, and what follows from it.

    Raises ValueError where fewer than two draws have an answer in every future.
    """

    def __init__(self, tests: CaseTests, stated: Attribution, drawn: pd.DataFrame) -> None:
        self.tests = tests
        self.stated = stated
        worlds = [str(world) for world in range(1 << len(stated.cause))]
        values = drawn[worlds].to_numpy(float)
        self.values = values[~np.isnan(values).any(axis=1)]
        if len(self.values) < 2:
            raise ValueError("fewer than two draws have an answer in every world")

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(self.values)

    @property
    def name(self) -> str:
        """Whose outcome it is."""
        scenario = self.tests.scenario
        return scenario.file.groups[scenario.focus].name

    @property
    def subtitle(self) -> str:
        """Of what scenario and policy, in how many draws."""
        scenario = self.tests.scenario
        return (
            f"{scenario.title}; policy {scenario.policy.id}; {self.draws} draws of the priors, each in "
            f"{self.values.shape[1]} worlds that share its past until {self.stated.since}"
        )

    @property
    def with_all(self) -> Estimate:
        """The outcome as things are."""
        return self._estimate(self.values[:, -1])

    @property
    def with_none(self) -> Estimate:
        """The outcome with none of the causes."""
        return self._estimate(self.values[:, 0])

    @property
    def together(self) -> Estimate:
        """What all causes add: the sum of their contributions."""
        return self._estimate(self.values[:, -1] - self.values[:, 0])

    @cached_property
    def parts(self) -> list[Part]:
        """What each cause adds, greatest first."""
        values, last = self.values, self.values.shape[1] - 1
        each, whole = contributions(values), values[:, last] - values[:, 0]
        found = [
            Part(
                name,
                cause,
                self._estimate(each[:, i]),
                self._ratio(each[:, i], whole),
                Range.of(each[:, i]),
                self._estimate(values[:, 1 << i] - values[:, 0]),
                self._estimate(values[:, last] - values[:, last ^ 1 << i]),
            )
            for i, (name, cause) in enumerate(self.stated.cause.items())
        ]
        return sorted(found, key=lambda part: -part.contribution.mean)

    @cached_property
    def _resampled(self) -> np.ndarray:
        """Resamples × draws: which draws each resample has."""
        return np.random.default_rng(0).integers(self.draws, size=(RESAMPLES, self.draws))

    def _estimate(self, found: np.ndarray) -> Estimate:
        low, high = _ends(found[self._resampled].mean(axis=1))
        return Estimate(float(found.mean()), low, high)

    def _ratio(self, found: np.ndarray, whole: np.ndarray) -> Estimate:
        sums = (each[self._resampled].sum(axis=1) for each in (found, whole))
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = _ends(np.divide(*sums))
            return Estimate(float(np.divide(found.sum(), whole.sum())), low, high)


def _ends(resampled: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(resampled, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)
