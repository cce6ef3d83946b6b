"""Whether the record can tell a policy that nobody followed from the one that was.

    uv run python experiments/placebo.py [--runs 400] [--out results/placebo]

The same draws of the priors, with the same random numbers, are lived under the record and under each
policy as if it had been taken up then, and publishers say of every run what they would say of it. Of the
runs under the record and under one such policy those are kept that are nearest to what was said up to the
cut, by what tells the two apart (partial least squares, as for a posterior: docs/posterior.md). A policy
that the record cannot tell from its own has half of what is kept, one that it contradicts hardly any. By
summaries such a choice may be inconsistent (Robert, Cornuet, Marin and Pillai 2011). It goes on where it
stopped.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ebbtide.calibration.bank import Bank, Observer, nuisance
from ebbtide.calibration.calibrate import CalibrationAsked, read_posterior
from ebbtide.calibration.nearest import Nearest, was_said, would_be_said
from ebbtide.calibration.posterior import SEED
from ebbtide.calibration.proposal import Proposal
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.evidence.lived import Lived
from ebbtide.evidence.reading import read_statements
from ebbtide.model import Insurgency
from ebbtide.scenario import load, load_policy
from ebbtide.scenario.library import lived_with
from ebbtide.study.conduct import conduct
from ebbtide.study.design import Run
from ebbtide.study.executor import workers_here
from ebbtide.study.focus import Focus
from ebbtide.study.metrics import METRICS, measure
from ebbtide.study.simulate import RunTables, trajectory
from ebbtide.study.store import Store

RECORD = "record"
PLACEBOS = ["nothing", "finance-interdiction@2015-07-01", "offensive@2015-07-01"]
WORKERS = 1  # who does the runs knows no task of a script


@dataclass(frozen=True)
class Placebo(Observer):
    """Lives a draw under another policy than its bank's, to the last week that anybody speaks of."""

    def __call__(self, run: Run) -> RunTables:
        """One run; a policy without an act that has a quantity has no use for that quantity."""
        focus = Focus.of(self.scenario)
        known = self.scenario.uncertain_under(self.policy)
        drawn = nuisance(self.scenario, self.base_seed, run.replication) | dict(run.values)
        values = {path: value for path, value in drawn.items() if path in known}
        scenario, policy = lived_with(self.scenario, self.policy, values)
        model = Insurgency(scenario, rng=run.seed, policy=policy)
        weeks = self.scenario.week_of(max(each.last for each in self.statements))
        lived = Lived.of(model, weeks, {day for each in self.statements for day in each.days})
        seen: dict[str, float] = {}
        for statement in self.statements:
            seen |= statement.observe(lived)
        series = focus.with_moves_within(model.series(), model)
        return RunTables(
            None, None, seen | measure(trajectory(series, focus, scenario, weeks), METRICS)
        )


def main() -> None:
    """Live what is not kept yet, and print how the runs that are nearest part among the policies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--out", type=Path, default=Path("results/placebo"))
    asked = parser.parse_args()
    scenario = load("khorasan")
    statements = tuple(read_statements(scenario))
    fitted = Likelihood.of(statements).statements
    question = CalibrationAsked(scenario, "khorasan", asked.runs, 1, 1, 1)
    said = []
    for name in (RECORD, *PLACEBOS):
        folder = asked.out / name
        prior = Bank.kept(scenario, 1, folder)
        bank = replace(prior, rounds=((asked.runs, Proposal(len(prior.free))),))
        task = Placebo(scenario, load_policy(name, scenario), 1, statements)
        manifest = question.manifest(bank) | {"command": f"experiments/placebo.py: {name}"}
        with Store(folder, manifest) as store:
            bank.keep(folder)
            conduct(bank, store, workers_here(task, WORKERS, len(bank)), lambda _: None)
        said.append(would_be_said(fitted, read_posterior(bank, statements, folder).seen, SEED))
    record, *others = said
    told = was_said(fitted, SEED)
    for name, other in zip(PLACEBOS, others, strict=True):
        of_other = np.repeat([0.0, 1.0], [len(record), len(other)])
        near = Nearest(np.vstack([record, other]), of_other[:, None])
        weights = near.weights(told, np.ones(len(of_other)))
        share = float(weights @ of_other)
        error = 1.96 * np.sqrt(share * (1 - share) * np.square(weights).sum())
        print(f"{name}: {share:.0%} of what is kept ({share - error:.0%} to {share + error:.0%})")


if __name__ == "__main__":
    main()
