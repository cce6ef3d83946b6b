"""When a claim counts as met. Written down before the model was looked at; not to be tuned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.stats import binomtest

FACTOR = 2.0  # a median may miss a dated figure by so much
SIZE_FACTOR = 1.5  # the bias allowed to the publisher of `size`
SIGN = 0.9  # probability that a sign must have
CLEARLY_BELOW = 0.9  # "below its peak": a peak is above what follows anyhow, so a tenth is asked
OVER_CLAIM = (1.0, 4.0)  # reported killed for each man killed, log-uniform
UNSEEN = (3.0, 100.0)  # n0 of `spread`, affiliates, log-uniform


class Verdict(StrEnum):
    MET = "met"
    IN_MADE_WORLD = "met only in a world made for it"  # a rule test that is not of the scenario
    IMPOSED = "met, but imposed by inputs"  # the sign lies in dated or chosen inputs
    CLOSE = "too close to say"  # a share of runs whose sampling error spans what is asked
    NOT_YET = "not yet"
    OPEN = "cannot be judged"
    STATED = "stated"  # a forecast: nothing to judge inside the cut


class Null(StrEnum):
    """What the null model makes of a test."""

    FITTED = "fitted to it"
    MEETS = "meets"
    FAILS = "does not"
    SILENT = "has no answer"


@dataclass(frozen=True, slots=True)
class Range:
    """Median and central 90% interval over replications."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float] | np.ndarray) -> Range:
        """Runs without an answer (NaN) are left out; NaN if none has one."""
        known = np.asarray(values, float)
        known = known[~np.isnan(known)]
        if known.size == 0:
            return cls(math.nan, math.nan, math.nan)
        low, median, high = np.quantile(known, (0.05, 0.5, 0.95))
        return cls(float(median), float(low), float(high))


def near(value: float, low: float, high: float, factor: float = FACTOR) -> bool:
    """Whether a value is within a factor of a figure given as an interval."""
    return bool(low / factor <= value <= high * factor)


def agrees(found: Range, low: float, high: float, factor: float | None = FACTOR) -> Verdict:
    """A dated figure (low to high): inside the 90% range, and the median within the factor.

    Without a factor the 90% range alone decides.
    """
    if math.isnan(found.median):
        return Verdict.OPEN
    inside = found.low <= high and low <= found.high
    close = factor is None or near(found.median, low, high, factor)
    return Verdict.MET if inside and close else Verdict.NOT_YET


def share_interval(signs: Sequence[bool] | np.ndarray) -> tuple[float, float]:
    """The share of runs in which a sign holds: Wilson's 95% interval."""
    found = binomtest(int(np.sum(signs)), len(signs)).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def holds(signs: Sequence[bool] | np.ndarray) -> Verdict:
    """A sign: true in nine replications of ten, beyond the doubt of so many runs."""
    if len(signs) == 0:
        return Verdict.OPEN
    low, high = share_interval(signs)
    if low >= SIGN:
        return Verdict.MET
    return Verdict.NOT_YET if high < SIGN else Verdict.CLOSE


WORST_FIRST = (
    Verdict.NOT_YET, Verdict.CLOSE, Verdict.OPEN, Verdict.IMPOSED, Verdict.IN_MADE_WORLD,
    Verdict.MET,
)  # fmt: skip


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several tests of one claim: the worst."""
    for worst in WORST_FIRST:
        if worst in verdicts:
            return worst
    return Verdict.STATED


def reported_provinces(affiliates: np.ndarray, n0: float, luck: np.ndarray) -> int:
    """Provinces reported: each with probability 1 - exp(-affiliates / n0)."""
    return int(np.sum(luck < -np.expm1(-affiliates / n0)))


def log_uniform(low: float, high: float, luck: float) -> float:
    """The quantile of a log-uniform distribution."""
    return low * (high / low) ** luck


def tail_exponent(harmed: np.ndarray, least: int = 10) -> float:
    """Exponent of a power law by the maximum likelihood of Clauset and others (2009).

    Over attacks that harmed at least `least` people, a number that the model rounds down (hence
    the half); NaN for fewer than 50.
    """
    tail = harmed[harmed >= least]
    if tail.size < 50:
        return math.nan
    return float(1 + tail.size / np.sum(np.log((tail + 0.5) / least)))


def pace(attacks: np.ndarray) -> tuple[float, float] | None:
    """b and ln τ1 (weeks) of τn = τ1 n^-b, τn the wait before the n-th attack after the first.

    `attacks` counts them by week; those of one week are spread evenly over it. None for fewer
    than 10 attacks (form: Johnson and others 2011).
    """
    times = [
        week + (nth + 0.5) / count
        for week, count in enumerate(attacks.astype(int).tolist())
        for nth in range(count)
    ]
    if len(times) < 10:
        return None
    waits = np.diff(times)
    slope, start = np.polyfit(np.log(np.arange(1, len(waits) + 1)), np.log(waits), 1)
    return -float(slope), float(start)


def monthly_change(first: float, last: float, months: float) -> float:
    """Change a month, as a share: constant over so many months."""
    return (last / first) ** (1 / months) - 1 if first > 0 and last > 0 else math.nan
