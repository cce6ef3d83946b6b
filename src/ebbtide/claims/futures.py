"""A run that is the same until a day and has many futures: one for each set of causes that act.

Every future goes on from the same men, money, support and ground with the same random numbers, so
that they differ by what acts from the day on, and by nothing that was different before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ebbtide.claims.causes import MOST_CAUSES, acting_until, last_week
from ebbtide.claims.kind import Measuring
from ebbtide.claims.measures import days_noted
from ebbtide.evidence.lived import Lived
from ebbtide.scenario.library import lived_with
from ebbtide.study.design import Design, Run
from ebbtide.study.simulate import RunTables, Simulator

if TYPE_CHECKING:
    from ebbtide.claims.causes import Attribution, Cause
    from ebbtide.claims.reading import CaseTests
    from ebbtide.model import Insurgency
    from ebbtide.scenario import Scenario
    from ebbtide.scenario.posterior import PosteriorDraws


@dataclass(frozen=True)
class Futures:
    """A task of runs: a replication lives the past once, and from the stated day on every future.

    Draws are those of a `posterior`, if there is one.
    """

    tests: CaseTests
    attribution: Attribution
    replications: int
    base_seed: int
    posterior: PosteriorDraws | None = None

    modules = (*Simulator.modules, "ebbtide.claims.futures")
    compile_ahead = staticmethod(Simulator.compile_ahead)

    def runs(self) -> Iterator[Run]:
        """A run a replication."""
        for replication in range(self.replications):
            yield Run(replication, "futures", replication, replication)

    def __call__(self, run: Run) -> RunTables:
        """The measure in every future, by the number whose bits are the causes that act there."""
        scenario = self.tests.scenario
        design = Design(
            scenario, (scenario.policy.id,), run.replication + 1, self.base_seed,
            posterior=self.posterior,
        )  # fmt: skip
        drawn = design[run.replication]
        causes = list(self.attribution.cause.values())
        past = self._model(drawn, ())
        lived = Lived.of(past, self._since, self._noted)
        found = {}
        for world in range(1 << len(causes)):
            off = [cause for i, cause in enumerate(causes) if not world >> i & 1]
            future = self._model(drawn, off)
            future.go_on_from(past)
            found[str(world)] = self._measured(future, lived)
        return RunTables(None, None, found)

    @property
    def _since(self) -> int:
        return self.tests.scenario.week_of(self.attribution.since)

    @property
    def _noted(self) -> set[dt.date]:
        return days_noted([self.attribution.measure, *self.tests.file.measure.values()])

    def _model(self, drawn: Run, off: Sequence[Cause]) -> Insurgency:
        from ebbtide.model import Insurgency

        scenario = self.tests.scenario
        changed = {path: value for cause in off for path, value in cause.without.items()}
        values = {path: value for path, value in drawn.values.items() if path not in changed}
        world, led = lived_with(_changed(scenario, tuple(changed.items())), None, values)
        policy = acting_until(scenario, self._since, off, led)
        return Insurgency(world, rng=drawn.seed, policy=policy)

    def _measured(self, future: Insurgency, past: Lived) -> float:
        scenario, file = self.tests.scenario, self.tests.file
        weeks = last_week(scenario, self.attribution) - future.week
        lived = Lived.of(future, weeks, self._noted)
        lived.former = {**past.former, **lived.former}
        return self.attribution.measure.value(Measuring(lived, file.measure, file.periods))


@lru_cache(maxsize=1 << MOST_CAUSES)
def _changed(scenario: Scenario, changed: tuple[tuple[str, object], ...]) -> Scenario:
    return scenario.with_overrides(dict(changed))
