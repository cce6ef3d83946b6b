"""What is usual of a declared quantity, so that a number in another unit shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.content import walk
from ebbtide.scenario.quantity import SHARE, Quantity

LEAST_SHARE = 0.01  # of what groups, forces and acts state: under it a slip of a hundred is likely
_OF_SHARES = {"groups", "forces", "events"}  # tables in which none is so small


@dataclass(frozen=True, slots=True)
class Usual:
    """Declares what is usual of a quantity, in the unit of its Measure, and what else may be meant.

    `Annotated[Quantity, Measure(...), Usual(...)]`. Nothing outside is wrong: it is told, with `under` or
    `over` as a question. A number of 0 is none, and so usual; of one below zero the amount counts. The
    ends are guesses, wide enough for what is known of such groups.
    """

    low: float
    high: float
    under: str = "is the unit right?"
    over: str = "is the unit right?"

    def asks(self, number: float) -> str | None:
        """What an unusual number asks, and from where on; None for a usual one."""
        amount = abs(number)
        if 0 < amount < self.low:
            return f"under {self.low:,.10g} is unusual: {self.under}"
        return f"over {self.high:,.10g} is unusual: {self.over}" if amount > self.high else None


def usual_of(table: type[BaseModel], key: str) -> Usual:
    """What is usual of a field. Raises StopIteration for one that does not declare it."""
    return next(said for said in table.model_fields[key].metadata if isinstance(said, Usual))


def notes_on_magnitudes(file: BaseModel) -> Iterator[CheckNote]:
    """A note on the medians that are not usual, those of one key and kind together."""
    unusual: dict[tuple[str, str, str], dict[str, float]] = {}
    for keys, value in walk(file):
        if isinstance(value, BaseModel):
            for name, field in type(value).model_fields.items():
                stated = getattr(value, name)
                for said in field.metadata:
                    if isinstance(said, Usual) and isinstance(stated, Quantity):
                        asks = said.asks(stated.median)
                        if asks is not None:
                            path = ".".join((*keys, name))
                            of = (name, stated.unit, asks)
                            unusual.setdefault(of, {})[path] = stated.median
    asks = f"under {LEAST_SHARE:g} is unusual: a share is 0 to 1"
    for keys, value in walk(file):
        is_share = isinstance(value, Quantity) and value.unit == SHARE.unit
        if is_share and keys[0] in _OF_SHARES and 0 < value.median < LEAST_SHARE:
            unusual.setdefault(("", SHARE.unit, asks), {})[".".join(keys)] = value.median
    for (_, unit, asks), found in unusual.items():
        least, most = f"{min(found.values()):,.10g}", f"{max(found.values()):,.10g}"
        numbers = f"is {least}" if len(found) == 1 else f"are {least} to {most}"
        yield CheckNote(f"{{}} {numbers} {unit}; {asks}", tuple(found), idle=False)
