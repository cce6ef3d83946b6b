"""How many runs are told as a range: the median, and the interval that most lie in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

INTERVAL = (0.05, 0.95)  # quantiles over runs
CENTRAL = f"{INTERVAL[1] - INTERVAL[0]:.0%}"  # how many lie in it, for words and heads


def spread(values: Sequence[float] | np.ndarray) -> dict[str, float]:
    """Median and central interval: `median`, `low`, `high`."""
    import numpy as np

    low, median, high = np.quantile(values, (INTERVAL[0], 0.5, INTERVAL[1]))
    return {"median": float(median), "low": float(low), "high": float(high)}
