"""How far a choice can be regretted, whether limits are kept, and what no policy beats: pure functions.

Losses are by replication (a state of the world: draws and random numbers) and policy; less is better.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ebbtide.comparison.paired import WithInterval
from ebbtide.study.precision import LEVEL


@dataclass(frozen=True, slots=True)
class Regrets:
    """Of each policy the mean and the largest regret over states of the world."""

    expected: np.ndarray
    largest: np.ndarray


def regret(losses: np.ndarray) -> np.ndarray:
    """By state and policy, the loss beyond that of the policy that was best in that state.

    Savage, The theory of statistical decision, Journal of the American Statistical Association 46
    (1951).
    """
    beyond: np.ndarray = losses - losses.min(axis=1, keepdims=True)
    return beyond


def regrets(losses: np.ndarray) -> Regrets:
    """The mean and the largest of it; whose largest is least is Savage's choice."""
    found = regret(losses)
    return Regrets(found.mean(axis=0), found.max(axis=0))


def satisficing(kept: Mapping[str, np.ndarray]) -> list[WithInterval]:
    """Of each policy the share of states in which it keeps every stated limit.

    `kept` tells of each limit, by state and policy, whether it is. The domain criterion of Starr (1963)
    as in Herman, Reed, Zeff and Characklis, How should robustness be defined for water systems
    planning under change?, Journal of Water Resources Planning and Management 141 (2015).
    """
    every = np.all(np.stack([*kept.values()]), axis=0)
    return [share(each) for each in every.T]


def share(holds: np.ndarray) -> WithInterval:
    """The share of states in which something holds, with its 95% interval; NaN of no state.

    Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22 (1927).
    """
    from scipy import stats

    if not len(holds):
        return WithInterval(math.nan, math.nan, math.nan)
    ends = stats.binomtest(int(holds.sum()), len(holds)).proportion_ci(LEVEL, method="wilson")
    return WithInterval(float(holds.mean()), float(ends.low), float(ends.high))


def pareto(losses: np.ndarray) -> np.ndarray:
    """Of policies (rows) by several losses (columns), whether none is as good in all and better in one.

    Two that are alike in all stand or fall together.
    """
    as_good = (losses[:, None, :] <= losses[None, :, :]).all(axis=2)
    better = (losses[:, None, :] < losses[None, :, :]).any(axis=2)
    beaten: np.ndarray = (as_good & better).any(axis=0)
    return ~beaten
