"""What must hold between the tables of a scenario, and between a policy and its scenario."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Iterable

from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import Fault, listed, nearest, shown
from ebbtide.scenario.names import Names
from ebbtide.scenario.schema import (
    Act,
    Founding,
    Group,
    LeaderLoss,
    Pledge,
    PolicyFile,
    ScenarioFile,
)

MOST_PLACES, MOST_FACTIONS, MOST_WEEKS = 4000, 250, 4000
_LAST_DAY = dt.date(9999, 1, 1)
_SHARES = ("leaders", "finance", "media")
_ONLY_FOR = {"post": "leader_killed", "rival": "truce", **dict.fromkeys(_SHARES, "strikes")}
_NEEDS = {
    "leader_killed": "post",
    "truce": "rival",
    "strikes": "force",
    "offensive": "force",
    "raids": "force",
}

Say = Callable[..., None]


def weeks_between(start: dt.date, date: dt.date) -> int:
    """The weeks that must pass from `start` until `date` is reached; 0 when it is not later."""
    return max(0, math.ceil((date - start).days / 7))


def check_scenario(
    file: ScenarioFile, names: Names, document: Document, faults: list[Fault]
) -> None:
    """Add to `faults` what does not fit together in a scenario."""
    say = _sayer(document, faults)
    _check_dates(file, say)
    _known(say, ("focus",), [file.focus] if file.focus else [], names.groups, "groups")
    _known(
        say,
        ("evidence", "of"),
        [file.evidence.of] if file.evidence.of else [],
        names.groups,
        "groups",
    )
    if len(names.places) > MOST_PLACES:
        say(("places",), f"{len(names.places)} places", f"at most {MOST_PLACES}")
    factions = sum(max(1, len(group.factions)) for group in file.groups.values())
    if factions > MOST_FACTIONS:
        say(("groups",), f"{factions} factions in all", f"at most {MOST_FACTIONS}")
    _check_borders(file, names, say)
    for identifier, group in file.groups.items():
        _check_group(("groups", identifier), identifier, group, names, say)
    for identifier, force in file.forces.items():
        _known(
            say,
            ("forces", identifier, "places"),
            force.places,
            names.places | names.countries,
            "places and countries",
        )
    for identifier, centre in file.centres.items():
        keys = ("centres", identifier, "health")
        if not centre.health:
            say(keys, "no date", "a value by date, such as 2015-01-31 = 0.5")
        for date in centre.health:
            if not _iso_date(date):
                say((*keys, date), shown(date), "a date such as 2015-01-31")
    _check_events(file, names, say)


def _check_dates(file: ScenarioFile, say: Say) -> None:
    if not file.start < file.end <= _LAST_DAY:
        say(("end",), shown(file.end), f"a date after start, {file.start}")
    elif weeks_between(file.start, file.end) > MOST_WEEKS:
        weeks = weeks_between(file.start, file.end)
        say(("end",), f"{file.end}, {weeks} weeks after start", f"at most {MOST_WEEKS} weeks")
    if file.cut is not None and not file.start < file.cut <= file.end:
        say(("cut",), shown(file.cut), f"a date after {file.start}, up to {file.end}")


def _check_borders(file: ScenarioFile, names: Names, say: Say) -> None:
    first: dict[frozenset[str], str] = {}
    for identifier, border in file.borders.items():
        keys = ("borders", identifier, "between")
        _known(say, keys, border.between, names.places, "places")
        ends = frozenset(border.between)
        if len(ends) == 1:
            say(keys, f"{shown(border.between[0])} twice", "two different places")
        elif ends in first:
            say(keys, f"the same two places as borders.{first[ends]}", "one border for two places")
        first.setdefault(ends, identifier)


def _check_group(keys: Keys, identifier: str, group: Group, names: Names, say: Say) -> None:
    _known(say, (*keys, "places"), group.places, names.places, "places", each=True)
    if group.fighters.quantile(1.0) > 0 and not group.places:
        say((*keys, "places"), "no place", "the places of its fighters, each with a weight")
    for name, faction in group.factions.items():
        if faction.share.uncertain:
            found = "a prior, by which the factions' shares would not sum to 1"
            say((*keys, "factions", name, "share"), found, "a number")
    shares = [faction.share.median for faction in group.factions.values()]
    if shares and abs(sum(shares) - 1) > 1e-6:
        say((*keys, "factions"), f"shares that sum to {sum(shares):g}", "a sum of 1")
    for name, faction in group.factions.items():
        _known(
            say,
            (*keys, "factions", name, "places"),
            faction.places or (),
            names.places,
            "places",
            each=True,
        )
    others = names.groups - {identifier}
    _known(say, (*keys, "hostility"), group.hostility, others, "other groups", each=True)
    _known(say, (*keys, "allies"), group.allies, others, "other groups", each=True)
    _known(say, (*keys, "centre"), [group.centre] if group.centre else [], names.centres, "centres")


def _check_events(file: ScenarioFile, names: Names, say: Say) -> None:
    founded: dict[str, str] = {}
    for identifier, event in file.events.items():
        keys = ("events", identifier)
        if not file.start <= event.date <= file.end:
            say((*keys, "date"), shown(event.date), f"a date from {file.start} to {file.end}")
        match event:
            case Founding():
                _check_founding(keys, event, file, names, say)
                if event.group in founded:
                    found = (
                        f"{shown(event.group)}, founded by events.{founded[event.group]} already"
                    )
                    say((*keys, "group"), found)
                founded.setdefault(event.group, identifier)
            case Pledge():
                movers = names.groups | names.factions
                _known(say, (*keys, "group"), [event.group], movers, "groups and factions")
                _known(say, (*keys, "to"), [event.to], names.groups, "groups")
                if event.group.split(".")[0] == event.to:
                    say((*keys, "to"), f"{shown(event.to)}, to itself", "another group")
            case LeaderLoss():
                _known(say, (*keys, "group"), [event.group], names.groups, "groups")
    for identifier, event in file.events.items():
        if isinstance(event, Pledge) and event.to in founded:
            founding = file.events[founded[event.to]]
            if event.date < founding.date:
                allowed = f"a date from {founding.date} on, when {event.to} is founded"
                say(("events", identifier, "date"), shown(event.date), allowed)


def _check_founding(
    keys: Keys, event: Founding, file: ScenarioFile, names: Names, say: Say
) -> None:
    _known(say, (*keys, "group"), [event.group], names.groups, "groups")
    _known(say, (*keys, "places"), event.places, names.places, "places", each=True)
    sources = {name for name in names.groups | names.factions if name.split(".")[0] != event.group}
    _known(say, (*keys, "seed"), event.seed, sources, "groups and factions", each=True)
    group = file.groups.get(event.group)
    if group is not None and group.fighters.quantile(1.0) > 0:
        found = f"{group.fighters.median:g}, yet {'.'.join(keys)} founds the group later"
        say(("groups", event.group, "fighters"), found, "0")
    if not event.places and event.men.quantile(1.0) > 0:
        say((*keys, "places"), "no place", "the places of the men who come, each with a weight")


def check_policy(
    policy: PolicyFile,
    file: ScenarioFile,
    names: Names,
    document: Document,
    faults: list[Fault],
) -> None:
    """Add to `faults` what does not fit between a policy and its scenario."""
    say = _sayer(document, faults)
    check_acts(policy, document, faults)
    for identifier, act in policy.acts.items():
        for key in ("strength", "leaders", "finance", "media"):
            stated = getattr(act, key)
            if stated is not None and stated.uncertain:
                found = "a prior; a policy says what is done"
                say(("acts", identifier, key), found, "a number")
    for identifier, act in policy.acts.items():
        keys = ("acts", identifier)
        for key in ("start", "stop"):
            date = getattr(act, key)
            if date is not None and not file.start <= date <= file.end:
                say((*keys, key), shown(date), f"a date from {file.start} to {file.end}")
        _known(say, (*keys, "force"), [act.force] if act.force else [], names.forces, "forces")
        _known(say, (*keys, "against"), act.against, names.groups, "groups")
        _known(
            say,
            (*keys, "places"),
            act.places or (),
            names.places | names.countries,
            "places and countries",
        )
        _known(say, (*keys, "rival"), [act.rival] if act.rival else [], names.groups, "groups")
        for group in [file.groups[name] for name in act.against if name in file.groups]:
            if act.post is not None and act.post > group.posts:
                say((*keys, "post"), shown(act.post), f"1 to {group.posts}, the posts of its group")


def check_acts(policy: PolicyFile, document: Document, faults: list[Fault]) -> None:
    """Add to `faults` what does not fit together within a policy."""
    say = _sayer(document, faults)
    for identifier, act in policy.acts.items():
        keys = ("acts", identifier)
        if act.stop is not None and act.stop <= act.start:
            say((*keys, "stop"), shown(act.stop), f"a date after start, {act.start}")
        needed = _NEEDS.get(act.kind)
        if needed and getattr(act, needed) is None:
            say((*keys, needed), "nothing", f"{act.kind} needs it")
        for key, kind in _ONLY_FOR.items():
            if getattr(act, key) is not None and act.kind != kind:
                say((*keys, key), f"`{key}` in an act of kind {act.kind}", f"only with {kind}")
        if act.rival is not None and act.rival in act.against:
            say((*keys, "rival"), f"{shown(act.rival)}, also in against", "another group")
        _check_aims(keys, act, say)


def _check_aims(keys: Keys, act: Act, say: Say) -> None:
    stated = [share for share in (act.leaders, act.finance, act.media) if share is not None]
    total = sum(share.median for share in stated)
    if total > 1 + 1e-6:
        say(keys, f"shares {', '.join(_SHARES)} that sum to {total:g}", "at most 1")


def _known(
    say: Say,
    keys: Keys,
    stated: Iterable[str],
    names: Collection[str],
    what: str,
    each: bool = False,
) -> None:
    """Every stated name must be one of `names`; with `each` they are keys of the table there."""
    for name in stated:
        if name not in names:
            where = (*keys, name) if each else keys
            say(where, shown(name), f"{what}: {listed(names)}", nearest(name, names))


def _iso_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sayer(document: Document, faults: list[Fault]) -> Say:
    def say(keys: Keys, found: str, allowed: str | None = None, near: str | None = None) -> None:
        faults.append(Fault(document.origin(keys), ".".join(keys), found, allowed, near))

    return say
