"""A second method on the shipped bank: a neural posterior, judged by coverage and by exact weights.

    uv run --with "bayesflow>=2.1" --with jax python experiments/benchmarks/neural_posterior.py

A normalizing flow (BayesFlow) learns from the runs of `scenarios/khorasan/bank` where free quantities
stand, and what comes of a run, given what publishers would say of it. It is asked

- how often its intervals hold the truth of runs that it has not learned from, beside `--by nearest`
- what it says of the outcomes given the record, beside the same
- what it is worth as a proposal: so many runs are drawn from it, a tenth of them from the priors, and
  weighed by their likelihood (Dax and others 2023: neural importance sampling), beside as many of the
  bank, which are draws from the priors. Luck and nuisance draws of each run are its own
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ebbtide.calibration.bank import Observer
from ebbtide.calibration.by import By
from ebbtide.calibration.calibrate import open_bank
from ebbtide.calibration.nearest import outcomes, was_said, would_be_said
from ebbtide.calibration.posterior import OUTCOMES_TOLD, SEED, Posterior, Weighed, quantile
from ebbtide.calibration.proposal import OF_PRIOR, log_prior
from ebbtide.calibration.recovery import coverage, ranks
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.scenario import load
from ebbtide.study.design import Run, seed_of

BANK = Path("scenarios/khorasan/bank")
SAYINGS = 16  # ways to say what ranges leave open, which draws are proposed for
OTHER_SEED = 1_000_003  # of runs that no bank has
HELD_OUT = 2_000
WORKERS = 2


class Flow:
    """What rows of what is said let one expect of rows of numbers."""

    def __init__(self, told: np.ndarray, said: np.ndarray, epochs: int) -> None:
        """Learn from all rows given, each on the scale of its own spread."""
        os.environ.setdefault("KERAS_BACKEND", "jax")
        import bayesflow as bf

        self._middle = said.mean(axis=0)
        self._spread = np.maximum(said.std(axis=0), 1e-9)
        self._low, self._high = said.min(axis=0), said.max(axis=0)
        self._workflow = bf.BasicWorkflow(
            inference_network=bf.networks.CouplingFlow(transform="spline"),
            inference_variables=["told"], inference_conditions=["said"],
        )  # fmt: skip
        learned, watched = np.split(np.arange(len(told)), [int(0.9 * len(told))])
        given = self._conditions(said)
        self._workflow.fit_offline(
            {"told": told[learned], "said": given[learned]}, epochs=epochs, batch_size=128,
            validation_data={"told": told[watched], "said": given[watched]}, verbose=0,
        )  # fmt: skip

    def _conditions(self, said: np.ndarray) -> np.ndarray:
        within = np.clip(said, self._low, self._high)
        return np.asarray((within - self._middle) / self._spread)

    def sample(self, said: np.ndarray, number: int) -> np.ndarray:
        """So many draws for each row of what was said: row, draw, number told."""
        given = {"said": self._conditions(said)}
        found = self._workflow.sample(num_samples=number, conditions=given, seed=SEED)["told"]
        return np.asarray(found, dtype=float)

    def log_density(self, told: np.ndarray, said: np.ndarray) -> np.ndarray:
        """Of rows of numbers, each row of what was said as likely."""
        of_rows = []
        for row in self._conditions(said):
            given = {"told": told, "said": np.repeat(row[None], len(told), axis=0)}
            of_rows.append(np.asarray(self._workflow.log_prob(given)).ravel())
        return np.asarray(np.logaddexp.reduce(of_rows, axis=0) - np.log(len(said)))


def lived(observer: Observer, free: tuple[str, ...], at: tuple[int, np.ndarray]) -> dict[str, Any]:
    """What is seen of a run of a number, with given scores of its free quantities."""
    number, scores = at
    known = observer.scenario.uncertain_under()
    values = {
        path: known[path].quantile(float(ndtr(score)))
        for path, score in zip(free, scores, strict=True)
    }
    seed = seed_of(OTHER_SEED, number)
    return dict(observer(Run(number, observer.policy.id, number, seed, values)).metrics)


def proposed(bank: Posterior, flow: Flow, said: np.ndarray, runs: int) -> Weighed:
    """The weights of so many runs whose quantities the flow draws."""
    free, scenario = bank.bank.free, bank.bank.scenario
    random = np.random.default_rng(SEED)
    drawn = flow.sample(said, -(-runs // len(said))).reshape(-1, len(free))[:runs]
    scores = np.where(random.random(runs)[:, None] < OF_PRIOR, random.standard_normal(drawn.shape),
                      drawn)  # fmt: skip
    observer = Observer(scenario, scenario.policy, OTHER_SEED, bank.statements)
    with ProcessPoolExecutor(WORKERS, get_context("forkserver")) as pool:
        live = partial(lived, observer, free)
        seen = pd.DataFrame(list(pool.map(live, enumerate(scores), chunksize=20)))
    density = np.logaddexp(
        np.log(1 - OF_PRIOR) + flow.log_density(scores, said), np.log(OF_PRIOR) + log_prior(scores)
    )
    ratios = log_prior(scores) - density
    _tell_mean(np.exp(ratios))
    return weigh(bank, columns(seen), ratios)


def _tell_mean(ratios: np.ndarray) -> None:
    """Print the mean of prior over proposal at its draws: 1, or a density is not what it says."""
    error = ratios.std() / np.sqrt(ratios.size)
    print(f"prior over proposal: mean {ratios.mean():.3f} (± {error:.3f}), which should be 1")


def columns(seen: pd.DataFrame) -> Mapping[str, np.ndarray]:
    """What is seen of runs, in 32 bits as banks are weighed."""
    return {str(name): seen[name].to_numpy(np.float32).astype(float)
            for name in seen.columns if seen[name].dtype.kind in "fiu"}  # fmt: skip


def weigh(bank: Posterior, seen: Mapping[str, np.ndarray], log_ratios: np.ndarray) -> Weighed:
    """Weights by likelihood of runs of which this is seen."""
    from arviz_stats.base import array_stats  # type: ignore[attr-defined]

    log_weights = log_ratios + Likelihood.of(bank.statements).of_runs(seen)
    total = np.logaddexp.reduce(log_weights)
    _, k = array_stats.psislw(total - log_weights)  # type: ignore[no-untyped-call]
    return Weighed(np.exp(log_weights - total), log_weights, float(k), None)


def held_out_ranks(flow: Flow, told: np.ndarray, said: np.ndarray, cases: int) -> np.ndarray:
    """Where the truth stands in what the flow draws for its own publications: a row a case."""
    drawn = flow.sample(said[:cases], 400)
    return np.asarray((drawn < told[:cases, None, :]).mean(axis=1))


def as_posterior(
    bank: Posterior, said: np.ndarray, record: np.ndarray, cases: int, epochs: int
) -> None:
    """Print how often its intervals hold the truth, and what it says of the outcomes."""
    came = outcomes(bank.seen, OUTCOMES_TOLD)
    told = np.hstack([bank.scores, came])
    kept = np.random.default_rng(SEED).permutation(len(told))
    learned, apart = kept[HELD_OUT:], kept[:HELD_OUT]
    flow = Flow(told[learned], said[learned], epochs)

    of_flow = held_out_ranks(flow, told[apart], said[apart], cases)
    names = [*bank.bank.free, *OUTCOMES_TOLD]
    for way, ranked in (
        ("flow", pd.DataFrame(of_flow, columns=names)),
        ("nearest", ranks(bank, cases)),
    ):
        held = coverage(ranked)
        levels = [name for name in held.columns if name.endswith("%")]
        told_levels = ", ".join(f"{name} {held[name].mean():.3f}" for name in levels)
        print(f"{way}: intervals hold the truth {told_levels}; all within error: "
              f"{int(held['kept'].sum())} of {len(held)}")  # fmt: skip
    drawn = flow.sample(record, 400)[:, :, -len(OUTCOMES_TOLD) :].reshape(-1, len(OUTCOMES_TOLD))
    for at, name in enumerate(OUTCOMES_TOLD):
        values = np.maximum(np.expm1(drawn[:, at]), 0.0)
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        weights, exact = bank.weighed.weights, bank.seen[name]
        others = [quantile(exact, weights, level) for level in (0.05, 0.5, 0.95)]
        print(f"{name}: flow {middle:,.0f} ({low:,.0f} to {high:,.0f}), nearest "
              f"{others[1]:,.0f} ({others[0]:,.0f} to {others[2]:,.0f})")  # fmt: skip


def as_proposal(
    bank: Posterior, said: np.ndarray, record: np.ndarray, runs: int, epochs: int
) -> None:
    """Print what runs that it proposes are worth by their likelihood, beside as many of the priors."""
    _tell(f"the {len(said)} of the bank", [weigh(bank, bank.seen, bank.log_ratios)])
    _tell(f"parts of it, of {runs} each", in_parts(bank, runs))
    of_quantities = Flow(bank.scores, said, epochs)
    by_flow = proposed(bank, of_quantities, record, runs)
    _tell(f"{runs} runs that the flow proposes", [by_flow])


def in_parts(bank: Posterior, runs: int) -> list[Weighed]:
    """The weights of the bank's runs, in parts of so many: few runs look better than they are."""
    starts = range(0, len(bank.log_ratios) - runs + 1, runs)
    seen = {name: np.asarray(each) for name, each in bank.seen.items()}
    return [
        weigh(bank, {name: each[first : first + runs] for name, each in seen.items()},
              bank.log_ratios[first : first + runs])
        for first in starts
    ]  # fmt: skip


def _tell(way: str, of: list[Weighed]) -> None:
    """Print effective draws a thousand runs and Pareto k, in the mean of several."""
    worth = [1000 * each.effective / len(each.weights) for each in of]
    k = [float("nan") if each.pareto_k is None else each.pareto_k for each in of]
    print(f"by likelihood, {way}: {np.mean(worth):.1f} effective draws a thousand "
          f"({min(worth):.1f} to {max(worth):.1f}; Pareto k {np.mean(k):.2f})")  # fmt: skip


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--part", choices=("posterior", "proposal"), help="one of the two alone")
    asked = parser.parse_args()
    bank = open_bank(load("khorasan"), BANK, By.NEAREST)
    statements = Likelihood.of(bank.statements).statements
    said, record = would_be_said(statements, bank.seen, SEED), was_said(statements, SEED)
    if asked.part != "proposal":
        as_posterior(bank, said, record, asked.cases, asked.epochs)
    if asked.part != "posterior":
        as_proposal(bank, said, record[:SAYINGS], asked.runs, asked.epochs)


if __name__ == "__main__":
    main()
