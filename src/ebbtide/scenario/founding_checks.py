"""What must hold of foundings and splits: whom they take, and where who comes gathers."""

from __future__ import annotations

from ebbtide.scenario.document import Keys
from ebbtide.scenario.faults import shown
from ebbtide.scenario.names import Names
from ebbtide.scenario.reporting import Say, check_known
from ebbtide.scenario.schema.events import Founding
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import week_felt


def check_founding(keys: Keys, event: Founding, file: ScenarioFile, names: Names, say: Say) -> None:
    """Report what does not fit together in one founding."""
    sources = {name for name in names.groups | names.factions if name.split(".")[0] != event.group}
    check_known(say, (*keys, "seed"), event.seed, sources, "groups and factions", each=True)
    check_known(say, (*keys, "promised"), event.promised, event.seed, "sources of seed", each=True)
    within = {name for name in sources if name.split(".")[0] in event.seed} | event.seed.keys()
    check_known(say, (*keys, "leaders"), event.leaders, within, "sources of seed", each=True)
    if event.seed_places and not event.seed:
        rests_on = [(*keys, "seed_places"), (*keys, "seed")]
        say((*keys, "seed_places"), "places of no seed", "a source in `seed`", rests_on=rests_on)
    for source, date in event.promised.items():
        if date >= event.date:
            rests_on = [(*keys, "promised", source), (*keys, "date")]
            allowed = f"a date before {event.date}, when {event.group} is founded"
            say((*keys, "promised", source), shown(date), allowed, rests_on=rests_on)
    group = file.groups.get(event.group)
    if group is not None and group.fighters.quantile(1.0) > 0:
        found = f"{group.fighters.median:g}, yet {'.'.join(keys)} founds the group later"
        rests_on = [(*keys, "group"), ("groups", event.group, "fighters")]
        say(("groups", event.group, "fighters"), found, "0", rests_on=rests_on)
    if not event.places and event.men.quantile(1.0) > 0:
        allowed = "the places of the men who come, each with a weight"
        rests_on = [(*keys, "places"), (*keys, "men")]
        say((*keys, "places"), "no place", allowed, rests_on=rests_on)


def check_nothing_at_the_start(file: ScenarioFile, say: Say) -> None:
    """A group that is founded later has no ground, no factions and nobody from abroad before."""
    for name, founding in file.foundings.items():
        if (group := file.groups.get(name)) is None:
            continue
        later = f"yet events.{founding} founds the group later"
        keys: Keys = ("groups", name)
        rests_on: list[Keys] = [("events", founding, "group")]
        stated = {
            "held": (group.held, f"ground at the start, {later}", "none"),
            "foreigners": (
                group.foreigners.quantile(1.0) > 0,
                f"{group.foreigners.median:g} of its men at the start, {later}",
                "0, or left out",
            ),
            "factions": (
                group.factions,
                f"factions of its men at the start, {later}: whoever comes is of one",
                "none",
            ),
        }
        for key, (is_stated, found, allowed) in stated.items():
            if is_stated:
                say((*keys, key), found, allowed, rests_on=[(*keys, key), *rests_on])


def check_leaders_are_called_once(file: ScenarioFile, say: Say) -> None:
    """Of foundings in one week only one takes leaders: the engine calls them for one at a time."""
    calling: dict[int, str] = {}
    for identifier, event in file.events.items():
        if not isinstance(event, Founding) or not event.leaders:
            continue
        week = week_felt(file.start, event.date)
        if other := calling.get(week):
            keys, before = ("events", identifier), ("events", other)
            found = f"leaders in the week in which {other} takes some too"
            rests_on = [(*each, key) for each in (keys, before) for key in ("date", "leaders")]
            say((*keys, "leaders"), found, "a date in another week", rests_on=rests_on)
        calling.setdefault(week, identifier)


def check_founded_by_some(file: ScenarioFile, say: Say) -> None:
    """A founding brings somebody."""
    for identifier, event in file.events.items():
        if not isinstance(event, Founding) or event.men.quantile(1.0) > 0:
            continue
        places = event.seed_places.values()
        reaches = not places or any(share.quantile(1.0) > 0 for share in places)
        if not (reaches and any(share.quantile(1.0) > 0 for share in event.seed.values())):
            keys = ("events", identifier)
            allowed = (
                "`men` above 0 who come from elsewhere, or a share above 0 of a source in `seed`"
            )
            rests_on = [(*keys, "men"), (*keys, "seed"), (*keys, "seed_places")]
            say(keys, "a founding without men", allowed, rests_on=rests_on)
