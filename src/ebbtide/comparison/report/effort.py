"""What is said of what policies do for their effort, a sentence any two of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.report.numbers import INTERVAL_NAMED, joined, share, size

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.comparison.comparison import Comparison

NO_PRICES = (
    "It was not asked: a lever that a policy moves has no price, or nothing that is compared ranks."
)
NO_TWO = "No two policies are clearly better than the reference and clearly cost effort beyond it."


def sentences(comparison: Comparison, table: pd.DataFrame | None) -> list[str]:
    """At which ratio of prices the order of two policies by what they do for their effort turns."""
    if table is None:
        return [NO_PRICES]
    told = [_turning(row) for row in table.to_dict("records")] or [NO_TWO]
    others = comparison.policies[1:]
    left = [each for each in others if each not in {*table["policy"], *table["against"]}]
    if left and len(table):
        policies = joined(f"“{policy}”" for policy in left)
        told.append(
            f"Of {policies} nothing is told: not clearly better than “{comparison.reference}”, or of an "
            "effort beyond it that may be nothing."
        )
    return told


def _turning(row: Mapping[Any, Any]) -> str:
    first, second = f"“{row['policy']}”", f"“{row['against']}”"
    ratio = (
        f"{size(row['ratio'])} times ({INTERVAL_NAMED} {size(row['low'])} to {size(row['high'])})"
    )
    runs = (
        ""
        if math.isnan(row["reversed_in_runs"])
        else (f"; in {share(row['reversed_in_runs'])} of the replications it does so already")
    )
    if row["low"] > 1:
        return (
            f"{first} may cost {ratio} what it is priced at, beside {second}, before {second} does as "
            f"much for its effort{runs}."
        )
    return (
        f"Which of {first} and {second} does more for its effort is not settled: the first by {ratio}, at "
        f"these prices{runs.replace('it does so already', 'the second does')}."
    )
