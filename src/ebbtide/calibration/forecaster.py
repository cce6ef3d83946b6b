"""Living the draws of a posterior to the scenario's end, to see what publishers may say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ebbtide.evidence.lived import Lived
from ebbtide.scenario.library import lived_with
from ebbtide.scenario.posterior import CAME_OF_IT
from ebbtide.study.design import Design, Run, seed_of
from ebbtide.study.simulate import RunTables, Simulator, free
from ebbtide.study.store import Refused

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.evidence.statement import Statement
    from ebbtide.scenario import Scenario
    from ebbtide.scenario.posterior import PosteriorDraws


class AlsoMeasured(Protocol):
    """What else is measured of a run."""

    @property
    def days(self) -> Collection[dt.date]:
        """Days on which a run must note who its fighters were."""

    def of(self, lived: Lived) -> Mapping[str, float]:
        """The numbers of a run, by name."""


@dataclass(frozen=True)
class Forecaster:
    """A task of runs: each of some draws to the scenario's end, and what is seen of it.

    A draw that is there several times is lived once. `seed` says which draws, where not all are asked.
    """

    scenario: Scenario
    draws: PosteriorDraws
    asked: int
    seed: int
    statements: tuple[Statement, ...]
    measured: AlsoMeasured | None = None

    modules = (*Simulator.modules, "ebbtide.calibration.forecaster")
    compile_ahead = staticmethod(Simulator.compile_ahead)

    @cached_property
    def design(self) -> Design:
        """A draw a replication."""
        scenario = self.scenario
        return Design(scenario, (scenario.policy.id,), self.asked, self.seed, posterior=self.draws)

    @cached_property
    def lived_once(self) -> np.ndarray:
        """For each draw, in which run it is lived."""
        first: dict[int, int] = {}
        return np.array([first.setdefault(run.seed, run.replication) for run in self.design])

    def runs(self) -> Iterator[Run]:
        """Every run that is lived, by the first draw that it is."""
        for number, draw in enumerate(np.unique(self.lived_once).tolist()):
            yield Run(number, "forecast", draw, draw)

    def refuse_others(self, seen: pd.DataFrame) -> None:
        """Raise Refused where draws are no longer the runs that they were, by what came of them."""
        came = {
            seed_of(draw.base_seed, draw.run): draw.fighters_at_cut for draw in self.draws.draws
        }
        told = [came[run.seed] for run in self.design]
        others = sum(
            was is not None and round(now) != was
            for was, now in zip(told, seen[CAME_OF_IT], strict=True)
        )
        if others:
            why = (
                "no longer the runs that they were: another machine, or other versions of what runs"
            )
            raise Refused(f"{others} of {len(told)} draws are {why}")

    def __call__(self, run: Run) -> RunTables:
        """One run: no tables, only what is seen of it."""
        from ebbtide.model import Insurgency

        drawn = self.design[run.replication]
        scenario, policy = lived_with(self.scenario, None, drawn.values)
        model = Insurgency(scenario, rng=drawn.seed, policy=policy)
        try:
            days = {day for each in self.statements for day in each.days}
            also = () if self.measured is None else self.measured.days
            lived = Lived.of(model, self.scenario.weeks, {*days, *also})
            seen: dict[str, float] = {}
            for statement in self.statements:
                seen |= statement.observe(lived)
            if self.measured is not None:
                seen |= self.measured.of(lived)
            if self.scenario.file.cut is not None:
                week = self.scenario.week_of(self.scenario.file.cut)
                seen[CAME_OF_IT] = float(lived.of_groups(["fighters"]).iloc[week])
            return RunTables(None, None, seen)
        finally:
            free(model)
