"""What each of several causes contributes, where they act together: Shapley's value.

A cause's contribution is what it adds to those that act before it, averaged over all orders in which
the causes could have come (Shapley 1953). The contributions sum to the difference between all causes
and none, and a cause that never adds anything has none.
"""

from __future__ import annotations

from math import factorial

import numpy as np


def contributions(values: np.ndarray) -> np.ndarray:
    """Shapley's values along the last axis.

    `values[..., w]` is the outcome of world `w`, in which cause `i` acts if bit `i` of `w` is 1: two to
    the power of the number of causes. Returns an entry for each cause instead. Exact, by all worlds.
    """
    worlds = np.arange(values.shape[-1])
    causes = len(worlds).bit_length() - 1
    if len(worlds) != 1 << causes:
        raise ValueError(f"{len(worlds)} worlds: not two to the power of a number of causes")
    others = np.array([int(world).bit_count() for world in worlds])
    found = np.empty((*values.shape[:-1], causes))
    for cause in range(causes):
        without = worlds[worlds >> cause & 1 == 0]
        orders = [factorial(n) * factorial(causes - 1 - n) for n in others[without].tolist()]
        adds = values[..., without | 1 << cause] - values[..., without]
        found[..., cause] = adds @ (np.array(orders, float) / factorial(causes))
    return found
