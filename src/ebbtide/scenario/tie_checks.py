"""What must hold of ties that change: of hostility, of alliances, and of centres behind groups."""

from __future__ import annotations

import datetime as dt

from ebbtide.scenario.document import Keys
from ebbtide.scenario.quantity import SHARE, Quantity
from ebbtide.scenario.reporting import Say, check_known
from ebbtide.scenario.schema.events import AllianceChange, CentreChange, HostilityChange
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.groups import Alliance
from ebbtide.scenario.weeks import as_they_come, tie_begins, week_felt


def check_ties(file: ScenarioFile, say: Say, say_idle: Say) -> None:
    """Report changes of ties that cannot be; by `say_idle` those that nothing would feel."""
    for identifier, event in file.events.items():
        keys = ("events", identifier)
        match event:
            case AllianceChange() if event.group in file.groups:
                allies = file.groups[event.group].allies
                check_known(say, (*keys, "ally"), [event.ally], allies, f"allies of {event.group}")
                if event.ally in allies:
                    _check_alliance(keys, event, allies[event.ally], file, say, say_idle)
            case CentreChange():
                _check_backing(keys, event, file, say)
    _check_beginnings(file, say_idle)
    _check_hostility(file, say_idle)


def _check_beginnings(file: ScenarioFile, say_idle: Say) -> None:
    """A tie that has a first day begins before the end, when both of its groups are there."""
    for name, group in file.groups.items():
        for ally, tie in group.allies.items():
            keys: Keys = ("groups", name, "allies", ally, "start")
            if tie.start is not None and tie.start > file.end:
                allowed = f"a date up to {file.end}"
                say_idle(keys, f"{tie.start}, after the end", allowed, rests_on=[keys, ("end",)])
            for side in (ally, name):
                event = file.foundings.get(side)
                if event is None or tie.start is None or tie.start >= file.events[event].date:
                    continue
                day = file.events[event].date
                found = f"{tie.start}, when {side} is not founded yet"
                allowed = f"a date from {day} on, when events.{event} founds it"
                rests_on: list[Keys] = [keys, ("events", event, "date"), ("events", event, "group")]
                say_idle(keys, found, allowed, rests_on=rests_on)


def _check_alliance(
    keys: Keys, event: AllianceChange, tie: Alliance, file: ScenarioFile, say: Say, say_idle: Say
) -> None:
    """A tie changes after it has begun, and holds for a week before it ends."""
    stated = ("groups", event.group, "allies", event.ally)
    rests_on = [(*keys, key) for key in ("date", "group", "ally", "holds")]
    rests_on += [stated, (*stated, "start"), ("start",)]
    begins = f"{'.'.join(stated)} begins"
    if tie.start is not None and event.date < tie.start:
        found = f"{event.date}, before {begins} on {tie.start}"
        say((*keys, "date"), found, f"a date after {tie.start}", rests_on=rests_on)
        return
    week = tie_begins(file, tie)
    if event.holds.quantile(1.0) == 0 and week_felt(file.start, event.date) <= week:
        found = f"{event.date}, an end in the week in which {begins}: it never holds"
        allowed = f"a date from {file.start + dt.timedelta(weeks=week, days=1)} on"
        say_idle((*keys, "date"), found, allowed, rests_on=rests_on)


def _check_hostility(file: ScenarioFile, say_idle: Say) -> None:
    """A change of hostility leaves another than it found."""
    stands: dict[tuple[str, str], tuple[Keys, Quantity]] = {}
    for name, event in as_they_come(file, HostilityChange):
        group, pair = file.groups.get(event.group), (event.group, event.towards)
        if group is None or event.group == event.towards:
            continue
        keys: Keys = ("events", name)
        entry: Keys = ("groups", event.group, "hostility")
        of_start = (entry, group.hostility.get(event.towards, SHARE.read(0)))
        by, before = stands.get(pair, of_start)
        stands[pair] = keys, event.hostility
        certain = not (before.uncertain or event.hostility.uncertain)
        if certain and before.median == event.hostility.median:
            found = (
                f"{event.hostility.median:g}, which changes nothing: {event.group} is as hostile to "
                f"{event.towards} by then"
            )
            rests_on = [(*keys, key) for key in ("date", "group", "towards", "hostility")]
            rests_on += [by, entry, ("start",)]
            say_idle((*keys, "hostility"), found, "another hostility", rests_on=rests_on)


def _check_backing(keys: Keys, event: CentreChange, file: ScenarioFile, say: Say) -> None:
    group = file.groups.get(event.group)
    if event.centre is not None or group is None or group.centre is not None:
        return
    backed = (
        other
        for other in file.events.values()
        if isinstance(other, CentreChange) and other.group == event.group and other.centre
    )
    if all(other.date > event.date for other in backed):
        found = f"no centre, and none stands behind {event.group} by then"
        rests_on = [(*keys, "group"), (*keys, "date"), ("groups", event.group, "centre")]
        say((*keys, "centre"), found, "a centre", rests_on=rests_on)
