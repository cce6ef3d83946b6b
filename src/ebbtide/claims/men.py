"""Measures of whom a group won from others."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, override

from ebbtide.claims.kind import (
    KindOfMeasure,
    Measuring,
    OneOrMorePlaces,
    PeriodName,
)
from ebbtide.scenario.naming import NamesOf
from ebbtide.scenario.schema.table import OneOrMore, OneOrMoreGroups


class CameOver(KindOfMeasure):
    """Men who came over to a group from others, or from any other, in a period or the whole run."""

    kind: Literal["came_over"]
    group: OneOrMoreGroups | None = None
    came_from: OneOrMoreGroups | None = None
    period: PeriodName | None = None

    @override
    def value(self, run: Measuring) -> float:
        days = run.days(self.period)
        return run.lived.came_over(self.group or (), self.came_from or (), *days)


class FormerShare(KindOfMeasure):
    """The share of a group's fighters, in places, who came over from others, on the week of a day."""

    kind: Literal["former_share"]
    group: OneOrMoreGroups | None = None
    came_from: OneOrMoreGroups
    places: OneOrMorePlaces | None = None
    date: dt.date

    @override
    def value(self, run: Measuring) -> float:
        groups, places = self.group or (), self.places or ()
        return run.lived.share_of_men(self.date, groups, places, came_from=self.came_from)


class JoinedShare(KindOfMeasure):
    """The share of a group's fighters, in places, who joined in some way, on the week of a day."""

    kind: Literal["joined_share"]
    group: OneOrMoreGroups | None = None
    joined: Annotated[OneOrMore, NamesOf("ways of joining")]
    places: OneOrMorePlaces | None = None
    date: dt.date

    @override
    def value(self, run: Measuring) -> float:
        groups, places = self.group or (), self.places or ()
        return run.lived.share_of_men(self.date, groups, places, joined=self.joined)
