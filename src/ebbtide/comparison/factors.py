"""The factors at which policies spend a budget: found in few replications, and corrected in all.

A bracketing root finder (Chandrupatla 1997, in SciPy) takes many tries, and few replications do not tell
the mean of prices that vary manifold between them. So it seeks in the first replications, and what it
finds is corrected in all of them by steps of the secant method, the first along the line through no
strength.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from ebbtide.comparison.scalable import DIGITS

CLOSE = 0.01  # to the budget, as a share of it
MOST_TRIED = 12  # scales of a policy in the first replications
CORRECTIONS = 2  # of it in all
HOW = (CLOSE, MOST_TRIED, CORRECTIONS)  # what a search rests on beside its question
Beyond = Callable[[Mapping[str, float], int], Mapping[str, float]]  # effort at factors, of so many


class Pilots(NamedTuple):
    """Replications: the first, in which factors are sought, and all in which they are corrected."""

    first: int
    every: int


def factors_at(
    budget: float, most: Mapping[str, float], beyond: Beyond, pilots: Pilots
) -> dict[str, float]:
    """Of each policy the factor, up to its `most`, at which its mean effort is nearest to a budget."""
    factors = _sought(budget, most, beyond, pilots.first)
    if pilots.every == pilots.first:
        return factors
    return _corrected(budget, most, beyond, pilots, factors)


def close(value: float, budget: float) -> bool:
    """Whether an effort is the budget, as nearly as is asked."""
    return abs(value - budget) <= CLOSE * budget


def _sought(
    budget: float, most: Mapping[str, float], beyond: Beyond, replications: int
) -> dict[str, float]:
    """The factors by so many replications; an end of a scale that does not reach the budget."""
    from scipy.optimize import elementwise

    names = list(most)
    as_stated = beyond(dict.fromkeys(names, 1.0), replications)
    less = {name: as_stated[name] >= budget for name in names}
    low = {name: 0.0 if less[name] else 1.0 for name in names}
    high = {name: 1.0 if less[name] else most[name] for name in names}
    least, largest = beyond(low, replications), beyond(high, replications)
    factors = dict.fromkeys(names, 1.0)
    left = []
    for name in names:
        if close(as_stated[name], budget):
            continue
        if least[name] >= budget or largest[name] <= budget:
            factors[name] = low[name] if least[name] >= budget else high[name]
        else:
            left.append(name)
    if left:

        def over(factors: np.ndarray, which: np.ndarray) -> np.ndarray:
            asked = {left[int(n)]: float(x) for n, x in zip(which, factors, strict=True)}
            found = beyond(asked, replications)
            return np.array([found[left[int(n)]] - budget for n in which])

        root: Any = elementwise.find_root(
            over,
            (np.array([low[name] for name in left]), np.array([high[name] for name in left])),
            args=(np.arange(len(left)),),
            maxiter=MOST_TRIED,
            tolerances={"fatol": CLOSE * budget, "xatol": 10.0**-DIGITS},
        )
        factors |= dict(zip(left, root.x.tolist(), strict=True))
    return factors


def _corrected(
    budget: float,
    most: Mapping[str, float],
    beyond: Beyond,
    pilots: Pilots,
    sought: Mapping[str, float],
) -> dict[str, float]:
    """The factors in all replications, the nearest of those tried."""
    at = dict(sought)
    found = dict(beyond(at, pilots.every))
    best, nearest = dict(at), dict(found)
    before = {name: 0.0 if factor else 1.0 for name, factor in at.items()}
    before_found = dict(beyond(before, pilots.first))
    for _ in range(CORRECTIONS):
        steps = {}
        for name in at:
            if close(nearest[name], budget) or at[name] == before[name]:
                continue
            slope = (found[name] - before_found[name]) / (at[name] - before[name])
            if slope > 0:
                step = at[name] + (budget - found[name]) / slope
                steps[name] = min(most[name], max(0.0, step))
        steps = {name: step for name, step in steps.items() if step != at[name]}
        if not steps:
            break
        before |= {name: at[name] for name in steps}
        before_found |= {name: found[name] for name in steps}
        at |= steps
        found |= beyond(steps, pilots.every)
        for name in steps:
            if abs(found[name] - budget) < abs(nearest[name] - budget):
                best[name], nearest[name] = at[name], found[name]
    return best
