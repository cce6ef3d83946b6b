"""Scores inside the cut: each publication forecast from what was published some weeks before it.

The bank is weighed by what was known then, and by nothing later: a rolling origin.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri

from ebbtide.calibration.baselines import BASELINES, history
from ebbtide.calibration.scored import DRAWS_SCORED, beside_each_other, evenly_laid, scored

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.posterior import Posterior
    from ebbtide.evidence.statement import Statement

LEADS = (4, 12)  # weeks before a publication
MODEL = "the model"


def rolling_scores(posterior: Posterior, since: dt.date) -> pd.DataFrame:
    """A row a statement known since a day, lead (weeks) and forecaster.

    Columns: `publisher`, `statement`, `known`, `lead`, `forecaster`, those of `scored` (`said` is the
    middle), and `effective` draws of the model's.
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
    """The forecasters beside each other, lead by lead (`beside_each_other`)."""
    import pandas as pd

    return pd.concat(
        [beside_each_other(rows).assign(lead=lead) for lead, rows in scores.groupby("lead")],
        ignore_index=True,
    )


def _of_statement(
    posterior: Posterior, statement: Statement, lead: int
) -> Iterator[dict[str, Any]]:
    as_of = statement.known - dt.timedelta(weeks=lead)
    weighed = posterior.weigh(as_of=as_of)
    rows = posterior.resampled(DRAWS_SCORED, 0, weighed.weights)
    drawn = posterior.said(statement, as_of=as_of)[rows]
    yield _scored(statement, lead, MODEL, drawn) | {"effective": weighed.effective}
    told = history(statement, posterior.statements, as_of)
    for name, forecast in BASELINES.items():
        normal = forecast(told, statement.last, statement.log_error)
        if normal is not None:
            logs = normal.mean + normal.sd * ndtri(evenly_laid())
            yield _scored(statement, lead, name, np.exp(logs) * statement.days_counted)


def _scored(statement: Statement, lead: int, forecaster: str, drawn: np.ndarray) -> dict[str, Any]:
    return {
        "publisher": statement.publisher,
        "statement": statement.words,
        "known": statement.known,
        "lead": lead,
        "forecaster": forecaster,
        **scored(statement.middle, drawn),
    }
