"""What own acts cost in the runs of a comparison at equal effort, beside the budget that was asked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison import paired
from ebbtide.comparison.report.numbers import INTERVAL_NAMED, joined, size

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison

NEAR = 0.02  # to a budget of effort, as a share of it: what is farther off is said


def spent(comparison: Comparison) -> list[str]:
    """What each policy spent in the mean with its interval, and which of them is not at the budget.

    Nothing where effort was not made equal, or is read over other weeks or beside another reference.
    """
    kept = comparison.results.manifest["comparison"]
    equal, effort = kept.get("equal_effort"), comparison.effort
    as_asked = (comparison.start.isoformat(), comparison.reference) == (
        kept["start"],
        kept["reference"],
    )
    if not equal or effort is None or not as_asked:
        return []
    told, off = [], []
    for policy, own in zip(comparison.policies[1:], effort.T[1:], strict=True):
        found = paired.difference(own, np.zeros(len(own)))
        known = math.isfinite(found.low)
        ends = f" ({INTERVAL_NAMED} {size(found.low)} to {size(found.high)})" if known else ""
        told.append(f"“{policy}” {size(found.value)}{ends}")
        away = abs(found.value - equal["budget"]) > NEAR * equal["budget"]
        if away and not found.low <= equal["budget"] <= found.high:
            off.append(f"“{policy}”")
    said = [
        f"In these runs own acts cost, in effort-weeks beyond “{comparison.reference}”: {joined(told)}."
    ]
    if off:
        said.append(
            f"Warning: {joined(off)} did not spend the budget of {size(equal['budget'])} effort-weeks, "
            "which the interval leaves out: no comparison at like effort."
        )
    return said
