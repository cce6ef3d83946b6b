"""Centres of a sound scenario that stand behind nobody, tell of days unlived, or change nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.quantity import SHARE, Quantity
from ebbtide.scenario.schema.events import CentreChange
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import as_they_come


class Backing(NamedTuple):
    """What stands behind a group from a day on, and which event says so; none the group's entry."""

    day: dt.date
    centre: str | None
    behind: Quantity
    event: str | None

    @property
    def is_any(self) -> bool:
        """Whether a centre may stand behind the group at all."""
        return self.centre is not None and self.behind.quantile(1.0) > 0

    def changes_nothing_of(self, before: Backing) -> bool:
        """Whether nothing is otherwise than before, for sure."""
        if not (self.is_any or before.is_any):
            return True
        shares = self.behind, before.behind
        return (
            self.centre == before.centre
            and not any(each.uncertain for each in shares)
            and shares[0].median == shares[1].median
        )


def notes_on_centres(file: ScenarioFile) -> Iterator[CheckNote]:
    """Centres behind nobody, ties that go on as they were, and health of other days than a tie's."""
    backed = {name: _backings(name, file) for name in file.groups}
    for name in file.centres:
        since = [each.day for tie in backed.values() for each in tie
                 if each.centre == name and each.is_any]  # fmt: skip
        if not since:
            yield CheckNote("{} stands behind no group: it moves nothing", (f"centres.{name}",))
        yield from _of_health(name, min(since, default=None), file)
    for name, group in file.groups.items():
        money = group.centre_money
        if (money.uncertain or money.median != 0) and not any(each.is_any for each in backed[name]):
            stated = (f"groups.{name}.centre_money",)
            yield CheckNote("{}: no centre ever stands behind it: nothing comes of it", stated)
        for before, after in zip(backed[name], backed[name][1:], strict=False):
            if after.changes_nothing_of(before):
                by_then = (
                    f"{before.centre} stands behind {name} by {before.behind.median:g}"
                    if before.is_any
                    else f"no centre stands behind {name}"
                )
                yield CheckNote(
                    f"{{}}: {by_then} by then: it changes nothing", (f"events.{after.event}",)
                )


def _backings(name: str, file: ScenarioFile) -> list[Backing]:
    """What stands behind a group from day to day: its entry's centre in full, then as events say."""
    found = [Backing(file.start, file.groups[name].centre, SHARE.read(1), None)]
    for event, change in as_they_come(file, CentreChange):
        if change.group == name:
            centre = change.centre or found[-1].centre
            found.append(Backing(max(change.date, file.start), centre, change.behind, event))
    return found


def _of_health(name: str, since: dt.date | None, file: ScenarioFile) -> Iterator[CheckNote]:
    """Health of days that are not lived, and health that begins after the centre is behind a group."""
    stated = file.centres[name].health
    days = sorted(dt.date.fromisoformat(day) for day in stated)
    first = max((day for day in days if day <= file.start), default=days[0])
    last = min((day for day in days if day >= file.end), default=days[-1])
    if unlived := tuple(f"centres.{name}.health.{day}" for day in days if not first <= day <= last):
        span = f"from {file.start} to {file.end} it is between other days"
        yield CheckNote(f"nothing comes of {{}}: {span}", unlived)
    if since is not None and days[0] > since:
        health = stated[days[0].isoformat()].median
        said = (
            f"{{}} begins on {days[0]}, and {name} stands behind a group from {since} on: till then it is "
            f"{health:g} as well; a day before says otherwise"
        )
        yield CheckNote(said, (f"centres.{name}.health",), idle=False)
