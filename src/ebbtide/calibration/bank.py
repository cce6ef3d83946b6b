"""A bank: whole runs of a scenario in rounds, and of each what bears on publishers' statements.

A run is told by its number: nuisance draws and seed are those of that replication of the bank's base
seed, and its free quantities are a draw, keyed by base seed and number, from its round's proposal. So
a bank is resumed, extended and done again to the last bit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtr

from ebbtide.calibration.proposal import Proposal, log_prior
from ebbtide.evidence.lived import Lived
from ebbtide.scenario import Fault, Faults
from ebbtide.scenario.faults import listed, nearest
from ebbtide.scenario.library import lived_with
from ebbtide.study.design import Design, Run, Runs, seed_of
from ebbtide.study.focus import Focus
from ebbtide.study.metrics import METRICS, Metric, MetricValue, measure
from ebbtide.study.simulate import RunTables, Simulator, trajectory
from ebbtide.study.store import Refused, write_whole

if TYPE_CHECKING:
    from ebbtide.evidence.statement import Statement
    from ebbtide.scenario import Policy, Scenario

PROPOSALS = "proposals.json"


def free_paths(scenario: Scenario) -> tuple[str, ...]:
    """The quantities that the scenario frees. Raises Faults for what has no prior."""
    stated = scenario.file.calibration
    if stated is None:
        allowed = "a table [calibration] whose `free` lists quantities that have a prior"
        raise Faults([Fault(scenario.path.name, "calibration", "no such table", allowed)])
    known = scenario.uncertain_under()
    faults = [
        Fault(
            scenario.path.name, "calibration.free", f'"{path}"',
            f"a quantity with a prior of its own, such as {listed(known, 3)}", nearest(path, known),
        )
        for path in stated.free
        if path not in known or scenario.draw_of(path) != path
    ]  # fmt: skip
    if faults:
        raise Faults(faults)
    return stated.free


@dataclass(frozen=True)
class Bank(Runs):
    """The runs of a bank: `rounds` are how many each proposal draws, one after the other."""

    scenario: Scenario
    base_seed: int
    rounds: tuple[tuple[int, Proposal], ...]
    free: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Name what is free."""
        object.__setattr__(self, "free", free_paths(self.scenario))

    def __len__(self) -> int:
        return sum(number for number, _ in self.rounds)

    def made(self, run: int) -> Run:
        """A draw from the proposal of its round, with its replication's seed."""
        probabilities = ndtr(self.scores(run))
        known = self.scenario.uncertain_under()
        values = {
            path: known[path].quantile(float(at))
            for path, at in zip(self.free, probabilities, strict=True)
        }
        policy = self.scenario.policy.id
        return Run(run, policy, run, seed_of(self.base_seed, run), values)

    def scores(self, run: int) -> np.ndarray:
        """Where the free quantities of a run stand, in standard normal scores."""
        return self._proposal(run).draw(np.random.default_rng([self.base_seed, run]))

    def all_scores(self, runs: Sequence[int]) -> np.ndarray:
        """The same: a row a run."""
        return np.array([self.scores(run) for run in runs])

    def log_priors_over_proposals(self, scores: np.ndarray) -> np.ndarray:
        """The prior's density over that from which all rounds together draw: a row of scores a run.

        All rounds are one mixture, by how many runs each has (Veach and Guibas 1995; Owen and Zhou
        2000: the balance heuristic).
        """
        densities = [
            np.log(number / len(self)) + proposal.log_density(scores)
            for number, proposal in self.rounds
        ]
        return np.asarray(log_prior(scores) - np.logaddexp.reduce(densities, axis=0))

    def _proposal(self, run: int) -> Proposal:
        for number, proposal in self.rounds:
            if run < number:
                return proposal
            run -= number
        raise IndexError(run)

    def keep(self, folder: Path) -> None:
        """Write down the proposals, without which no run can be drawn again."""
        stated = [{"runs": number, **proposal.stated()} for number, proposal in self.rounds]
        write_whole(folder / PROPOSALS, json.dumps(stated).encode() + b"\n")

    @classmethod
    def kept(cls, scenario: Scenario, base_seed: int, folder: Path) -> Bank:
        """The bank whose proposals a folder holds; of no round where it holds none.

        Raises Refused for proposals that cannot be read: without them no run has a weight.
        """
        file = folder / PROPOSALS
        try:
            stated = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
            rounds = tuple((int(each["runs"]), Proposal.read(each)) for each in stated)
        except (ValueError, KeyError, TypeError):
            why = "damaged, and without it no run has a weight; make a new bank in another folder"
            raise Refused(f"{file}: {why}") from None
        return cls(scenario, base_seed, rounds)


@dataclass(frozen=True)
class Observer:
    """Lives a run of a bank and sees what bears on statements: a task that can be pickled."""

    scenario: Scenario
    policy: Policy
    base_seed: int
    statements: tuple[Statement, ...]

    modules = (*Simulator.modules, "ebbtide.calibration.bank")
    compile_ahead = staticmethod(Simulator.compile_ahead)

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """The numbers of a run, beside the columns of the statements."""
        return METRICS

    def __call__(self, run: Run) -> RunTables:
        """One run: no tables, only what is seen of it, and what came of it to its last week."""
        from ebbtide.model import Insurgency

        focus = Focus.of(self.scenario)
        values = nuisance(self.scenario, self.base_seed, run.replication) | dict(run.values)
        scenario, policy = lived_with(self.scenario, self.policy, values)
        model = Insurgency(scenario, rng=run.seed, policy=policy)
        weeks = self.scenario.week_of(max(each.last for each in self.statements))
        lived = Lived.of(model, weeks, {day for each in self.statements for day in each.days})
        seen: dict[str, MetricValue] = {}
        for statement in self.statements:
            seen |= statement.observe(lived)
        for _ in range(self.scenario.weeks - weeks):
            model.step()
        series = focus.with_moves_within(model.series(), model)
        lived_on = trajectory(series, focus, self.scenario, self.scenario.weeks)
        return RunTables(None, None, seen | measure(lived_on, METRICS))


def nuisance(scenario: Scenario, base_seed: int, replication: int) -> dict[str, Any]:
    """What a replication draws from the priors, free or not."""
    design = Design(scenario, (scenario.policy.id,), replication + 1, base_seed)
    return dict(design[replication].values)
