"""Naive forecasts of what will be published: what any model has to beat.

All are log-normal, and rest on what was published of the same thing before: the same count, in the same
places, by whomever. Counts of a period are compared as counts a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ebbtide.evidence.casualties import Casualties
from ebbtide.evidence.ground import DistrictsHeld
from ebbtide.evidence.killed import Killed
from ebbtide.evidence.losses import Losses
from ebbtide.evidence.statement import Statement
from ebbtide.evidence.strength import Strength

A_WEEK = 0.05  # guess: a group's log strength moves by so much in a week, as a random walk
LEAST = 0.5  # stands for none in logs


@dataclass(frozen=True)
class PublishedBefore:
    """Something that was published: until when, and its log, a day where it is of a period."""

    day: dt.date
    log: float


@dataclass(frozen=True)
class Normal:
    """A forecast of a log."""

    mean: float
    sd: float


Baseline = Callable[[Sequence[PublishedBefore], dt.date, float], Normal | None]


def history(
    target: Statement, statements: Sequence[Statement], as_of: dt.date
) -> list[PublishedBefore]:
    """What was known by a day of the same thing as a statement tells, the oldest first."""
    same = [each for each in statements if _what(each) == _what(target) and each.known <= as_of]
    told = [
        PublishedBefore(each.last, np.log(max(each.middle, LEAST) / days_of(each))) for each in same
    ]
    return sorted(told, key=lambda each: each.day)


def error_of(target: Statement) -> float:
    """The standard deviation of the log of what one such count has for an error."""
    if isinstance(target, Strength):
        return target.count_error
    if isinstance(target, Killed):
        return target.killed_error
    if isinstance(target, Casualties):
        return 1.0  # guess: one attack makes half of a period's sum
    if isinstance(target, Losses):
        return target.losses_error
    if isinstance(target, DistrictsHeld):
        return target.district_error / max(target.middle, 1.0)
    return 0.3  # guess, of a share or a number of places


def persistence(told: Sequence[PublishedBefore], day: dt.date, error: float) -> Normal | None:
    """As the last one was."""
    return Normal(told[-1].log, error * np.sqrt(2.0)) if told else None


def random_walk(told: Sequence[PublishedBefore], day: dt.date, error: float) -> Normal | None:
    """As the last one was, the less surely the longer ago."""
    if not told:
        return None
    weeks = max((day - told[-1].day).days / 7.0, 0.0)
    return Normal(told[-1].log, float(np.sqrt(2.0 * error**2 + weeks * A_WEEK**2)))


def drift(told: Sequence[PublishedBefore], day: dt.date, error: float) -> Normal | None:
    """On the line from the first to the last one."""
    if len(told) < 2 or told[0].day == told[-1].day:
        return None
    slope = (told[-1].log - told[0].log) / (told[-1].day - told[0].day).days
    ahead = (day - told[-1].day).days
    walk = random_walk(told, day, error)
    assert walk is not None
    return Normal(told[-1].log + slope * ahead, walk.sd)


def null_model(told: Sequence[PublishedBefore], day: dt.date, error: float) -> Normal | None:
    """On one exponential curve through all of them."""
    if len({each.day for each in told}) < 3:
        return None
    days = np.array([(each.day - told[0].day).days for each in told], float)
    slope, level = np.polyfit(days, [each.log for each in told], 1)
    walk = random_walk(told, day, error)
    assert walk is not None
    return Normal(float(level + slope * (day - told[0].day).days), walk.sd)


BASELINES: dict[str, Baseline] = {
    "persistence": persistence,
    "random walk": random_walk,
    "drift": drift,
    "null model": null_model,
}


def days_of(statement: Statement) -> float:
    """For how many days a count stands: 1 where it is of a day."""
    if isinstance(statement, Killed | Losses | Casualties):
        return (statement.last - statement.first).days + 1.0
    return 1.0


def _what(statement: Statement) -> tuple[object, ...]:
    """What is counted, and where."""
    kept = ("outcome", "places", "former", "part", "forces")
    return (type(statement), *(getattr(statement, name, None) for name in kept))
