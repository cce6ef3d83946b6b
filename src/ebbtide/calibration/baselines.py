"""Naive forecasts of what will be published: what any model has to beat.

All are log-normal, and rest on what was published of the same thing before: the same count, in the same
places, by whomever. Counts of a period are compared as counts a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ebbtide.evidence.interval import NONE_IN_LOGS
from ebbtide.evidence.statement import Statement

WALK = 0.05  # guess: a group's log strength moves by so much in a week, as a random walk
# Guesses: a week, and in logs. Of a group that grows, or falls towards what bears it, logistically.
GROWTH, LEVEL = 0.05, 1.0


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
    same = [each for each in statements if each.thing == target.thing and each.known <= as_of]
    told = [
        PublishedBefore(each.last, np.log(max(each.middle, NONE_IN_LOGS) / each.days_counted))
        for each in same
    ]
    return sorted(told, key=lambda each: each.day)


def persistence(told: Sequence[PublishedBefore], day: dt.date, error: float) -> Normal | None:
    """As the last one was."""
    return Normal(told[-1].log, error * np.sqrt(2.0)) if told else None


def random_walk(told: Sequence[PublishedBefore], day: dt.date, error: float) -> Normal | None:
    """As the last one was, the less surely the longer ago."""
    if not told:
        return None
    weeks = max((day - told[-1].day).days / 7.0, 0.0)
    return Normal(told[-1].log, float(np.sqrt(2.0 * error**2 + weeks * WALK**2)))


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


def logistic_growth(told: Sequence[PublishedBefore], day: dt.date, error: float) -> Normal | None:
    """dn/dt = growth * n * (1 - n / level): growth less attrition, towards what the ground bears.

    Fitted to all of them by least squares, with vague guesses of growth and level that hold where they
    tell nothing (`GROWTH`, `LEVEL`); the error of the fit adds to that of counting.
    """
    if len({each.day for each in told}) < 3:
        return None
    from scipy.optimize import least_squares

    at = np.array([(each.day - told[0].day).days / 7.0 for each in told])
    logs = np.array([each.log for each in told])
    least_error = max(error, 0.05)

    def curve(fitted: np.ndarray, weeks: np.ndarray) -> np.ndarray:
        start, growth, level = fitted
        grown = np.exp(np.clip(growth * weeks, -50.0, 50.0))
        return np.asarray(level - np.log1p(np.expm1(np.clip(level - start, -20.0, 20.0)) / grown))

    def gaps(fitted: np.ndarray) -> np.ndarray:
        vague = [fitted[1] / GROWTH, (fitted[2] - logs.mean()) / LEVEL]
        return np.append((curve(fitted, at) - logs) / least_error, vague)

    never_shrinks_without_end = ([-np.inf, 0.0, -np.inf], np.inf)
    found = least_squares(
        gaps, [logs[0], GROWTH / 2, logs.mean()], bounds=never_shrinks_without_end
    )
    ahead = np.array([(day - told[0].day).days / 7.0])
    step = 1e-4
    slopes = np.array(
        [
            (curve(found.x + step * unit, ahead)[0] - curve(found.x, ahead)[0]) / step
            for unit in np.eye(3)
        ]
    )
    jacobian = np.asarray(found.jac, float)
    covariance = np.linalg.pinv(jacobian.T @ jacobian)
    return Normal(
        float(curve(found.x, ahead)[0]), float(np.sqrt(error**2 + slopes @ covariance @ slopes))
    )


BASELINES: dict[str, Baseline] = {
    "persistence": persistence,
    "random walk": random_walk,
    "drift": drift,
    "null model": null_model,
    "logistic growth": logistic_growth,
}
