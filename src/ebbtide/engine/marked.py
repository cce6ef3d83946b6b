"""Which of many are marked, when few are: eight are looked at together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled

if TYPE_CHECKING:
    from ebbtide.world.columns import Flags, Integers

BLOCK = 1024  # so many rows of fighters are looked at together
_ONE_IN_EACH_BYTE = np.uint64(0x0101010101010101)


@compiled
def where_marked(marks: Flags, found: Integers) -> int:
    """Fill `found` with the indices of `marks` that are set, in order; returns how many there are.

    The length of `marks` is a multiple of eight, and `found` is as long. The eights in which any is set
    are found without a branch, which no processor could foresee.
    """
    eights = marks.view(np.uint64)  # each mark a byte that is 0 or 1, the first the lowest
    with_any = np.empty(eights.size, np.int64)
    many = 0
    for eight in range(eights.size):
        with_any[many] = eight
        many += eights[eight] != 0
    number = 0
    for k in range(many):
        left = eights[with_any[k]]
        while left != 0:
            lowest = left & (~left + np.uint64(1))
            below = (lowest - np.uint64(1)) & _ONE_IN_EACH_BYTE  # modulo 255 adds up bytes
            found[number] = 8 * with_any[k] + np.int64(below % np.uint64(255))
            number += 1
            left ^= lowest
    return number
