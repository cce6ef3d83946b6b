"""What policies do for their effort, and at which prices the order of two turns: pure functions.

Gains (how much less is lost than under the reference) and efforts (of own acts, beyond the reference) are
by replication and policy. Effort is priced by guesses: how wrong the price of one beside that of another
may be before the order turns says more than the order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ebbtide.comparison.paired import WithInterval, difference
from ebbtide.study.precision import LEVEL

FEWEST_TO_TURN = 30  # guess, as for parts of variance


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Of two policies (their numbers), the first of which does more for its effort: by how many times.

    `ratio` is that of what both gain for an effort-week, which is by how many times a week of the first
    may be dearer, beside one of the second, than it is priced, before the second does as much. In
    `reversed_in_runs` of the replications in which both spend effort the second does more for it.
    """

    first: int
    second: int
    ratio: WithInterval
    reversed_in_runs: float


def gain_per_week(gains: np.ndarray, efforts: np.ndarray) -> WithInterval:
    """What one policy gains for an effort-week: the mean gain over the mean effort, with its interval.

    The ratio estimator's (Cochran, Sampling Techniques, 3rd edition, 1977, 6.4). NaN unless both are
    clearly above 0, since what an effort that is not there buys is nothing that can be told.
    """
    if not clear(gains, efforts):
        return WithInterval(math.nan, math.nan, math.nan)
    ratio = float(gains.mean() / efforts.mean())
    error = float((gains - ratio * efforts).std(ddof=1)) / float(efforts.mean())
    reach = _reach(len(gains)) * error / math.sqrt(len(gains))
    return WithInterval(ratio, ratio - reach, ratio + reach)


def clear(gains: np.ndarray, efforts: np.ndarray) -> bool:
    """Whether a policy clearly gains, and clearly spends effort: both intervals leave zero out."""
    return all(difference(each, np.zeros(len(each))).low > 0 for each in (gains, efforts))


def break_even(gains: np.ndarray, efforts: np.ndarray) -> list[BreakEven]:
    """Of any two policies that clearly gain and spend effort, those first that do most for theirs.

    The interval is on the scale of logarithms, by the delta method: the four means are of the same
    replications, and what these have in common leaves their ratio. Of fewer than `FEWEST_TO_TURN`
    replications none: of means of log-normal prices such an interval is too narrow.
    """
    if len(gains) < FEWEST_TO_TURN:
        return []
    kept = [each for each in range(gains.shape[1]) if clear(gains[:, each], efforts[:, each])]
    kept.sort(key=lambda each: -gains[:, each].mean() / efforts[:, each].mean())
    # How far each replication moves the logarithm of a policy's gain for an effort-week.
    moves = {
        each: gains[:, each] / gains[:, each].mean() - efforts[:, each] / efforts[:, each].mean()
        for each in kept
    }
    of_each = {each: float(gains[:, each].mean() / efforts[:, each].mean()) for each in kept}
    found = []
    for place, first in enumerate(kept):
        for second in kept[place + 1 :]:
            ratio, n = of_each[first] / of_each[second], len(gains)
            error = float((moves[first] - moves[second]).std(ddof=1)) / math.sqrt(n)
            wide = math.exp(_reach(n) * error)
            spends = (efforts[:, [first, second]] > 0).all(axis=1)
            behind = gains[:, first] * efforts[:, second] < gains[:, second] * efforts[:, first]
            share = float(behind[spends].mean()) if spends.any() else math.nan
            found.append(
                BreakEven(first, second, WithInterval(ratio, ratio / wide, ratio * wide), share)
            )
    return found


def _reach(n: int) -> float:
    from scipy import stats

    return float(stats.t.ppf((1 + LEVEL) / 2, n - 1))
