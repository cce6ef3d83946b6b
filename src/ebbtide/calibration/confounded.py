"""What the record cannot tell apart: quantities that go together in a posterior."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.posterior import Posterior

CORRELATED = 0.25  # guess: a correlation that some hundreds of draws tell from none, of many pairs


def pairs(posterior: Posterior) -> pd.DataFrame:
    """A row a pair of quantities that are followed, what goes together most first.

    Columns: `one`, `other`, and `correlation` of their standard normal scores, by the posterior's weights.
    In the priors they are independent: a pair that goes together is known better than each of it.
    """
    import pandas as pd

    weights, scores = posterior.weighed.weights, posterior.scores
    off = scores - weights @ scores
    covariance = (weights[:, None] * off).T @ off
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.maximum(np.outer(spread, spread), 1e-300)
    one, other = np.triu_indices(len(spread), 1)
    names = np.array(posterior.bank.free)
    found = pd.DataFrame(
        {"one": names[one], "other": names[other], "correlation": correlation[one, other]}
    )
    order = found["correlation"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index(drop=True)


def chance(posterior: Posterior) -> float:
    """The largest correlation that one may expect of as many draws and pairs, were none there."""
    number = len(posterior.bank.free) * (len(posterior.bank.free) - 1) / 2
    return math.sqrt(2.0 * math.log(max(number, 2.0)) / posterior.weighed.effective)
