"""How many runs are told as a range: the median, and the interval that most lie in.

Of a few runs no interval can be told that most would lie in: there the least and the most are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

INTERVAL = (0.05, 0.95)  # quantiles over runs
LOW_MEDIAN_HIGH = (INTERVAL[0], 0.5, INTERVAL[1])
AS_GOOD = 1.25  # a factor: a number within it of what was said is as good as what was said
CENTRAL = f"{INTERVAL[1] - INTERVAL[0]:.0%}"  # how many lie in it, for words and heads
# runs of which an interval is told: of fewer, less than half a one lies beyond either end
FEWEST_FOR_CENTRAL = 10


def ends(runs: int) -> tuple[float, float]:
    """The quantiles between which so many runs are told to lie: of a few all of them."""
    return INTERVAL if runs >= FEWEST_FOR_CENTRAL else (0.0, 1.0)


def band_of(runs: int) -> str:
    """What lies between those, for legends and captions."""
    return f"{CENTRAL} of runs" if runs >= FEWEST_FOR_CENTRAL else f"least to most of {runs} runs"


def spread(values: Sequence[float] | np.ndarray) -> dict[str, float]:
    """Median and central interval: `median`, `low`, `high`; of a few values the least and the most."""
    import numpy as np

    low, high = ends(len(values))
    low, median, high = np.quantile(values, (low, 0.5, high))
    return {"median": float(median), "low": float(low), "high": float(high)}
