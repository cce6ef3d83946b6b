"""Scores inside the cut: each publication forecast from what was published some weeks before it.

The bank is weighed by what was known then, and by nothing later: a rolling origin. All is scored on
logs of what was said (with 1 added), since counts differ by orders of magnitude.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.calibration.baselines import BASELINES, history
from ebbtide.study.spread import INTERVAL

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.posterior import Posterior
    from ebbtide.evidence.statement import Statement

LEADS = (4, 12)  # weeks before a publication
DRAWS = 2000
OUTSIDE = 1.0 - (INTERVAL[1] - INTERVAL[0])
MODEL = "the model"


def rolling_scores(posterior: Posterior, since: dt.date) -> pd.DataFrame:
    """A row a statement known since a day, lead (weeks) and forecaster.

    Columns: `publisher`, `statement`, `known`, `lead`, `forecaster`, `said` (the middle), `low`, `median`
    and `high` of the forecast (its central interval), and of the logs `crps`, `log_score` (the lower the
    better), `interval_score` (of that interval), `inside` (of it) and `pit`; `effective` draws of the
    model's.
    """
    import pandas as pd

    rows = [
        row
        for statement in posterior.statements
        if statement.known >= since
        for lead in LEADS
        for row in _of_statement(posterior, statement, lead)
    ]
    return pd.DataFrame(rows)


def summed_up(scores: pd.DataFrame) -> pd.DataFrame:
    """Mean scores by lead and forecaster, over the statements that all forecasters speak of.

    `all_statements` is over all that the forecaster speaks of.
    """
    import pandas as pd

    found = []
    for lead, of_lead in scores.groupby("lead"):
        told = of_lead.pivot_table(index="statement", columns="forecaster", values="crps")
        common = of_lead[of_lead["statement"].isin(told.dropna().index)]
        for forecaster, rows in of_lead.groupby("forecaster"):
            shared = common[common["forecaster"] == forecaster]
            found.append(
                {
                    "lead": lead,
                    "forecaster": forecaster,
                    "statements": len(shared),
                    "crps": shared["crps"].mean(),
                    "log_score": shared["log_score"].mean(),
                    "interval_score": shared["interval_score"].mean(),
                    "inside": shared["inside"].mean(),
                    "all_statements": len(rows),
                    "crps_of_all": rows["crps"].mean(),
                    "inside_of_all": rows["inside"].mean(),
                }
            )
    return pd.DataFrame(found)


def _of_statement(
    posterior: Posterior, statement: Statement, lead: int
) -> Iterator[dict[str, Any]]:
    as_of = statement.known - dt.timedelta(weeks=lead)
    weighed = posterior.weigh(as_of=as_of)
    rows = posterior.resampled(DRAWS, 0, weighed.weights)
    drawn = posterior.said(statement, as_of=as_of)[rows]
    yield _scored(statement, lead, MODEL, drawn) | {"effective": weighed.effective}
    told = history(statement, posterior.statements, as_of)
    for name, forecast in BASELINES.items():
        normal = forecast(told, statement.last, statement.log_error)
        if normal is not None:
            logs = normal.mean + normal.sd * _standard_normal()
            yield _scored(statement, lead, name, np.exp(logs) * statement.days_counted)


def _standard_normal() -> np.ndarray:
    """As many draws as the model has, evenly laid."""
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(DRAWS) + 0.5) / DRAWS))


def _scored(statement: Statement, lead: int, forecaster: str, drawn: np.ndarray) -> dict[str, Any]:
    import scoringrules

    said, logs = np.log1p(statement.middle), np.log1p(np.maximum(drawn, 0.0))
    low, median, high = np.quantile(logs, (INTERVAL[0], 0.5, INTERVAL[1]))
    return {
        "publisher": statement.publisher,
        "statement": statement.words,
        "known": statement.known,
        "lead": lead,
        "forecaster": forecaster,
        "said": statement.middle,
        "low": float(np.expm1(low)),
        "median": float(np.expm1(median)),
        "high": float(np.expm1(high)),
        "crps": float(scoringrules.crps_ensemble(said, logs)),
        "log_score": float(scoringrules.logs_ensemble(said, _apart(logs))),
        "interval_score": float(scoringrules.interval_score(said, low, high, OUTSIDE)),
        "inside": bool(low <= said <= high),
        "pit": float((logs < said).mean() + 0.5 * (logs == said).mean()),
    }


def _apart(logs: np.ndarray) -> np.ndarray:
    """The draws, none so alike that no density can be laid over them."""
    jitter = 0.01 * np.random.default_rng(0).standard_normal(logs.size)
    return np.asarray(logs + jitter)
