"""How a comparison shows itself in a notebook."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ebbtide.scenario.notebook import titled_table

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison


def as_table(comparison: Comparison) -> str:
    """HTML of the differences from the reference, a row an outcome and a column a policy."""
    apart = comparison.differences()
    others = comparison.policies[1:]
    headings = ("outcome", "unit", comparison.reference, *others)
    rows = []
    for name, of_outcome in apart.groupby("outcome", sort=False):
        found = of_outcome.set_index("policy")
        rows.append(
            (
                name,
                comparison.outcomes[str(name)].unit,
                f"{found['reference'].iloc[0]:,.3g}",
                *(
                    _written(*found.loc[policy, ["difference", "low", "high"]].astype(float))
                    for policy in others
                ),
            )
        )
    below = (
        f"Mean under {comparison.reference}, and paired differences from it with 95% intervals, counted "
        f"from {comparison.start}. `.table()`, `.differences()` have every number."
    )
    return titled_table(repr(comparison), headings, rows, below)


def _written(value: float, low: float, high: float) -> str:
    if not (math.isfinite(low) and math.isfinite(high)):
        return f"{value:+,.3g}"
    return f"{value:+,.3g} ({low:+,.3g} to {high:+,.3g})"
