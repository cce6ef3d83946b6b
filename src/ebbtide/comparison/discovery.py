"""Where a policy fails: boxes of quantities in which it does most often (scenario discovery)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison.robustness import share

if TYPE_CHECKING:
    import pandas as pd

DEPTH = 3  # quantities a box names at most
FEWEST_OF_A_KIND = 20  # guess: failures, and successes, below which no box is drawn
LEAST, FEWEST = 0.05, 10  # of the replications that a box holds at least: a share, and a number


@dataclass(frozen=True, slots=True)
class Box:
    """Limits of some quantities (`None` where there is none on that side), and what is in it.

    `density` is the share of its replications that fail, `coverage` the share of all failures that it
    holds, `support` the share of all replications.
    """

    limits: Mapping[str, tuple[float | None, float | None]]
    density: float
    coverage: float
    support: float

    def __str__(self) -> str:
        said = [
            f"{f'{low:.3g} < ' if low is not None else ''}{name}"
            f"{f' <= {high:.3g}' if high is not None else ''}"
            for name, (low, high) in self.limits.items()
        ]
        return " and ".join(said) or "anywhere"


def boxes(fails: np.ndarray, quantities: Mapping[str, np.ndarray]) -> list[Box]:
    """Boxes in which failure is clearly more frequent than in all, the most frequent first.

    So it is where the 95% interval of its share there (Wilson 1927) is above that of all replications.

    The leaves of a classification tree (Breiman and others 1984) of few levels, grown on the quantities:
    scenario discovery by CART (Lempert, Bryant and Bankes, Comparing algorithms for scenario discovery,
    RAND WR-557, 2008; Bryant and Lempert, Thinking inside the box, Technological Forecasting and Social
    Change 77, 2010, whose coverage and density these are). They are found and counted in the same runs:
    candidates, not findings. None of fewer than `FEWEST_OF_A_KIND` failures, or as few successes.
    """
    from sklearn.tree import DecisionTreeClassifier

    names = [name for name, each in quantities.items() if np.ptp(each) > 0]
    if not names or min(fails.sum(), (~fails).sum()) < FEWEST_OF_A_KIND:
        return []
    table = np.column_stack([quantities[name] for name in names])
    least = max(FEWEST, math.ceil(LEAST * len(fails)))
    grown = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=least, random_state=0)
    tree = grown.fit(table, fails).tree_
    leaf = grown.apply(table)
    found = []
    for node, limits in _leaves(tree, names):
        inside = leaf == node
        density = share(fails[inside])
        if density.low > fails.mean():
            coverage = float(fails[inside].sum() / fails.sum())
            found.append(Box(limits, density.value, coverage, float(inside.mean())))
    return sorted(found, key=lambda box: (-box.density, -box.coverage))


def told(found: list[Box]) -> pd.DataFrame:
    """A row a box: `box` in words, `density`, `coverage`, `support`."""
    import pandas as pd

    rows = [(str(each), each.density, each.coverage, each.support) for each in found]
    return pd.DataFrame(rows, columns=["box", "density", "coverage", "support"])


def _leaves(
    tree: Any, names: list[str]
) -> list[tuple[int, dict[str, tuple[float | None, float | None]]]]:
    """Every leaf of a tree by its number, with the limits on the way to it."""
    open_: list[tuple[int, dict[str, tuple[float | None, float | None]]]] = [(0, {})]
    found = []
    while open_:
        node, limits = open_.pop()
        if tree.children_left[node] < 0:
            found.append((node, limits))
            continue
        name, at = names[tree.feature[node]], float(tree.threshold[node])
        low, high = limits.get(name, (None, None))
        below = (low, at if high is None else min(high, at))
        above = (at if low is None else max(low, at), high)
        open_.append((int(tree.children_left[node]), {**limits, name: below}))
        open_.append((int(tree.children_right[node]), {**limits, name: above}))
    return found
