"""What a policy is to reach, and what it must not exceed: read from what a user types."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison.outcomes import SERIES
from ebbtide.scenario.faults import Fault, Faults, listed, nearest, shown
from ebbtide.world.outcomes import OUTCOMES

if TYPE_CHECKING:
    from ebbtide.comparison.lived import LivedRuns
    from ebbtide.scenario import Scenario

FORM = '"OUTCOME < NUMBER by DATE", such as "fighters < 500 by 2018-06-30"'
_WRITTEN = re.compile(r"\s*(\w+)\s*([<>])\s*([\d.,]+)\s+by\s+(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Goal:
    """That a weekly outcome of the focus is under (or over) a number in the week of a date.

    It is reached if at least the share `probability` of replications reaches it.
    """

    outcome: str
    under: bool
    number: float
    date: dt.date
    probability: float

    @classmethod
    def read(cls, written: str, probability: float, scenario: Scenario) -> Goal:
        """A goal as it is typed. Raises Faults."""
        parts = _WRITTEN.fullmatch(written)
        try:
            if parts is None:
                raise ValueError
            number, date = float(parts[3].replace(",", "")), dt.date.fromisoformat(parts[4])
        except ValueError:
            raise Faults([Fault("goal", None, shown(written), FORM)]) from None
        faults = []
        if parts[1] not in SERIES:
            near = nearest(parts[1], SERIES)
            faults.append(Fault("goal", None, shown(parts[1]), listed(SERIES, 20), near))
        first, last = scenario.file.start, scenario.file.end
        if not first < date <= last:
            allowed = f"a date after {first} and not after {last}, the scenario's end"
            faults.append(Fault("goal", None, date.isoformat(), allowed))
        if faults:
            raise Faults(faults)
        return cls(parts[1], parts[2] == "<", number, date, probability)

    def reached(self, lived: LivedRuns) -> np.ndarray:
        """By replication and policy, whether it is."""
        dates, series = lived.weekly([self.outcome])
        week = int(np.searchsorted(dates, np.datetime64(self.date)))
        values = series[self.outcome][:, :, min(week, len(dates) - 1)]
        found: np.ndarray = values < self.number if self.under else values > self.number
        return found

    def __str__(self) -> str:
        sign = "under" if self.under else "over"
        return (
            f"{self.outcome} {sign} {self.number:,g} {OUTCOMES[self.outcome].unit} in the week of "
            f"{self.date}, with a probability of {self.probability:.0%}"
        )
