"""What a thousand runs are worth: draws from the priors, draws in rounds, and pyABC's ABC-SMC.

    uv run --with pyabc python experiments/benchmarks/calibrate.py [SCENARIO] [--runs 1200] [--seed 1]

Every way lives as many runs of one scenario on the same machine and says what its weights are worth,
as effective draws (Kish) a thousand runs:

- by likelihood: draws from the priors alone (plain importance sampling), and in four rounds, each
  drawn where the ones before it agree with the record (`ebbtide calibrate`)
- within one distance of the record, the same for all: the same two, and pyABC's ABC-SMC with its own
  kernel and its own thresholds, its last population. The distance is that of `--by nearest`: what
  publishers would say, summed up by partial least squares fitted to the draws from the priors, and as
  wide as the fiftieth part of these that lies nearest

The draws from the priors fit the summary and set the distance, which can only serve them.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ebbtide.calibration.bank import Bank, Observer
from ebbtide.calibration.calibrate import CalibrationAsked, calibrate
from ebbtide.calibration.nearest import SHARE_KEPT, Nearest, was_said, would_be_said
from ebbtide.calibration.posterior import SEED, Posterior
from ebbtide.calibration.proposal import effective_draws
from ebbtide.evidence.reading import read_statements
from ebbtide.evidence.statement import Statement
from ebbtide.scenario import Scenario, load
from ebbtide.study.design import Run, seed_of

ROUNDS = 4
POPULATIONS = 6  # so many times a population is what pyABC may live
WORKERS = 2


@dataclass(frozen=True)
class Distance:
    """From the record, of what publishers would say of runs; `far` is as wide as is kept."""

    statements: tuple[Statement, ...]
    nearest: Nearest
    record: np.ndarray
    far: float

    @classmethod
    def of(cls, bank: Posterior) -> Distance:
        """Fitted to draws from the priors."""
        nearest = bank.nearest(bank.statements)
        record = nearest.summaries(was_said(bank.statements, SEED)).mean(axis=0)
        found = np.sqrt(np.square(nearest.of_runs - record).sum(axis=1))
        return cls(bank.statements, nearest, record, float(np.quantile(found, SHARE_KEPT)))

    def __call__(self, seen: dict[str, np.ndarray], seed: int) -> np.ndarray:
        """Of rows of what is seen of runs, told anew."""
        told = self.nearest.summaries(would_be_said(self.statements, seen, seed))
        return np.asarray(np.sqrt(np.square(told - self.record).sum(axis=1)))


@dataclass(frozen=True)
class Live:
    """A run with given scores of its free quantities, as pyABC asks for it, and how far it lies."""

    scenario: Scenario
    distance: Distance
    base_seed: int

    def __call__(self, scores: dict[str, float]) -> dict[str, float]:
        """The distance alone: all else of a run is thrown away."""
        known, free = self.scenario.uncertain_under(), Bank(self.scenario, 0, ()).free
        values = {
            path: known[path].quantile(float(ndtr(scores[f"score{at}"])))
            for at, path in enumerate(free)
        }
        number = int(np.random.default_rng().integers(10_000))  # whose nuisance draws and luck
        run = Run(number, self.scenario.policy.id, number, seed_of(self.base_seed, number), values)
        policy = self.scenario.policy
        seen = Observer(self.scenario, policy, self.base_seed, self.distance.statements)(run)
        numbers = pd.DataFrame([dict(seen.metrics)]).select_dtypes("number")
        rows = {str(name): numbers[name].to_numpy(float) for name in numbers}
        return {"distance": float(self.distance(rows, number)[0])}


def banked(scenario: Scenario, runs: int, rounds: int, seed: int) -> Posterior:
    """A bank of so many runs in all."""
    asked = CalibrationAsked(scenario, scenario.id, runs // rounds, rounds, float("inf"), seed)
    with tempfile.TemporaryDirectory() as folder:
        return calibrate(asked, Path(folder), WORKERS)


def near(bank: Posterior, distance: Distance) -> float:
    """Effective draws of a bank within the distance, by the weights that its proposals give."""
    weights = np.exp(bank.log_ratios) * (distance(dict(bank.seen), SEED) <= distance.far)
    return effective_draws(weights / weights.sum()) if weights.any() else 0.0


def by_pyabc(scenario: Scenario, distance: Distance, runs: int, seed: int) -> tuple[float, int]:
    """Effective draws of the last population within the distance, and how many runs were lived."""
    import pyabc

    free = Bank(scenario, 0, ()).free
    prior = pyabc.Distribution(**{f"score{at}": pyabc.RV("norm", 0, 1) for at in range(len(free))})
    sampler = pyabc.sampler.MulticoreEvalParallelSampler(n_procs=WORKERS)
    far = pyabc.FunctionDistance(lambda lived, record: lived["distance"] - record["distance"])
    abc = pyabc.ABCSMC(
        Live(scenario, distance, seed), prior, far, population_size=runs // POPULATIONS,
        sampler=sampler,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        abc.new(f"sqlite:///{folder}/runs.db", {"distance": 0.0})
        history = abc.run(
            max_total_nr_simulations=runs, minimum_epsilon=distance.far, min_acceptance_rate=0.02
        )
        last: Any = history.get_weighted_distances()
        lived = history.total_nr_simulations
    weights = last["w"].to_numpy() * (last["distance"].to_numpy() <= distance.far)
    return (effective_draws(weights / weights.sum()) if weights.any() else 0.0), lived


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="khorasan")
    parser.add_argument("--runs", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    scenario = load(asked.scenario)
    if not read_statements(scenario):
        parser.error(f"{asked.scenario} has no evidence")
    plain = banked(scenario, asked.runs, 1, asked.seed)
    distance = Distance.of(plain)
    adapted = banked(scenario, asked.runs, ROUNDS, asked.seed + 1)
    print(f"{asked.scenario}: effective draws a thousand runs (Pareto k)")
    for name, bank in (("priors alone", plain), (f"{ROUNDS} rounds", adapted)):
        thousand, weighed = len(bank.runs) / 1000, bank.weighed
        print(
            f"  {name:<14}{len(bank.runs):>7} runs   by likelihood {weighed.effective / thousand:6.1f}"
            f" ({weighed.pareto_k:.2f})   within the distance {near(bank, distance) / thousand:6.1f}"
        )
    effective, lived = by_pyabc(scenario, distance, asked.runs, asked.seed)
    print(
        f"  {'pyABC ABC-SMC':<14}{lived:>7} runs   {'':<27}   within the distance "
        f"{1000 * effective / lived:6.1f}"
    )


if __name__ == "__main__":
    main()
