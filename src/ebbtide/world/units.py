"""Units: what each means that a column, an outcome or a metric may have, said here alone."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ebbtide.scenario.faults import listed, nearest

YES_NO = "yes/no"  # what is or is not: its mean over runs is a probability
DATE = "date"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit means.

    It `adds_up` where a sum over groups, places or forces means anything. No level in it is below
    `low` or above `high`; `digits` stand behind the point where a number of a run is told, None for as
    many as its size asks.
    """

    adds_up: bool
    digits: int | None = 0
    low: float = 0.0
    high: float = math.inf

    @property
    def is_share(self) -> bool:
        """Whether it goes from nothing to all: from 0 to 1."""
        return (self.low, self.high) == (0.0, 1.0)


_COUNTED = Unit(adds_up=True)
_MONEY = Unit(adds_up=True, low=-math.inf)  # income of a week may be a loss
_RATE = Unit(adds_up=False, digits=2, low=-math.inf)
_SHARE = Unit(adds_up=False, digits=2, high=1.0)
_CALLED = Unit(adds_up=False, low=-1.0)  # by number, -1 for none

UNITS = {
    "share": _SHARE,
    "-1 to 1": replace(_SHARE, low=-1.0),
    "ratio": _RATE,
    YES_NO: replace(_SHARE, digits=0),
    DATE: Unit(adds_up=False, low=-math.inf),
    "places": Unit(adds_up=False),  # a place of two groups would count twice
    **dict.fromkeys(
        (
            "men", "men/week", "men captured/week", "men hit", "men hit/week", "fighter-weeks",
            "people", "people/week", "attacks", "attacks/week", "districts", "posts", "weeks",
            "groups", "factions", "forces", "contingents", "events", "acts", "aims", "cells", "rows",
            "effort-weeks/week", "million USD/week",
        ),
        _COUNTED,
    ),
    "thousand USD": _COUNTED,
    "thousand USD/week": _MONEY,
    "USD/month": Unit(adds_up=False),  # a wage
    "USD/head/month": _RATE,
    "USD/attack": _RATE,
    "thousand USD/attack": _RATE,
    **dict.fromkeys(
        (
            "1/week", "1/(people/100,000)", "attacks/1000 fighters/week", "civilians harmed/man hit",
            "men/1000 people", "men/attack", "men/man", "people/100,000/week", "people/attack",
            "people/man", "people/person", "people/thousand USD", "supporters/fighter",
            "exponent", "logits", "logits/log", "logs", "km",
            "weight",
        ),
        _RATE,
    ),
    **dict.fromkeys(
        (
            "cell", "centre", "contingent", "event", "faction", "force", "group", "id", "integer",
            "kind", "place", "post", "rank", "row", "week",
        ),
        _CALLED,
    ),
}  # fmt: skip
_UNKNOWN = Unit(adds_up=False, digits=None, low=-math.inf)


def meant_by(unit: str) -> Unit:
    """What a unit means; of one that is none of these no sum means anything."""
    return UNITS.get(unit, _UNKNOWN)


_A_WEEK = "/week"


def is_flow(unit: str) -> bool:
    """Whether it counts what a week brings, so that weeks add up; a rate or a level does not."""
    return unit.endswith(_A_WEEK) and (unit not in UNITS or UNITS[unit].adds_up)


def over_weeks(unit: str) -> str:
    """The unit of a sum over weeks: of a flow what it counts, of a level level times weeks."""
    return unit.removesuffix(_A_WEEK) if is_flow(unit) else f"{unit} x weeks"


def must_be_a_unit(of: str, unit: str) -> None:
    """Raise TypeError for the unit of something of the model's that means nothing yet."""
    if unit not in UNITS:
        like = nearest(unit, UNITS)
        hint = f"; did you mean {like}?" if like else f"; there are {listed(UNITS, len(UNITS))}"
        raise TypeError(f"{of} is in {unit!r}, of which world/units.py says nothing{hint}")
