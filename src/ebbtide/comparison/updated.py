"""Which quantities the record updates: where a posterior's draws stand, beside their priors.

A run is weighed as a whole, so that any quantity may be updated, those too that the calibration does not
follow. Whether one is, is judged by the distance between its draws and its prior.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario
    from ebbtide.scenario.quantity import Quantity
    from ebbtide.study.design import Run

FALSELY_UPDATED = 0.05  # of those that are called updated, the share that may be so by chance
PRIOR_POINTS = 1000  # of a prior's distribution


def stated(scenario: Scenario, draws: Sequence[Run]) -> dict[str, Any]:
    """What a comparison's manifest says of a posterior: each of its draws once.

    `draws`: how many different ones. `distances`: by path of a quantity how far they stand from the prior.
    """
    known = scenario.uncertain_under()
    return {
        "draws": len({draw.seed for draw in draws}),
        "distances": {
            path: round(distance(np.array([draw.values[path] for draw in draws], float), each), 4)
            for path, each in known.items()
        },
    }


def distance(values: np.ndarray, quantity: Quantity) -> float:
    """How far values stand from a quantity's prior, in middle and spread; 0 where they are alike.

    Of the values' places in the prior (0 to 1), the means of the first two Legendre polynomials, which
    are 0 of the prior's own draws with a variance of 1: the length of both (Neyman, Smooth test for
    goodness of fit, Skandinavisk Aktuarietidskrift 20, 1937).
    """
    prior = _points(quantity)
    at_or_below = [np.searchsorted(prior, values, side) for side in ("left", "right")]
    places = np.mean(at_or_below, axis=0) / PRIOR_POINTS
    middle = math.sqrt(3) * float(np.mean(2 * places - 1))
    spread = math.sqrt(5) * float(np.mean(6 * places**2 - 6 * places + 1))
    return math.hypot(middle, spread)


def which(said: Mapping[str, Any]) -> dict[str, bool]:
    """By path whether a quantity is updated, of what a manifest says.

    Neyman's test of each, and of all together those that keep the share of false ones at 5% (Benjamini
    and Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society B 57,
    1995). Draws that stand nearer to the prior than that may be updated a little.
    """
    from scipy import stats

    distances = said["distances"]
    if not distances:
        return {}
    chances = stats.chi2.sf(said["draws"] * np.square([*distances.values()]), 2)
    found = stats.false_discovery_control(chances) <= FALSELY_UPDATED
    return dict(zip(distances, found.tolist(), strict=True))


@lru_cache(maxsize=1000)
def _points(quantity: Quantity) -> np.ndarray:
    """A prior's values at even steps of probability."""
    return np.array(
        [quantity.quantile((each + 0.5) / PRIOR_POINTS) for each in range(PRIOR_POINTS)]
    )
