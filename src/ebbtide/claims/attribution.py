"""What an outcome is made of, cause by cause, out of the futures of all draws.

Every draw counts alike, however large the group is in it: a sum over draws would be told by the few in
which it is largest. So a draw's contributions enter as shares of their sizes' sum in that draw, which
lie between -1 and 1 whatever the sum of the contributions; the mean of these over draws, over the same
mean of all causes together, is a cause's share. Shares sum to one, as the contributions do. Where
nothing is added that another cause takes away, a share is the mean of the shares within draws.

Intervals of shares are a bootstrap of the draws (percentiles of 95%; Efron and Tibshirani 1993, from
memory), each with all its futures, so that what is paired stays paired. What is told in the outcome's
own unit is the median draw's, which does not sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.claims.criteria import Estimate, Range
from ebbtide.claims.drawn import source_of
from ebbtide.claims.shapley import contributions

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.claims.causes import Attribution, Cause
    from ebbtide.claims.reading import CaseTests
    from ebbtide.scenario.posterior import PosteriorDraws

RESAMPLES = 4000
FEWEST_DRAWS = 6  # draws that leave a median an interval


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause adds to the outcome."""

    name: str
    cause: Cause
    share: Estimate  # Shapley's, of what all causes add together
    alone: Estimate  # where it is the only cause, on the same scale
    to_all_others: Estimate  # where all others act too
    contribution: Estimate  # Shapley's, in the outcome's unit: the median draw's
    over_draws: Range  # the contribution, draw by draw


class Attributed:
    """The outcome in every future, a row a draw (of a `posterior`, if any), and what follows from it.

    Raises ValueError where too few draws have an answer in every future.
    """

    def __init__(
        self,
        tests: CaseTests,
        stated: Attribution,
        drawn: pd.DataFrame,
        posterior: PosteriorDraws | None = None,
    ) -> None:
        self.tests = tests
        self.stated = stated
        self.posterior = posterior
        worlds = [str(world) for world in range(1 << len(stated.cause))]
        values = drawn[worlds].to_numpy(float)
        self.values = values[~np.isnan(values).any(axis=1)]
        if len(self.values) < FEWEST_DRAWS:
            raise ValueError(f"fewer than {FEWEST_DRAWS} draws have an answer in every world")
        self._each = contributions(self.values)
        sizes = np.abs(self._each).sum(axis=1)
        self._sizes = np.where(sizes > 0, sizes, 1.0)  # of a draw in which no cause adds anything

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(self.values)

    @property
    def source(self) -> str:
        """Of what they are draws."""
        return source_of(self.posterior)

    @property
    def name(self) -> str:
        """Whose outcome it is."""
        return self.tests.scenario.focus_name

    @property
    def subtitle(self) -> str:
        """Of what scenario and policy, in how many draws."""
        scenario = self.tests.scenario
        return (
            f"{scenario.title}; policy {scenario.policy.id}; {self.draws} draws of {self.source}, each in "
            f"{self.values.shape[1]} worlds that share its past until {self.stated.since}"
        )

    @property
    def with_all(self) -> Estimate:
        """The outcome as things are."""
        return Estimate.median_of(self.values[:, -1])

    @property
    def with_none(self) -> Estimate:
        """The outcome with none of the causes."""
        return Estimate.median_of(self.values[:, 0])

    @property
    def together(self) -> Estimate:
        """What all causes add: in every draw the sum of their contributions."""
        return Estimate.median_of(self._whole)

    @property
    def together_over_draws(self) -> Range:
        """What all causes add, draw by draw."""
        return Range.of(self._whole)

    @cached_property
    def parts(self) -> list[Part]:
        """What each cause adds, greatest first."""
        values, last = self.values, self.values.shape[1] - 1
        found = [
            Part(
                name,
                cause,
                self._share(self._each[:, i]),
                self._share(values[:, 1 << i] - values[:, 0]),
                self._share(values[:, last] - values[:, last ^ 1 << i]),
                Estimate.median_of(self._each[:, i]),
                Range.of(self._each[:, i]),
            )
            for i, (name, cause) in enumerate(self.stated.cause.items())
        ]
        return sorted(found, key=lambda part: -part.share.value)

    @property
    def _whole(self) -> np.ndarray:
        whole: np.ndarray = self.values[:, -1] - self.values[:, 0]
        return whole

    def _share(self, added: np.ndarray) -> Estimate:
        """Of what all causes add together, every draw counting alike."""
        from scipy.stats import bootstrap

        within = added / self._sizes, self._whole / self._sizes
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = bootstrap(
                within,
                _ratio,
                n_resamples=RESAMPLES,
                paired=True,
                vectorized=True,
                method="percentile",
                rng=np.random.default_rng(0),
            ).confidence_interval
            return Estimate(float(_ratio(*within, axis=0)), float(low), float(high))


def _ratio(part: np.ndarray, whole: np.ndarray, axis: int) -> np.ndarray:
    found: np.ndarray = part.mean(axis=axis) / whole.mean(axis=axis)
    return found
