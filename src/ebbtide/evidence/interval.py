"""How likely an interval is that a publisher tells, where what he counts has a normal error."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

NONE_IN_LOGS = 0.5  # stands for none
LEAST = 1e-300  # a run that makes a statement impossible keeps a finite, hopeless weight


def rounded(low: float, high: float, coarsest: float) -> tuple[float, float]:
    """The interval that was told; of one number, all that round to it at its last digit that is not 0.

    To no more than `coarsest`, since 2,000 is said of fewer numbers than round to it in thousands, and to
    no less than whole numbers.
    """
    if low != high:
        return low, high
    digits = 10.0 ** (len(str(round(abs(low)))) - len(str(round(abs(low))).rstrip("0")))
    half = max(min(digits, coarsest), 1.0) / 2
    return low - half, high + half


def log_inside(low: float, high: float, mean: np.ndarray, sd: np.ndarray | float) -> np.ndarray:
    """The log of a normal distribution's mass from `low` to `high`."""
    upper, lower = (high - mean) / sd, (low - mean) / sd
    # Of two tails the smaller ones are subtracted, which keeps digits far out.
    flipped = lower > 0
    mass = np.where(
        flipped,
        stats.norm.sf(lower) - stats.norm.sf(upper),
        stats.norm.cdf(upper) - stats.norm.cdf(lower),
    )
    return np.asarray(np.log(np.maximum(mass, LEAST)))


def log_inside_of_factor(
    low: float, high: float, counted: np.ndarray, factor: np.ndarray, log_sd: float
) -> np.ndarray:
    """The same of `counted` (a row a run) times `factor` (a column a node), with a log-normal error."""
    mean = np.log(np.maximum(counted, NONE_IN_LOGS))[:, None] + np.log(factor)[None, :]
    least = math.log(low) if low > 0 else -math.inf
    return log_inside(least, math.log(max(high, 0.2)), mean, log_sd)
