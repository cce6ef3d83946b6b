"""Is a posterior to be trusted? Runs are published, calibrated back and found again, or not.

Each case is a run of the bank whose publications are drawn anew; it is answered by all other runs. Where
the truth stands in its own posterior is then uniform, if the method is sound (simulation-based
calibration: Talts, Betancourt, Simpson, Vehtari and Gelman 2018), and intervals hold it as often as they
say. Over all runs of the priors that says little of a corner of them, so that it is asked as well of the
runs whose new publications lie as near to the record as those of the runs that are kept for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.calibration.nearest import was_said, would_be_said
from ebbtide.calibration.posterior import ERRORS_APART, OUTCOMES_TOLD, SEED, Posterior
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.study.spread import INTERVAL

if TYPE_CHECKING:
    import pandas as pd

CASES = 300
LEVELS_HELD = (0.5, 0.8, round(INTERVAL[1] - INTERVAL[0], 6))  # of central intervals


def ranks(
    posterior: Posterior, cases: int = CASES, seed: int = 1, *, near_record: bool = False
) -> pd.DataFrame:
    """Where the truth stands in its own posterior, 0 to 1: a row a case, a column what is told.

    `near_record` takes the cases from the runs whose new publications lie near to the record.
    """
    import pandas as pd

    statements = Likelihood.of(posterior.statements).statements
    nearest = posterior.nearest(statements)
    said = would_be_said(statements, posterior.seen, SEED + seed)
    importance = np.exp(posterior.log_ratios)
    chance = importance / importance.sum()
    if near_record:
        chance = nearest.weights_of_others(said, was_said(statements, SEED), importance)
    number = min(cases, int(np.count_nonzero(chance)))
    drawn = np.random.default_rng(seed).choice(len(chance), number, replace=False, p=chance)
    found = []
    for case in drawn:
        weights = nearest.weights(said[[case]], importance, without=int(case))
        below = weights @ (nearest.told < nearest.told[case])
        ties = weights @ (nearest.told == nearest.told[case])
        found.append(below + 0.5 * ties)
    return pd.DataFrame(found, columns=[*posterior.bank.free, *OUTCOMES_TOLD])


def coverage(ranked: pd.DataFrame) -> pd.DataFrame:
    """Of each quantity and outcome: how often central intervals hold the truth.

    Columns: one a level (the share of the cases, as `50%`), `uniform` (the chance of ranks less even than
    these, were they even: Kolmogorov and Smirnov), `kept` (no coverage is off its level by more than
    three Monte Carlo errors).
    """
    import pandas as pd
    from scipy import stats

    rows = []
    for name in ranked.columns:
        ranks_of = ranked[name].to_numpy()
        row: dict[str, Any] = {"quantity": name}
        kept = True
        for level in LEVELS_HELD:
            share = float((np.abs(ranks_of - 0.5) <= level / 2).mean())
            error = np.sqrt(level * (1 - level) / len(ranked))
            kept &= bool(abs(share - level) <= ERRORS_APART * error)
            row[f"{level:.0%}"] = share
        rows.append(
            row | {"uniform": float(stats.kstest(ranks_of, "uniform").pvalue), "kept": kept}
        )
    return pd.DataFrame(rows)
