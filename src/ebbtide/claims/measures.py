"""The kinds of measures: all that a file of claim tests can ask of a run.

Written as a table with its `kind`, or for short as the name of a measure of `[measure]`, or as a
number. A kind's class says what it means and what its table holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, get_args

from pydantic import BeforeValidator, Field

from ebbtide.claims import arithmetic
from ebbtide.claims.arithmetic import (
    Add,
    All,
    AtLeast,
    Below,
    Largest,
    Minus,
    Named,
    Number,
    Over,
    Times,
)
from ebbtide.claims.kind import KindOfMeasure
from ebbtide.claims.men import CameOver, FormerShare, JoinedShare
from ebbtide.claims.observed import PlacesReported, Unknown
from ebbtide.claims.weekly import (
    At,
    LowestAfterFall,
    Mean,
    MonthlyFall,
    Peak,
    Sum,
    WeeksAfterFall,
)
from ebbtide.scenario.schema.events import kind_of


def _written(found: object) -> object:
    if isinstance(found, str):
        return {"kind": "named", "name": found}
    if isinstance(found, int | float) and not isinstance(found, bool):
        return {"kind": "number", "number": found}
    return found


AnyMeasure = Annotated[
    Annotated[
        At | Sum | Mean | Peak | MonthlyFall | LowestAfterFall | WeeksAfterFall
        | CameOver | FormerShare | JoinedShare
        | Unknown | PlacesReported
        | Number | Named | Add | Times | Minus | Over | Largest | Below | AtLeast | All,
        Field(discriminator="kind"),
    ],
    BeforeValidator(_written),
]  # fmt: skip

for _kind in (Add, All, AtLeast, Below, Largest, Minus, Over, Times):
    _kind.model_rebuild(_types_namespace={**vars(arithmetic), "AnyMeasure": AnyMeasure})


def kinds() -> dict[str, type[KindOfMeasure]]:
    """The tables of measures by their `kind`."""
    return {kind_of(each): each for each in get_args(get_args(AnyMeasure)[0])}


def every(measures: Iterable[KindOfMeasure]) -> Iterator[KindOfMeasure]:
    """Measures and all that they are made of."""
    for measure in measures:
        yield measure
        yield from every(measure.parts())


def all_of(measure: KindOfMeasure, named: Mapping[str, KindOfMeasure]) -> Iterator[KindOfMeasure]:
    """A measure and all that it is made of, those with a name too."""
    for one in every([measure]):
        yield one
        if isinstance(one, Named) and one.name in named:
            yield from all_of(named[one.name], named)


def days_noted(measures: Iterable[KindOfMeasure]) -> set[dt.date]:
    """The days on which a run must note where its fighters came from."""
    return {one.date for one in every(measures) if isinstance(one, FormerShare | JoinedShare)}


def days_asked(
    measure: KindOfMeasure,
    named: Mapping[str, KindOfMeasure],
    periods: Mapping[str, tuple[dt.date, dt.date]],
) -> set[dt.date]:
    """Every day that a measure, with all that it is made of, asks for; of a period both ends."""
    found: set[dt.date] = set()
    for one in all_of(measure, named):
        found |= {day for day in vars(one).values() if isinstance(day, dt.date)}
        found |= set(periods.get(getattr(one, "period", None) or "", ()))
    return found
