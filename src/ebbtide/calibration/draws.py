"""Draws of a posterior as a file: which runs of the bank, and where their free quantities stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.scenario.schema.posterior import RUN, SEED
from ebbtide.study.store import write_whole

if TYPE_CHECKING:
    from ebbtide.calibration.posterior import Posterior


def write_draws(posterior: Posterior, number: int, file: Path) -> None:
    """Write so many draws, each a run of the bank: base seed, run, and every free quantity.

    A run that weighs much is drawn more than once. Whole runs are kept and not their quantities alone:
    with fresh luck and nuisance draws they would forecast worse.
    """
    import pandas as pd

    bank = posterior.bank
    runs = [int(posterior.runs["run"].iloc[row]) for row in posterior.resampled(number)]
    rows = [{SEED: bank.base_seed, RUN: run, **bank[run].values} for run in runs]
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, pd.DataFrame(rows).to_csv(index=False).encode())
