"""What must hold between the tables of a scenario."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from typing import assert_never

from pydantic import BaseModel

from ebbtide.scenario.content import walk
from ebbtide.scenario.deployment_checks import check_forces
from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import Fault, listed, nearest, shown
from ebbtide.scenario.founding_checks import (
    check_founded_by_some,
    check_founding,
    check_leaders_are_called_once,
    check_nothing_at_the_start,
)
from ebbtide.scenario.names import Names
from ebbtide.scenario.reporting import Say, check_known, check_names, reporter
from ebbtide.scenario.same_week_checks import check_same_week
from ebbtide.scenario.schema.events import (
    AllianceChange,
    CentreChange,
    Deployment,
    Event,
    Founding,
    HostilityChange,
    LeaderLoss,
    Pledge,
)
from ebbtide.scenario.schema.evidence import Ledger
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.groups import OF_ATTACKS, Group
from ebbtide.scenario.schema.policy import PolicyFile
from ebbtide.scenario.schema.table import Table
from ebbtide.scenario.tie_checks import check_ties
from ebbtide.scenario.weeks import weeks_between

MOST_PLACES, MOST_FACTIONS, MOST_WEEKS = 4000, 250, 4000
SPAN: list[Keys] = [("start",), ("end",)]
_LAST_DAY = dt.date(9999, 1, 1)


def check_all_names(
    file: ScenarioFile,
    names: Names,
    document: Document,
    faults: list[Fault],
    mended: Collection[Keys] = (),
) -> None:
    """Add to `faults` what tables name and nothing is, as `check_scenario` does the rest.

    No number changes that.
    """
    say = reporter(document, faults, mended)
    check_names(say, file, (), names)
    for keys, table in walk(file):
        if isinstance(table, Table):
            check_names(say, table, keys, names)


def check_scenario(
    file: ScenarioFile,
    names: Names,
    document: Document,
    faults: list[Fault],
    mended: Collection[Keys] = (),
    tried: Collection[Keys] = (),
    policy: PolicyFile | None = None,
) -> None:
    """Add to `faults` what does not fit together in a scenario, whose policy may deploy its forces.

    Nothing is said that rests on a value at keys that are `mended`. What is set beside the file, at keys
    that are `tried`, may leave a founding without men, or a deployment or a change of a tie without
    effect.
    """
    _check_dates(file, reporter(document, faults, mended))
    mended = {*mended, *unsound_span(file)}
    say = reporter(document, faults, mended)
    say_idle = reporter(document, faults, {*mended, *tried})
    check_founded_by_some(file, say_idle)
    check_nothing_at_the_start(file, say)
    check_leaders_are_called_once(file, say)
    if len(names.places) > MOST_PLACES:
        say(("places",), f"{len(names.places)} places", f"at most {MOST_PLACES}")
    factions = sum(max(1, len(group.factions)) for group in file.groups.values())
    if factions > MOST_FACTIONS:
        say(("groups",), f"{factions} factions in all", f"at most {MOST_FACTIONS}")
    _check_focus(file, say)
    _check_free(file, say)
    _check_borders(file, say)
    for identifier, group in file.groups.items():
        _check_group(("groups", identifier), identifier, group, names, say)
        _check_attacks(("groups", identifier), group, say)
        _check_held(("groups", identifier), group, say)
    for identifier, centre in file.centres.items():
        keys = ("centres", identifier, "health")
        if not centre.health:
            say(keys, "no date", "a value by date, such as 2015-01-31 = 0.5")
        for date in centre.health:
            if not _iso_date(date):
                say((*keys, date), shown(date), "a date such as 2015-01-31")
    _check_events(file, names, say)
    check_same_week(file, say_idle)
    check_ties(file, say, say_idle)
    check_forces(file, policy, say, say_idle)
    _check_ground(file, say)


def check_claims(
    tables: BaseModel, ledger: Ledger | None, document: Document, faults: list[Fault]
) -> None:
    """Add to `faults` the ids of claims that the ledger has not.

    The rules' numbers are for all cases, and may name the claims of one.
    """
    known = ledger.claims if ledger else {}
    allowed = f"claims: {listed(known)}" if known else "none without `evidence.claims`"
    for keys, stated in walk(tables):
        if keys[-1] != "claims" or keys[0] == "rules" or not isinstance(stated, tuple):
            continue
        for claim in stated:
            if claim not in known:
                near = nearest(claim, known)
                faults.append(
                    Fault(document.origin(keys), ".".join(keys), shown(claim), allowed, near)
                )


def unsound_span(file: ScenarioFile) -> list[Keys]:
    """The keys of start and end where no week lies between them: what rests on these is moot."""
    return [] if file.start < file.end <= _LAST_DAY else SPAN


def _check_dates(file: ScenarioFile, say: Say) -> None:
    if unsound_span(file):
        allowed = f"a date after start, {file.start}, and not after {_LAST_DAY}"
        say(("end",), shown(file.end), allowed, rests_on=SPAN)
        return
    if weeks_between(file.start, file.end) > MOST_WEEKS:
        weeks = weeks_between(file.start, file.end)
        found = f"{file.end}, {weeks} weeks after start"
        say(("end",), found, f"at most {MOST_WEEKS} weeks", rests_on=SPAN)
    if file.cut is not None and not file.start < file.cut <= file.end:
        allowed = f"a date after {file.start}, up to {file.end}"
        say(("cut",), shown(file.cut), allowed, rests_on=[("cut",), *SPAN])


def _check_focus(file: ScenarioFile, say: Say) -> None:
    focus = file.focus or ()
    for twice in sorted({group for group in focus if focus.count(group) > 1}):
        say(("focus",), f"{shown(twice)} twice", "each group once")
    if file.focus_name is not None and len(focus) < 2:
        found = f"{shown(file.focus_name)}, a name of several groups together"
        allowed = "none, or several groups in `focus`"
        say(("focus_name",), found, allowed, rests_on=[("focus_name",), ("focus",)])


def _check_free(file: ScenarioFile, say: Say) -> None:
    free = () if file.calibration is None else file.calibration.free
    for twice in sorted({path for path in free if free.count(path) > 1}):
        say(("calibration", "free"), f"{shown(twice)} twice", "each quantity once")


def _check_borders(file: ScenarioFile, say: Say) -> None:
    first: dict[frozenset[str], str] = {}
    for identifier, border in file.borders.items():
        keys = ("borders", identifier, "between")
        ends = frozenset(border.between)
        if len(ends) == 1:
            say(keys, f"{shown(border.between[0])} twice", "two different places")
        elif ends in first:
            say(keys, f"the same two places as borders.{first[ends]}", "one border for two places")
        first.setdefault(ends, identifier)
        countries = [file.places[end].country for end in border.between if end in file.places]
        if len(countries) == 2 and border.international != (countries[0] != countries[1]):
            a, b = border.between
            found = (
                f"{shown(border.international)}: {a} is in {countries[0]}, {b} in {countries[1]}"
            )
            keys = ("borders", identifier, "international")
            rests_on = [keys, ("borders", identifier), *(("places", end) for end in border.between)]
            say(keys, found, shown(not border.international), rests_on=rests_on)


def _check_group(keys: Keys, identifier: str, group: Group, names: Names, say: Say) -> None:
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
    others = names.groups - {identifier}
    for key, towards in (("hostility", group.hostility), ("allies", group.allies)):
        check_known(say, (*keys, key), {*towards} - {identifier}, others, "other groups", each=True)
        if identifier in towards:
            say((*keys, key, identifier), "the group itself", f"other groups: {listed(others)}")


def _check_attacks(keys: Keys, group: Group, say: Say) -> None:
    """Tell what a group that mounts no attacks says of them."""
    for name in OF_ATTACKS:
        stated, neutral = getattr(group, name), Group.model_fields[name].default
        if group.dynamics == "simple" and (stated.uncertain or stated.median != neutral.median):
            found = "attacks of a group of simple dynamics, which mounts none"
            rests_on = [(*keys, name), (*keys, "dynamics")]
            say((*keys, name), found, 'dynamics = "full"', rests_on=rests_on)


def _check_held(keys: Keys, group: Group, say: Say) -> None:
    held, rests_on = (*keys, "held"), [(*keys, "held"), (*keys, "dynamics")]
    if group.held and group.dynamics == "simple":
        say(held, "ground of a group of simple dynamics, which holds none", 'dynamics = "full"',
            rests_on=rests_on)  # fmt: skip


def _check_ground(file: ScenarioFile, say: Say) -> None:
    for place in file.places:
        sharing = [name for name, group in file.groups.items() if place in group.held]
        shares = [file.groups[name].held[place].quantile(1.0) for name in sharing]
        if sum(shares) > 1 + 1e-6:
            keys = [("groups", name, "held", place) for name in sharing]
            found = f"{shares[-1]:g}, by which groups together hold up to {sum(shares):g} of it"
            say(keys[-1], found, "at most 1 in all", rests_on=keys)


def _check_events(file: ScenarioFile, names: Names, say: Say) -> None:
    founded: dict[str, str] = {}
    for identifier, event in file.events.items():
        keys = ("events", identifier)
        if not file.start <= event.date <= file.end:
            allowed = f"a date from {file.start} to {file.end}"
            rests_on = [(*keys, "date"), *SPAN]
            say((*keys, "date"), shown(event.date), allowed, rests_on=rests_on)
        match event:
            case Founding():
                check_founding(keys, event, file, names, say)
                if event.group in founded:
                    found = (
                        f"{shown(event.group)}, founded by events.{founded[event.group]} already"
                    )
                    say((*keys, "group"), found)
                founded.setdefault(event.group, identifier)
            case Pledge():
                if event.group.split(".")[0] == event.to:
                    say((*keys, "to"), f"{shown(event.to)}, to itself", "another group")
            case HostilityChange() if event.group == event.towards:
                say((*keys, "towards"), f"{shown(event.towards)}, to itself", "another group")
    for identifier, event in file.events.items():
        for group in _groups_of(event):
            if group in founded and event.date < file.events[founded[group]].date:
                _say_too_early(("events", identifier), event, group, founded[group], file, say)


def _groups_of(event: Event) -> list[str]:
    """The groups that must be there on an event's day."""
    match event:
        case Founding():
            return [source.split(".")[0] for source in event.seed]
        case Pledge():
            return [event.to, event.group.split(".")[0]]
        case HostilityChange():
            return [event.group, event.towards]
        case LeaderLoss() | AllianceChange() | CentreChange():
            return [event.group]
        case Deployment():
            return []
        case _:
            assert_never(event)


def _say_too_early(
    keys: Keys, event: Event, group: str, founding: str, file: ScenarioFile, say: Say
) -> None:
    """Report an event of a group that is not founded yet."""
    day = file.events[founding].date
    rests_on = [(*keys, "date"), ("events", founding, "date")]
    found = f"{event.date}, when {group} is not founded yet"
    say(
        (*keys, "date"),
        found,
        f"a date from {day} on, when events.{founding} founds it",
        rests_on=rests_on,
    )


def _iso_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
