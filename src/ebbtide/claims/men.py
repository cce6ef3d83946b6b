"""Measures of whom a group won from others."""

from __future__ import annotations

import datetime as dt
from typing import Literal, override

from ebbtide.claims.kind import GroupNames, KindOfMeasure, Measuring, PeriodName, PlaceNames


class CameOver(KindOfMeasure):
    """Men who came over to a group from others, or from any other, in a period or the whole run."""

    kind: Literal["came_over"]
    group: GroupNames | None = None
    came_from: GroupNames | None = None
    period: PeriodName | None = None

    @override
    def value(self, run: Measuring) -> float:
        days = run.days(self.period)
        return run.lived.came_over(self.group or (), self.came_from or (), *days)


class FormerShare(KindOfMeasure):
    """The share of a group's fighters, in places, who came over from others, on the week of a day."""

    kind: Literal["former_share"]
    group: GroupNames | None = None
    came_from: GroupNames
    places: PlaceNames | None = None
    date: dt.date

    @override
    def value(self, run: Measuring) -> float:
        return run.lived.former_share(
            self.date, self.group or (), self.came_from, self.places or ()
        )
