"""What is said of what policies do for their effort, a sentence any two of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.break_even import FEWEST_TO_TURN
from ebbtide.comparison.paired import difference
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
    if (runs := len(comparison.lived.replications)) < FEWEST_TO_TURN:
        return [
            "Which of two does more for its effort was not asked: it takes at least "
            f"{FEWEST_TO_TURN} replications, and there are {runs}."
        ]
    told = [_turning(row) for row in table.to_dict("records")] or [NO_TWO]
    others = comparison.policies[1:]
    left = [each for each in others if each not in {*table["policy"], *table["against"]}]
    if left and len(table):
        outcome = str(table["outcome"].iloc[0])
        told += [
            f"Of “{each}” nothing is told: {_why(comparison, outcome, each)}." for each in left
        ]
    return told


def _why(comparison: Comparison, outcome: str, policy: str) -> str:
    """What of a policy is not clear, so that what it does for its effort cannot be told."""
    place = comparison.policies.index(policy)
    losses, effort = comparison.losses(outcome), comparison.effort
    gain = difference(losses[:, 0], losses[:, place])
    why = [] if gain.low > 0 else [f"it is not clearly better than “{comparison.reference}”"]
    if effort is not None:
        cost = difference(effort[:, place], effort[:, 0])
        if cost.high < 0:
            why.append("its own acts save effort")
        elif cost.low <= 0:
            why.append("the interval of its effort holds zero")
    return joined(why)


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
