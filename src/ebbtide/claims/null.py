"""The null model: one curve for the fighters of one group, all else in proportion to it.

The curve is fitted to figures. There is no other group, no place, no force and no cause.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

COLUMNS = ["date", "low", "high", "publisher", "counts"]  # of figures of strength, which it reads


class NullModel:
    """From nothing at the founding straight to the first figure, then through the later ones.

    A figure with a range counts with its upper end where it is the first, as later ones count down
    from it, else with its middle, and only if it is narrow (less than twofold). Between figures the
    curve is straight in logs.
    """

    def __init__(
        self, strength: pd.DataFrame, publisher: str, counts: str, founded: dt.date
    ) -> None:
        strength = strength[COLUMNS]
        own = strength[strength["publisher"] == publisher]
        rows = own[own["counts"] == counts]
        rows = rows[rows["high"] < 2 * rows["low"] + 1]
        first = own.sort_values("date").iloc[0]
        self._founded = pd.Timestamp(founded)
        self._days = np.array(
            [self._day(first["date"]), *(self._day(day) for day in rows["date"])], float
        )
        self._logs = np.log([first["high"], *((rows["low"] + rows["high"]) / 2)])

    def _day(self, date: object) -> float:
        return float((pd.Timestamp(date) - self._founded).days)  # type: ignore[arg-type]

    def at(self, date: str | dt.date) -> float:
        """Fighters on a day; after the last figure, at the pace of the whole fall."""
        day = self._day(date)
        if day <= 0:
            return 0.0
        if day < self._days[0]:
            return float(np.exp(self._logs[0]) * day / self._days[0])
        if day > self._days[-1]:
            pace = (self._logs[-1] - self._logs[0]) / (self._days[-1] - self._days[0])
            return float(np.exp(self._logs[-1] + pace * (day - self._days[-1])))
        return float(np.exp(np.interp(day, self._days, self._logs)))

    def total(self, first: dt.date, last: dt.date) -> float:
        """Fighter-weeks from the first day to the last."""
        return sum(self.at(day.date()) for day in pd.date_range(first, last, freq="7D"))
