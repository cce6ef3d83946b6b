"""How good a forecast of one statement is, by a library; and forecasters beside each other.

All is scored on logs of what was said (with 1 added), since counts differ by orders of magnitude.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.calibration.nearest import on_scale
from ebbtide.study.spread import INTERVAL

if TYPE_CHECKING:
    import pandas as pd

DRAWS_SCORED = 2000  # of a forecast that is given as a distribution
OUTSIDE = 1.0 - (INTERVAL[1] - INTERVAL[0])


def evenly_laid() -> np.ndarray:
    """Levels of a distribution's quantiles that stand for draws of it."""
    return (np.arange(DRAWS_SCORED) + 0.5) / DRAWS_SCORED


def scored(said: float, drawn: np.ndarray) -> dict[str, Any]:
    """A forecast, given as draws, held against what was said.

    `said`, `low`, `median` and `high` (the forecast's central interval); of the logs `crps`, `log_score`
    (the lower the better), `interval_score` (of that interval), `inside` (of it) and `pit`.
    """
    import scoringrules

    told, logs = np.log1p(said), on_scale(drawn)
    low, median, high = np.quantile(logs, (INTERVAL[0], 0.5, INTERVAL[1]))
    return {
        "said": said,
        "low": float(np.expm1(low)),
        "median": float(np.expm1(median)),
        "high": float(np.expm1(high)),
        "crps": float(scoringrules.crps_ensemble(told, logs)),
        "log_score": _log_score(told, logs),
        "interval_score": float(scoringrules.interval_score(told, low, high, OUTSIDE)),
        "inside": bool(low <= told <= high),
        "pit": float((logs < told).mean() + 0.5 * (logs == told).mean()),
    }


def beside_each_other(scores: pd.DataFrame) -> pd.DataFrame:
    """Mean scores, a row a forecaster, over the statements that all forecasters speak of.

    `all_statements`, `crps_of_all` and `inside_of_all` are over all that the forecaster speaks of.
    """
    import pandas as pd

    keys = ["publisher", "statement"]
    told = scores.pivot_table(index=keys, columns="forecaster", values="crps")
    common = scores.set_index(keys).loc[told.dropna().index]
    found = []
    for forecaster, rows in scores.groupby("forecaster"):
        shared = common[common["forecaster"] == forecaster]
        means = shared[["crps", "log_score", "interval_score", "inside"]].mean()
        found.append(
            {
                "forecaster": forecaster,
                "statements": len(shared),
                **{str(name): mean for name, mean in means.items()},
                "all_statements": len(rows),
                "crps_of_all": rows["crps"].mean(),
                "inside_of_all": rows["inside"].mean(),
            }
        )
    return pd.DataFrame(found)


def _log_score(told: float, logs: np.ndarray) -> float:
    """The log score; infinite, and without a warning, of what no forecast is anywhere near."""
    import scoringrules

    with np.errstate(divide="ignore"):
        return float(scoringrules.logs_ensemble(told, _apart(logs)))


def _apart(logs: np.ndarray) -> np.ndarray:
    """The draws, none so alike that no density can be laid over them."""
    jitter = 0.01 * np.random.default_rng(0).standard_normal(logs.size)
    return np.asarray(logs + jitter)
