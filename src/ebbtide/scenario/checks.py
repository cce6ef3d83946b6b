"""What must hold between the tables of a scenario, and between a policy and its scenario."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Iterable

from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import MISSING, Fault, listed, nearest, shown
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
_SPAN: list[Keys] = [("start",), ("end",)]
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

_NEED_WORDS = {"post": "a number, 1 for the head", "rival": "a group", "force": "a force"}

Say = Callable[..., None]


def weeks_between(start: dt.date, date: dt.date) -> int:
    """The weeks that must pass from `start` until `date` is reached; 0 when it is not later."""
    return max(0, math.ceil((date - start).days / 7))


def check_scenario(
    file: ScenarioFile,
    names: Names,
    document: Document,
    faults: list[Fault],
    mended: Collection[Keys] = (),
) -> None:
    """Add to `faults` what does not fit together in a scenario.

    Nothing is said that rests on a value at keys that are `mended`.
    """
    say = _sayer(document, faults, mended)
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
        say(("end",), shown(file.end), f"a date after start, {file.start}", rests_on=_SPAN)
    elif weeks_between(file.start, file.end) > MOST_WEEKS:
        weeks = weeks_between(file.start, file.end)
        found = f"{file.end}, {weeks} weeks after start"
        say(("end",), found, f"at most {MOST_WEEKS} weeks", rests_on=_SPAN)
    if file.cut is not None and not file.start < file.cut <= file.end:
        allowed = f"a date after {file.start}, up to {file.end}"
        say(("cut",), shown(file.cut), allowed, rests_on=[("cut",), *_SPAN])


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
        allowed = "the places of its fighters, each with a weight"
        rests_on = [(*keys, "places"), (*keys, "fighters")]
        say((*keys, "places"), "no place", allowed, rests_on=rests_on)
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
            allowed = f"a date from {file.start} to {file.end}"
            rests_on = [(*keys, "date"), *_SPAN]
            say((*keys, "date"), shown(event.date), allowed, rests_on=rests_on)
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
                dated = ("events", identifier, "date")
                rests_on = [dated, ("events", founded[event.to], "date")]
                say(dated, shown(event.date), allowed, rests_on=rests_on)


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
        rests_on = [(*keys, "group"), ("groups", event.group, "fighters")]
        say(("groups", event.group, "fighters"), found, "0", rests_on=rests_on)
    if not event.places and event.men.quantile(1.0) > 0:
        allowed = "the places of the men who come, each with a weight"
        rests_on = [(*keys, "places"), (*keys, "men")]
        say((*keys, "places"), "no place", allowed, rests_on=rests_on)


def check_policy(
    policy: PolicyFile,
    file: ScenarioFile,
    names: Names,
    document: Document,
    faults: list[Fault],
    mended: Collection[Keys] = (),
) -> None:
    """Add to `faults` what does not fit between a policy and its scenario.

    Nothing is said that rests on a value at keys that are `mended`, of either of the two.
    """
    say = _sayer(document, faults, mended)
    check_acts(policy, document, faults, mended)
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
                allowed = f"a date from {file.start} to {file.end}"
                say((*keys, key), shown(date), allowed, rests_on=[(*keys, key), *_SPAN])
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
        for name in act.against:
            group = file.groups.get(name)
            if group is not None and act.post is not None and act.post > group.posts:
                allowed = f"1 to {group.posts}, the posts of its group"
                rests_on = [(*keys, "post"), ("groups", name, "posts")]
                say((*keys, "post"), shown(act.post), allowed, rests_on=rests_on)


def check_acts(
    policy: PolicyFile,
    document: Document,
    faults: list[Fault],
    mended: Collection[Keys] = (),
) -> None:
    """Add to `faults` what does not fit together within a policy."""
    say = _sayer(document, faults, mended)
    for identifier, act in policy.acts.items():
        keys = ("acts", identifier)
        if act.stop is not None and act.stop <= act.start:
            rests_on = [(*keys, "stop"), (*keys, "start")]
            allowed = f"a date after start, {act.start}"
            say((*keys, "stop"), shown(act.stop), allowed, rests_on=rests_on)
        needed = _NEEDS.get(act.kind)
        if needed and getattr(act, needed) is None:
            say((*keys, needed), MISSING, f"{_NEED_WORDS[needed]}: {act.kind} needs it")
        for key, kind in _ONLY_FOR.items():
            if getattr(act, key) is not None and act.kind != kind:
                found = f"`{key}` in an act of kind {act.kind}"
                say((*keys, key), found, f"only with {kind}", rests_on=[(*keys, "kind")])
        if act.rival is not None and act.rival in act.against:
            say((*keys, "rival"), f"{shown(act.rival)}, also in against", "another group")
        _check_aims(keys, act, say)


def _check_aims(keys: Keys, act: Act, say: Say) -> None:
    stated = [share for share in (act.leaders, act.finance, act.media) if share is not None]
    total = sum(share.median for share in stated)
    if total > 1 + 1e-6:
        found = f"shares {', '.join(_SHARES)} that sum to {total:g}"
        say(keys, found, "at most 1", rests_on=[(*keys, share) for share in _SHARES])


def _known(
    say: Say,
    keys: Keys,
    stated: Iterable[str],
    names: Collection[str],
    what: str,
    each: bool = False,
) -> None:
    """Every stated name must be one of `names`; with `each` they are keys of the table there."""
    tables = [(word,) for word in what.split() if word not in ("and", "other")]
    for name in stated:
        if name in names:
            continue
        allowed, near = f"{what}: {listed(names)}", nearest(name, names)
        rests_on = [] if names else tables
        if each:
            say((*keys, name), "an unknown name", allowed, near, rests_on=rests_on)
        else:
            say(keys, shown(name), allowed, near, rests_on=[keys, *rests_on])


def _iso_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sayer(document: Document, faults: list[Fault], mended: Collection[Keys]) -> Say:
    def say(
        keys: Keys,
        found: str,
        allowed: str | None = None,
        near: str | None = None,
        *,
        rests_on: Iterable[Keys] | None = None,
    ) -> None:
        """Report what was found, unless it rests on something that stands in for a fault."""
        for rest in [keys] if rests_on is None else rests_on:
            shortest = [(rest[: len(known)], known[: len(rest)]) for known in mended]
            if any(a == b for a, b in shortest):
                return
        faults.append(Fault(document.origin(keys), ".".join(keys), found, allowed, near))

    return say
