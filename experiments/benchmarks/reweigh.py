"""What another date asks of a bank of 20,000 runs: their weights anew, and what they then tell.

    uv run python experiments/benchmarks/reweigh.py [--runs 20000] [--repeat 5]

The shipped bank's runs, repeated to so many, are weighed by what was known at each of several dates, by
likelihood and by nearness, as `ebbtide posterior --as-of` does; the mark is 2 seconds of processor. Beside
it, in the same sitting, stands what living one run takes: a bank is there so that it is lived once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from ebbtide.calibration.by import By
from ebbtide.calibration.calibrate import open_bank
from ebbtide.calibration.posterior import Posterior, quantile
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario, load

BANK = Path("scenarios/khorasan/bank")
DATES = [dt.date(2016, month, 1) for month in (2, 5, 8, 11)]
OUTCOME = "fighters_at_cut"
MARK = 2.0  # seconds


def repeated(bank: Posterior, runs: int) -> Posterior:
    """The bank with its runs again and again, so that there are so many."""
    rows = np.resize(np.arange(len(bank.runs)), runs)
    return replace(bank, runs=bank.runs.iloc[rows].reset_index(drop=True))


def reweighed(bank: Posterior, repeat: int) -> float:
    """Seconds of processor a date, the median; what does not depend on a date is there already."""
    _ = bank.seen, bank.scores, bank.log_ratios
    taken = []
    for _ in range(repeat):
        for date in DATES:
            start = time.process_time()
            weights = bank.weigh(as_of=date).weights
            for at in (0.05, 0.5, 0.95):
                quantile(bank.seen[OUTCOME], weights, at)
            taken.append(time.process_time() - start)
    return statistics.median(taken)


def lived(scenario: Scenario, repeat: int) -> float:
    """Seconds of processor that one run takes, the median, without its tables."""
    Insurgency(scenario, rng=0).run_until(1)  # compiled
    taken = []
    for seed in range(repeat):
        start = time.process_time()
        Insurgency(scenario, rng=seed).run_until_end()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main() -> None:
    """Print a line a way of weighing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=5)
    asked = parser.parse_args()
    scenario = load("khorasan")
    a_run = lived(scenario, asked.repeat)
    for by in By:
        seconds = reweighed(repeated(open_bank(scenario, BANK, by), asked.runs), asked.repeat)
        print(
            f"by {by.value}: {asked.runs:,} runs weighed for another date in {seconds:.2f} s of "
            f"processor, what {seconds / a_run:.1f} runs take to live; the mark is {MARK:g} s"
        )


if __name__ == "__main__":
    main()
