"""How the report counts what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.scenario.faults import counted

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison


def of_all(comparison: Comparison) -> str:
    """How many quantities vary under the policies compared, and why there are fewer than names.

    Of those that move as one only the first is counted, as in `ComparedRuns.varying`.
    """
    known = comparison.quantities(comparison.ranked[0])
    still = sum(not np.ptp(each) > 0 for each in known.values())
    number = len(comparison.varying(comparison.ranked[0]))
    as_one = len(known) - still - number
    why = [
        f"{more} more by name, {how}"
        for more, how in (
            (
                as_one,
                "moving as one of them does, as another day of the same path: counted with it",
            ),
            (still, "the same in all replications"),
        )
        if more
    ]
    said = counted(number, "uncertain quantity", "uncertain quantities")
    return f"{said} ({'; '.join(why)})" if why else said
