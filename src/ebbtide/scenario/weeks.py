"""Dates as weeks: which week holds a day, and in which weeks something is lived."""

from __future__ import annotations

import datetime as dt
import math

from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.groups import Alliance
from ebbtide.scenario.schema.policy import Act
from ebbtide.scenario.schema.table import Table

A_WEEK = dt.timedelta(weeks=1)
A_YEAR = 52  # weeks


def weeks_between(start: dt.date, date: dt.date) -> int:
    """The weeks that must pass from `start` until `date` is reached; 0 when it is not later."""
    return max(0, math.ceil((date - start) / A_WEEK))


def week_felt(start: dt.date, date: dt.date) -> int:
    """The week in which what has a date is felt: that which holds it, the first for the start."""
    return max(1, weeks_between(start, date))


def as_they_come[Kind: Table](file: ScenarioFile, kind: type[Kind]) -> list[tuple[str, Kind]]:
    """The events of a kind, with their ids, by week; those of one week in the file's order."""
    found = [(name, event) for name, event in file.events.items() if isinstance(event, kind)]
    return sorted(found, key=lambda each: week_felt(file.start, file.events[each[0]].date))


def tie_begins(file: ScenarioFile, tie: Alliance) -> int:
    """The first week in which an ally may send anything."""
    return week_felt(file.start, tie.start or file.start)


def in_force(act: Act, file: ScenarioFile) -> range:
    """The weeks of a scenario in which an act moves its lever; empty if it stops where it starts."""
    first = week_felt(file.start, act.start)
    if LEVERS[act.kind].at_start_only:
        return range(first, first + 1)
    if act.stop is None:
        return range(first, weeks_between(file.start, file.end) + 1)
    return range(first, weeks_between(file.start, act.stop))
