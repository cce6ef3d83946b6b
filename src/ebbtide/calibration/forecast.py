"""A forecast: what publishers may say after a day, and what the model itself has, draw by draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from ebbtide.calibration.baselines import BASELINES, history
from ebbtide.calibration.hub import (
    ANYBODY,
    LEVELS,
    UNSAID,
    ForecastTask,
    quantile_rows,
    sample_rows,
)
from ebbtide.calibration.saying import drawn_nodes
from ebbtide.evidence.likelihood import Likelihood

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ebbtide.calibration.targets import ForecastTarget
    from ebbtide.evidence.statement import Statement
    from ebbtide.evidence.unknown import SharedUnknown

OF = " of "  # what parts an unknown from whose it is


@dataclass(frozen=True)
class DatedForecast:
    """Draws of runs and what is seen of them (`seen`, a row a draw), as of a day.

    `statements` are all that was published up to the scenario's cut; what was not known on the day counts
    for nothing but what is asked (`targets`).
    """

    reference_date: dt.date
    statements: tuple[Statement, ...]
    targets: tuple[ForecastTarget, ...]
    seen: pd.DataFrame
    seed: int

    @cached_property
    def known(self) -> Likelihood:
        """What was known on the day, and may be fitted."""
        return Likelihood.of(self.statements, as_of=self.reference_date)

    def quantiles(self) -> pd.DataFrame:
        """What publishers may say, and the model's own numbers, at the hubverse's levels."""
        return quantile_rows((task, np.quantile(drawn, LEVELS)) for task, drawn in self.tasks())

    def samples(self) -> pd.DataFrame:
        """The same, draw by draw."""
        return sample_rows(self.tasks())

    def baseline(self, name: str) -> pd.DataFrame | None:
        """A naive forecast of what may be said, by whomever; None where it has nothing to say."""
        rows = [*self._by_baseline(name)]
        return quantile_rows(iter(rows)) if rows else None

    def tasks(self) -> Iterator[tuple[ForecastTask, np.ndarray]]:
        """All that is forecast, each with a number a draw."""
        for target in self.targets:
            for publisher, unknown in self._publishers(target.statement):
                node = self._nodes(publisher, unknown)
                random = np.random.default_rng(
                    [self.seed, 1, *f"{target.statement.name} {publisher}".encode()]
                )
                yield self._task(target, publisher), target.statement.said(self._seen, node, random)
            if target.has_own_number:
                yield self._task(target, UNSAID), self._seen[target.statement.name]

    @cached_property
    def _seen(self) -> Mapping[str, np.ndarray]:
        return {str(name): self.seen[name].to_numpy(float) for name in self.seen.columns
                if self.seen[name].dtype.kind in "fiu"}  # fmt: skip

    def _task(self, target: ForecastTarget, publisher: str) -> ForecastTask:
        return ForecastTask(
            self.reference_date, target.counts, target.last, target.location, target.days, publisher
        )

    def _publishers(self, statement: Statement) -> Iterator[tuple[str, SharedUnknown]]:
        """Anybody, and where something is unknown of publishers those who spoke before.

        Of those who rest on one source this is named.
        """
        unknown = statement.unknown
        yield ANYBODY, type(unknown)("", unknown.nodes, unknown.log_weights)
        what = unknown.name.partition(OF)[0]
        if unknown.nodes.size > 1:
            for name, shared in self.known.by_unknown().items():
                if name.partition(OF)[0] == what:
                    yield name.partition(OF)[2], shared[0].unknown

    def _nodes(self, publisher: str, unknown: SharedUnknown) -> np.ndarray:
        """Where what is unknown of a publisher stands, draw by draw: the same in all that he says."""
        random = np.random.default_rng([self.seed, 0, *f"{unknown.name} {publisher}".encode()])
        return drawn_nodes(unknown, self.known, self._seen, len(self.seen), random)

    def _by_baseline(self, name: str) -> Iterator[tuple[ForecastTask, np.ndarray]]:
        for target in self.targets:
            statement = target.statement
            told = history(statement, self.statements, self.reference_date)
            normal = BASELINES[name](told, statement.last, statement.log_error)
            if normal is not None:
                logs = normal.mean + normal.sd * ndtri(np.array(LEVELS))
                yield self._task(target, ANYBODY), np.exp(logs) * statement.days_counted
