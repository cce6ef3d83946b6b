"""How many replications are enough: until every policy's interval is narrow enough.

The rule. A metric's value in a replication is its mean over the points of the study: replications
are independent, points share their random numbers. The interval is the 95% interval of the mean
(Student's t) or of the median (between order statistics, by the binomial law) over replications;
the metric is precise once half its width is at most the share asked of its centre, for every
policy. It is looked at after at least FEWEST_REPLICATIONS, and then each time they have grown by a
quarter.

Looking again and again and stopping at the first narrow interval covers a little less often than
one look would (Chow and Robbins 1965: the loss vanishes as intervals narrow); the test of coverage
holds it to at least 92% of 95%.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

LEVEL = 0.95
FEWEST_REPLICATIONS = 30
Statistic = Literal["mean", "median"]


@dataclass(frozen=True)
class Precision:
    """The half-width asked, as a share of the centre, of one metric's mean or median."""

    halfwidth: float
    of: str
    statistic: Statistic = "mean"

    def reached(self, values: Mapping[str, np.ndarray]) -> bool:
        """Whether it is reached for every policy, given its values by replication."""
        return all(
            len(found) >= FEWEST_REPLICATIONS
            and relative_halfwidth(found, self.statistic) <= self.halfwidth
            for found in values.values()
        )


def by_policy(runs: pd.DataFrame, metric: str) -> dict[str, np.ndarray]:
    """A metric by policy and replication, averaged over points; runs without it are left out."""
    means = runs.groupby(["policy", "replication"], sort=True)[metric].mean().dropna()
    return {
        str(policy): means[policy].to_numpy(float)
        for policy in runs["policy"].unique()
        if policy in means.index
    }


def interval(values: np.ndarray, statistic: Statistic) -> tuple[float, float, float]:
    """Centre, low and high end of the 95% interval; without end where values are too few."""
    import numpy as np
    from scipy import stats

    n = len(values)
    if n < 2:
        return (float(values.mean()) if n else math.nan), -math.inf, math.inf
    if statistic == "mean":
        centre = float(values.mean())
        reach = float(stats.t.ppf((1 + LEVEL) / 2, n - 1) * values.std(ddof=1) / math.sqrt(n))
        return centre, centre - reach, centre + reach
    below = int(stats.binom.ppf((1 - LEVEL) / 2, n, 0.5))  # P(fewer than `below` under it) <= 2.5%
    if below < 1:
        return float(np.median(values)), -math.inf, math.inf
    ordered = np.sort(values)
    return float(np.median(values)), float(ordered[below - 1]), float(ordered[n - below])


def relative_halfwidth(values: np.ndarray, statistic: Statistic) -> float:
    """Half the interval's width as a share of its centre; 0 if it has no width at all."""
    centre, low, high = interval(values, statistic)
    if low == high:
        return 0.0
    return (high - low) / 2 / abs(centre) if centre else math.inf


def next_replications(replications: int) -> int:
    """How many to look at next."""
    return max(FEWEST_REPLICATIONS, replications + max(1, math.ceil(replications / 4)))
