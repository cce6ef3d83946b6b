"""Draws of a posterior as a file: which runs of the bank, and where their free quantities stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.scenario.faults import counted
from ebbtide.scenario.posterior import (
    BASE_SEED,
    CAME_OF_IT,
    DOUBT,
    MADE_WITH,
    RUN,
    PosteriorDraw,
    PosteriorDraws,
)
from ebbtide.study.posterior import stamp
from ebbtide.study.store import write_whole

if TYPE_CHECKING:
    from ebbtide.calibration.posterior import Posterior


def write_draws(posterior: Posterior, number: int, file: Path) -> None:
    """Write so many draws, each a run of the bank: base seed, run, what came of it, free quantities.

    A run that weighs much is drawn more than once. Whole runs are kept and not their quantities alone:
    with fresh luck and nuisance draws they would forecast worse. Every row says what all are of, and,
    where weights are not to be trusted, why.
    """
    import pandas as pd

    bank = posterior.bank
    runs = posterior.runs.iloc[posterior.resampled(number)]
    draws = tuple(
        PosteriorDraw(
            bank.base_seed, run, {path: float(value) for path, value in bank[run].values.items()},
            int(fighters),
        )
        for run, fighters in zip(runs["run"].tolist(), runs[CAME_OF_IT].tolist(), strict=True)
    )  # fmt: skip
    doubt = "" if posterior.weighed.trusted else _doubt(posterior)
    made = stamp(bank.scenario, PosteriorDraws(draws, "", "", doubt))
    rows = [
        {BASE_SEED: draw.base_seed, RUN: draw.run, MADE_WITH: made, CAME_OF_IT: draw.fighters_at_cut,
         **({DOUBT: doubt} if doubt else {}), **draw.values}
        for draw in draws
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
