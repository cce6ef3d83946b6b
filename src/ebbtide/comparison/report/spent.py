"""What policies spend in the runs of a comparison, by both accounts, beside a budget that was asked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.report.numbers import INTERVAL_NAMED, joined, size

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison

NEAR = 0.02  # to a budget of effort, as a share of it: what is farther off is said
TWO_ACCOUNTS = (
    "Own acts are of two kinds: what a force is sent to do is counted net of what a weaker group spares "
    "that force, levers at their price. All that forces spend and levers cost counts alike what a weaker "
    "group spares."
)


def spent(comparison: Comparison) -> list[str]:
    """What each policy spends in the mean, by both accounts, and which of them is not at the budget.

    Nothing where effort was not made equal, or is read over other weeks or beside another reference.
    """
    kept = comparison.results.manifest["comparison"]
    equal = kept.get("equal_effort")
    as_asked = (comparison.start.isoformat(), comparison.reference) == (
        kept["start"],
        kept["reference"],
    )
    if not equal or comparison.effort is None or not as_asked:
        return []
    table = comparison.efforts()
    used = EffortOf(equal.get("effort_of", EffortOf.OWN))
    by_account = {
        EffortOf(str(of)): rows.to_dict("records") for of, rows in table.groupby("effort_of")
    }
    listed = {
        of: joined(f"“{row['policy']}” {_with_interval(row)}" for row in rows)
        for of, rows in by_account.items()
    }
    said = [
        f"Of {used.words}, in effort-weeks beyond “{comparison.reference}”: {listed[used]}; "
        "that the means are alike is by construction, the intervals say how well they are known."
    ]
    said += [
        f"By the other account, on which nothing was scaled, of {of.words}: {each}."
        for of, each in listed.items()
        if of != used
    ]
    off = [f"“{row['policy']}”" for row in by_account[used] if _off(row, equal)]
    if off:
        said.append(
            f"Warning: {joined(off)} did not spend the budget of {size(equal['budget'])} effort-weeks, "
            "which the interval leaves out: no comparison at like effort."
        )
    return [*said, TWO_ACCOUNTS]


def _off(row: dict[Any, Any], equal: dict[str, Any]) -> bool:
    """Whether a policy that was scaled is away from the budget, and its interval leaves that out."""
    budget = equal["budget"]
    if equal.get("policies", {}).get(row["policy"], {}).get("left"):
        return False  # it is told where the factors are
    away = abs(row["beyond"] - budget) > NEAR * budget
    return bool(away and not row["low"] <= budget <= row["high"])


def _with_interval(row: dict[Any, Any]) -> str:
    if not math.isfinite(row["low"]):
        return size(row["beyond"])
    return f"{size(row['beyond'])} ({INTERVAL_NAMED} {size(row['low'])} to {size(row['high'])})"
