"""A policy from a stated date on: NAME@DATE.

What it adds to what it builds on begins then, each act as long after the first as its file has it; what
it stops or changes there is stopped or changed from then on. A policy that builds on no other is taken up
on that date, and the scenario's own holds until then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.content import REMARKS
from ebbtide.scenario.document import read_document
from ebbtide.scenario.faults import Fault, Faults, shown
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.schema.policy import PolicyFile
from ebbtide.scenario.validation import validate

if TYPE_CHECKING:
    from ebbtide.scenario.policy import Policy
    from ebbtide.scenario.scenario import Scenario

FROM_DAY = "@"
CHANGED = "-from"  # ends the id of what a changed act is from the date on
DATED = ("start", "stop")
Tables = dict[str, dict[str, Any]]


def name_and_day(named: str | Path) -> tuple[str | Path, dt.date | None]:
    """A policy's name, and the date that follows it. Raises Faults for what is no date."""
    name, sign, day = str(named).rpartition(FROM_DAY)
    if not sign or not name or "/" in day or Path(named).is_file():
        return named, None
    try:
        return name, dt.date.fromisoformat(day)
    except ValueError:
        allowed = f"NAME{FROM_DAY}DATE with a date such as 2015-07-01"
        raise Faults([Fault("policy", None, shown(str(named)), allowed)]) from None


def added(policy: Policy, scenario: Scenario) -> list[str]:
    """The acts of a policy that what it builds on has not."""
    base = base_of(policy, scenario, "acts")
    return [
        name for name in policy.file.acts
        if name not in base and name.removesuffix(CHANGED) not in base
    ]  # fmt: skip


def begun_on(policy: Policy, day: dt.date, scenario: Scenario) -> Policy:
    """The policy from that day on. Raises Faults for a day outside of the scenario's."""
    file, named = scenario.file, f"{policy.id}{FROM_DAY}{day}"
    if not file.start <= day <= file.end:
        allowed = f"a date from {file.start} to {file.end}"
        raise Faults([Fault("policy", None, shown(named), allowed)])
    document = policy.document.copy()
    tables: dict[str, tuple[Tables, Tables]] = {
        table: (base_of(policy, scenario, table), document.data.get(table) or {})
        for table in ("acts", "deployments")
    }
    first = min(_own_days(*tables["acts"], *tables["deployments"]), default=day)
    move = _Move(day, day - first, file.end)
    moved = {
        "acts": move.acts(*tables["acts"]),
        "deployments": move.deployments(*tables["deployments"]),
    }
    if all(moved[table] == base for table, (base, _) in tables.items()):
        found = f"{shown(named)}, which does nothing else than what it builds on"
        raise Faults([Fault("policy", None, found, "a policy that adds or changes something")])
    document.data |= {table: said for table, said in moved.items() if said}
    document.data["title"] = f"{policy.title}, from {day.day} {day:%B %Y}"
    faults: list[Fault] = []
    read = validate(PolicyFile, document.data, document, faults)
    if read is None:
        raise Faults(faults)
    return replace(policy, file=read, document=document, day=day)


def base_of(policy: Policy, scenario: Scenario, table: str) -> Tables:
    """What stands in a table of what a policy builds on: the scenario's own policy, or its last base."""
    *below, _ = policy.document.files.values()
    own = scenario.policy
    builds_on_own = not below or own.path.resolve() in below
    document = own.document if builds_on_own else read_document(below[0])
    found: Tables = document.data.get(table) or {}
    return found


def _own_days(acts: Tables, own: Tables, sent: Tables, own_sent: Tables) -> list[dt.date]:
    """The days that a policy states where what it builds on states none, or others."""
    days = []
    for before, now, keys in ((acts, own, DATED), (sent, own_sent, ("date",))):
        for name, said in now.items():
            stands = before.get(name, {})
            first = [said[key] for key in keys if key in said and said[key] != stands.get(key)]
            days += first[:1] if name not in before else first
    return days


@dataclass(frozen=True)
class _Move:
    """Moves what a policy says to `day`, `by` so much; what would stop after `end` goes on till then."""

    day: dt.date
    by: dt.timedelta
    end: dt.date

    def acts(self, base: Tables, own: Tables) -> Tables:
        """The acts: of the base until the day, of the policy from then on."""
        found: Tables = {}
        for name in dict.fromkeys([*base, *own]):
            before, now = base.get(name), own.get(name)
            if before == now and before is not None:
                found[name] = before
            elif before is None:
                found[name] = self._moved(own[name], DATED)
            elif now is None:
                found |= self._until(name, before)
            else:
                found |= self._changed(name, before, now)
        return found

    def deployments(self, base: Tables, own: Tables) -> Tables:
        """The same of deployments, which hold until the next one."""
        found = {
            name: said for name, said in base.items()
            if said == own.get(name) or said["date"] < self.day
        }  # fmt: skip
        for name, said in own.items():
            if name not in base:
                found[name] = self._moved(said, ("date",))
            elif said != base[name]:
                date = said["date"]
                date = date + self.by if date != base[name]["date"] else max(date, self.day)
                found[name + CHANGED if name in found else name] = said | {"date": date}
        return found

    def _moved(self, said: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
        found = {key: each + self.by if key in keys else each for key, each in said.items()}
        if "stop" in keys and found.get("stop", self.end) > self.end:
            del found["stop"]
        return found

    def _until(self, name: str, before: dict[str, Any]) -> Tables:
        """An act of the base as far as it comes before the day."""
        if before["start"] >= self.day:
            return {}
        if LEVERS[before["kind"]].at_start_only:
            return {name: dict(before)}
        return {name: before | {"stop": min(before.get("stop", self.day), self.day)}}

    def _changed(self, name: str, before: dict[str, Any], now: dict[str, Any]) -> Tables:
        """An act of the base that the policy changes: another day is moved, all else from the day on."""
        changed = [key for key in {*before, *now} if before.get(key) != now.get(key)]
        dated = [key for key in DATED if key in changed]
        now = self._moved(now, tuple(dated))
        if {*changed} <= {*DATED, *REMARKS}:
            return {name: now} if now.get("stop", self.end) > now["start"] else {}
        found = self._until(name, before)
        start = max(now["start"], self.day)
        if not found:
            return {name: now}
        if LEVERS[before["kind"]].at_start_only or now.get("stop", self.end) <= start:
            return found
        return found | {name + CHANGED: now | {"start": start}}
