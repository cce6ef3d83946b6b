"""Measures made of other measures.

Where one of them has no answer, neither has what is made of it, but for comparisons: what cannot be
compared does not hold.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Annotated, Literal, override

from pydantic import Field

from ebbtide.claims.kind import KindOfMeasure, Measuring
from ebbtide.scenario.naming import NamesOf

if TYPE_CHECKING:
    from ebbtide.claims.measures import AnyMeasure

_Several = Annotated[tuple["AnyMeasure", ...], Field(strict=False, min_length=1)]
_Two = Annotated[tuple["AnyMeasure", "AnyMeasure"], Field(strict=False)]


class Number(KindOfMeasure):
    """A number as it stands."""

    kind: Literal["number"]
    number: float

    @override
    def value(self, run: Measuring) -> float:
        return self.number


class Named(KindOfMeasure):
    """The measure of that name in `[measure]`."""

    kind: Literal["named"]
    name: Annotated[str, NamesOf("measures")]

    @override
    def value(self, run: Measuring) -> float:
        return run.named(self.name)


class OfSeveral(KindOfMeasure):
    """What is made of one measure or more."""

    of: _Several

    @override
    def parts(self) -> Sequence[KindOfMeasure]:
        return self.of

    def values(self, run: Measuring) -> list[float]:
        """Of each of them."""
        return [part.value(run) for part in self.of]


class Add(OfSeveral):
    """The sum of measures."""

    kind: Literal["add"]

    @override
    def value(self, run: Measuring) -> float:
        return reduce(lambda one, other: one + other, self.values(run))


class Times(OfSeveral):
    """The product of measures."""

    kind: Literal["times"]

    @override
    def value(self, run: Measuring) -> float:
        return reduce(lambda one, other: one * other, self.values(run))


class Largest(OfSeveral):
    """The largest of measures."""

    kind: Literal["largest"]

    @override
    def value(self, run: Measuring) -> float:
        found = self.values(run)
        return math.nan if any(map(math.isnan, found)) else max(found)


class All(OfSeveral):
    """Whether all hold."""

    kind: Literal["all"]

    @override
    def value(self, run: Measuring) -> float:
        return float(all(found == 1 for found in self.values(run)))


class OfTwo(KindOfMeasure):
    """What is made of two measures, in their order."""

    of: _Two

    @override
    def parts(self) -> Sequence[KindOfMeasure]:
        return self.of

    def values(self, run: Measuring) -> tuple[float, float]:
        """Of the first and of the second."""
        first, second = self.of
        return first.value(run), second.value(run)


class Minus(OfTwo):
    """The first less the second."""

    kind: Literal["minus"]

    @override
    def value(self, run: Measuring) -> float:
        first, second = self.values(run)
        return first - second


class Over(OfTwo):
    """The first divided by the second; no answer where that is zero."""

    kind: Literal["over"]

    @override
    def value(self, run: Measuring) -> float:
        first, second = self.values(run)
        return first / second if second else math.nan


class Below(OfTwo):
    """Whether the first is below the second."""

    kind: Literal["below"]

    @override
    def value(self, run: Measuring) -> float:
        first, second = self.values(run)
        return float(first < second)


class AtLeast(OfTwo):
    """Whether the first is at least the second."""

    kind: Literal["at_least"]

    @override
    def value(self, run: Measuring) -> float:
        first, second = self.values(run)
        return float(first >= second)
