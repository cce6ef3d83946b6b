"""Differences of policies, paired by replication: pure functions of arrays.

Values are by replication and policy. Replications are independent; under all policies of one there are
the same draws of what nobody knows and the same random numbers, so that what they have in common leaves a
difference (common random numbers: Law, Simulation Modeling and Analysis, 5th edition, 2015, 11.2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ebbtide.study.precision import LEVEL, interval


@dataclass(frozen=True, slots=True)
class WithInterval:
    """A number with its 95% interval; infinite ends where replications are too few for one."""

    value: float
    low: float
    high: float


def difference(values: np.ndarray, reference: np.ndarray) -> WithInterval:
    """The mean of paired differences with its interval by Student's t (Law 2015, 10.2.1).

    Of values alike in every replication it is zero, and so are its ends.
    """
    return WithInterval(*interval(values - reference, "mean"))


def relative_difference(values: np.ndarray, reference: np.ndarray) -> WithInterval:
    """The mean of paired differences as a share of the size of the reference's mean, with its interval.

    Its error is the ratio estimator's (Cochran, Sampling Techniques, 3rd edition, 1977, 6.4). NaN where
    the reference's mean is zero.
    """
    from scipy import stats

    n, base = len(values), float(reference.mean())
    if not base:
        return WithInterval(math.nan, math.nan, math.nan)
    apart = values - reference
    ratio = float(apart.mean()) / base
    share = math.copysign(ratio, ratio * base) if ratio else 0.0
    if n < 2:
        return WithInterval(share, -math.inf, math.inf)
    error = float((apart - ratio * reference).std(ddof=1)) / (math.sqrt(n) * abs(base))
    reach = float(stats.t.ppf((1 + LEVEL) / 2, n - 1)) * error
    return WithInterval(share, share - reach, share + reach)


def clearly_above_zero(values: np.ndarray) -> bool:
    """Whether the interval of their mean is above zero, so that a share of it says something.

    Where there are too few for an interval, whether all are.
    """
    low = difference(values, np.zeros(len(values))).low
    return bool(low > 0 if math.isfinite(low) else (values > 0).all())


def variance_ratio(values: np.ndarray, reference: np.ndarray) -> float:
    """By how much pairing cuts the variance of a difference: that of independent runs over the paired.

    At fixed quantities it is what shared random numbers do; with draws, what shared draws do as well.
    NaN where nothing differs.
    """
    if len(values) < 2:
        return math.nan
    left = float((values - reference).var(ddof=1))
    return float(values.var(ddof=1) + reference.var(ddof=1)) / left if left > 0 else math.nan


def better_than(losses: np.ndarray, reference: np.ndarray) -> float:
    """The share of replications in which a loss is below the reference's; ties are not better."""
    return float(np.mean(losses < reference))


def best(losses: np.ndarray) -> np.ndarray:
    """Of each policy the share of replications in which no other has a lower loss; ties share."""
    lowest = losses == losses.min(axis=1, keepdims=True)
    shares: np.ndarray = (lowest / lowest.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares


def reversed_in_runs(losses: np.ndarray) -> np.ndarray:
    """Of two policies, ranked by mean loss, the share of replications that rank them the other way.

    By row and column, 0 on the diagonal and where means are equal; ties reverse nothing.
    """
    means = losses.mean(axis=0)
    below = losses[:, :, None] < losses[:, None, :]
    first, second = below.mean(axis=0), below.mean(axis=0).T
    return np.where(
        means[:, None] < means[None, :], second, np.where(means[:, None] > means[None, :], first, 0)
    )


def reversed_in_means(losses: np.ndarray) -> np.ndarray:
    """Of two policies, the chance that their true mean losses rank the other way than found.

    The tail of Student's t beyond zero of the mean paired difference: the chance under a flat prior
    (Gelman and others, Bayesian Data Analysis, 3rd edition, 2013, 3.2). 0 on the diagonal and where two
    are alike in every replication, which have no ranking.
    """
    from scipy import stats

    n, policies = losses.shape
    found = np.zeros((policies, policies))
    for one in range(policies if n > 1 else 0):
        for other in range(policies):
            apart = losses[:, one] - losses[:, other]
            error = float(apart.std(ddof=1)) / math.sqrt(n)
            if error > 0:
                found[one, other] = float(stats.t.sf(abs(float(apart.mean())) / error, n - 1))
    return found
