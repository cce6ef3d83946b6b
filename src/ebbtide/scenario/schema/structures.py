"""Questions of structure that the literature leaves open, as parts of a quantity's prior."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Annotated

from pydantic import Field

from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.table import Table

_STEPS = 10_000  # of probability, to which a prior's share of a view is known


class RivalViews(Table):
    """Rival views of how the world works, each a part of one quantity's prior.

    The prior spans them all, so that every run holds one of them: what a comparison says under each, and
    what the record says of each, can be read from runs that are there anyhow.
    """

    says: str = Field(description="the question that the views answer")
    quantity: str = Field(description="dotted path of a quantity with a prior")
    at: Annotated[tuple[float, ...], Field(strict=False, min_length=1)] = Field(
        description="where one view ends and the next begins, upwards"
    )
    views: Annotated[tuple[str, ...], Field(strict=False, min_length=2)] = Field(
        description="the views from low to high, one more than there are limits"
    )
    source: str = Field(description="who holds which, and why the limits stand there")

    def view_of(self, value: float) -> int:
        """The number of the view that a value of the quantity belongs to."""
        return bisect_right(self.at, value)

    def prior_shares(self, quantity: Quantity) -> tuple[float, ...]:
        """The probability of each view by the quantity's prior."""
        below = [_probability_below(quantity, limit) for limit in self.at]
        return tuple(high - low for low, high in zip([0.0, *below], [*below, 1.0], strict=True))


def _probability_below(quantity: Quantity, value: float) -> float:
    """The share of a prior below a value."""
    steps = range(_STEPS + 1)
    return bisect_left(steps, value, key=lambda n: quantity.quantile(n / _STEPS)) / _STEPS
