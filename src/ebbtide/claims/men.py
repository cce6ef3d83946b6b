"""Measures of whom a group won from others."""

from __future__ import annotations

import datetime as dt
from typing import Literal, override

from ebbtide.claims.kind import GroupNames, Kind, Measuring, PeriodName


class CameOver(Kind):
    """Men who came over to a group from others, or from any other, in a period or the whole run."""

    kind: Literal["came_over"]
    group: GroupNames | None = None
    came_from: GroupNames | None = None
    period: PeriodName | None = None

    @override
    def value(self, run: Measuring) -> float:
        days = run.days(self.period)
        return run.lived.came_over(self.group or (), self.came_from or (), *days)


class FormerShare(Kind):
    """The share of a group's fighters who came over from others, in the week that holds a day."""

    kind: Literal["former_share"]
    group: GroupNames | None = None
    came_from: GroupNames
    date: dt.date

    @override
    def value(self, run: Measuring) -> float:
        noted = run.lived.former[self.date]
        group = self.group[0] if self.group else run.lived.focus
        shares = [noted.get((group, other), float("nan")) for other in self.came_from]
        return float(sum(shares))
