"""What own acts cost in money, where anybody has said what a week of the standard force costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.comparison.prices import money_of_week
from ebbtide.comparison.report.numbers import joined, size

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison


def in_money(comparison: Comparison) -> list[str]:
    """A sentence of what each policy's own acts cost in the mean, or nothing where no week has a cost.

    Effort-weeks are turned into money at what a week of the standard force costs, at the middle of its
    prior and at the ends of its central 90%.
    """
    week = money_of_week(comparison.results.manifest["comparison"].get("prices", {}))
    if week is None or comparison.effort is None:
        return []
    unit = week.quantity.unit.removesuffix("/week")
    at = [week.quantity.quantile(each) for each in (0.5, 0.05, 0.95)]
    costs = [
        f"“{policy}” {size(own * at[0])} ({size(own * at[1])} to {size(own * at[2])})"
        for policy, own in zip(
            comparison.policies[1:], comparison.effort.mean(axis=0)[1:], strict=True
        )
    ]
    return [
        f"In money, at what {week.of} costs ({size(at[0])} {unit}, {size(at[1])} to {size(at[2])}: "
        f"{week.quantity.stated.source or 'no source'}), own acts cost in the mean, "
        f"in {unit} and by the doubt of that cost alone: "
        f"{joined(costs)}."
    ]
