"""Draws of a posterior as a file: which runs of the bank, and where their free quantities stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.scenario.faults import counted
from ebbtide.scenario.posterior import BASE_SEED, CAME_OF_IT, DOUBT, MADE_WITH, RUN
from ebbtide.study.posterior import made_with
from ebbtide.study.store import write_whole

if TYPE_CHECKING:
    from ebbtide.calibration.posterior import Posterior


def write_draws(posterior: Posterior, number: int, file: Path) -> None:
    """Write so many draws, each a run of the bank: base seed, run, what came of it, free quantities.

    A run that weighs much is drawn more than once. Whole runs are kept and not their quantities alone:
    with fresh luck and nuisance draws they would forecast worse. Of weights that are not to be trusted
    every row says so.
    """
    import pandas as pd

    bank = posterior.bank
    made = made_with(bank.scenario)
    runs = posterior.runs.iloc[posterior.resampled(number)]
    doubt = {} if posterior.weighed.trusted else {DOUBT: _doubt(posterior)}
    rows = [
        {BASE_SEED: bank.base_seed, RUN: run, MADE_WITH: made, CAME_OF_IT: int(fighters), **doubt,
         **bank[run].values}
        for run, fighters in zip(runs["run"].tolist(), runs[CAME_OF_IT].tolist(), strict=True)
    ]  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, pd.DataFrame(rows).to_csv(index=False).encode())


def _doubt(posterior: Posterior) -> str:
    """What weights that are not to be trusted are worth."""
    weighed = posterior.weighed
    worth = counted(weighed.effective, "effective draw")
    if weighed.share_kept is None:
        return f"{worth}; {weighed.pareto_told}"
    return f"{worth}; {weighed.share_kept:.0%} of all runs kept as the nearest"
