"""Choosing one of several by a draw along their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled

if TYPE_CHECKING:
    from ebbtide.world.columns import Numbers


@compiled
def uniform_among(drawn: float, chance: float) -> float:
    """A draw that lay below a chance, used once more: uniform among those for whom it did."""
    return drawn / chance if chance > 0.0 else 0.0


@compiled
def along(weights: Numbers, left: float) -> int:
    """The one at `left` (0 to their sum) along the weights; -1 where none has any.

    What rounding leaves at the end goes to the last that has any.
    """
    found = -1
    for i in range(weights.size):
        if weights[i] > 0.0:
            found = i
            left -= weights[i]
            if left < 0.0:
                break
    return found
