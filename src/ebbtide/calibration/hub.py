"""Forecasts in the columns of the hubverse's model output, which its tools read.

A row is a quantile, or a draw (`sample`), of one count; columns that say which are its task ids
(docs.hubverse.io, "model output"). A folder `model-output` holds a folder a model, and in it a file a
day of forecasting, `<reference date>-<team>-<model>.csv`. The levels are the 23 that its hubs ask for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.scenario import Fault, Faults
from ebbtide.scenario.faults import listed, nearest

if TYPE_CHECKING:
    import pandas as pd

LEVELS = (0.01, 0.025, *(round(0.05 * step, 2) for step in range(1, 20)), 0.975, 0.99)
TASK = ("reference_date", "target", "horizon", "target_end_date", "location", "days", "publisher")
OUTPUT = ("output_type", "output_type_id", "value")
QUANTILE, SAMPLE = "quantile", "sample"
FOLDER = "model-output"
ANYBODY = "anybody"  # a publisher of whom nothing is known: his bias is as its prior has it
UNSAID = "nobody"  # the number itself, as the model has it, which nobody says


@dataclass(frozen=True)
class ForecastTask:
    """What is forecast: `days` are for how many days the number stands, 1 for one of a day."""

    reference_date: dt.date
    target: str
    target_end_date: dt.date
    location: str
    days: int
    publisher: str

    @property
    def horizon(self) -> int:
        """Whole weeks from the day of the forecast to the last day that it speaks of."""
        return round((self.target_end_date - self.reference_date).days / 7)

    def rows(
        self, kind: str, ids: Sequence[float] | Sequence[int], values: np.ndarray
    ) -> dict[str, Any]:
        """Columns of rows of one output type."""
        of_task = {name: getattr(self, name) for name in TASK}
        return {**of_task, "output_type": kind, "output_type_id": ids, "value": values}


def file_of(reference_date: dt.date, team: str, model: str) -> str:
    """Where below a forecast's folder a model's quantiles go."""
    named = f"{_plain(team)}-{_plain(model)}"
    return f"{FOLDER}/{named}/{reference_date}-{named}.csv"


def model_of(file: str) -> str:
    """Which model a file of quantiles is of."""
    return Path(file).parent.name


def _plain(name: str) -> str:
    """With letters, digits and `_` alone."""
    return re.sub(r"\W", "_", name)


def quantile_rows(tasks: Iterator[tuple[ForecastTask, np.ndarray]]) -> pd.DataFrame:
    """A table of quantiles: of each task the values at `LEVELS`."""
    import pandas as pd

    tables = [pd.DataFrame(task.rows(QUANTILE, LEVELS, values)) for task, values in tasks]
    return pd.concat(tables, ignore_index=True)


def sample_rows(tasks: Iterator[tuple[ForecastTask, np.ndarray]]) -> pd.DataFrame:
    """A table of draws: of each task one a draw, numbered alike in all tasks."""
    import pandas as pd

    tables = [pd.DataFrame(task.rows(SAMPLE, range(len(values)), values)) for task, values in tasks]
    return pd.concat(tables, ignore_index=True)


def read_quantiles(file: Path) -> dict[ForecastTask, np.ndarray]:
    """Of each task of a file the quantiles at `LEVELS`. Raises Faults."""
    import pandas as pd

    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise Faults([Fault(str(file), None, f"no proper CSV: {error}")]) from None
    known = (*TASK, *OUTPUT)
    faults = [
        Fault(str(file), column, "an unknown column", listed(known), nearest(column, known))
        for column in table.columns
        if column not in known
    ]
    faults += [
        Fault(str(file), column, "no such column", "this column is needed")
        for column in known
        if column not in table.columns
    ]
    if faults:
        raise Faults(faults)
    found: dict[ForecastTask, np.ndarray] = {}
    quantiles = table[table["output_type"] == QUANTILE]
    try:
        for of_task, rows in quantiles.groupby([*TASK], sort=False):
            task = _task(dict(zip(TASK, map(str, of_task), strict=True)))
            at = dict(
                zip(rows["output_type_id"].astype(float), rows["value"].astype(float), strict=True)
            )
            found[task] = np.array([at[level] for level in LEVELS])
    except (ValueError, KeyError) as error:
        allowed = f"dates, numbers, and quantiles at {len(LEVELS)} levels from {LEVELS[0]} to {LEVELS[-1]}"
        raise Faults([Fault(str(file), None, f"{error}", allowed)]) from None
    return found


def _task(cells: dict[str, str]) -> ForecastTask:
    return ForecastTask(
        dt.date.fromisoformat(cells["reference_date"]), cells["target"],
        dt.date.fromisoformat(cells["target_end_date"]), cells["location"], int(cells["days"]),
        cells["publisher"],
    )  # fmt: skip
