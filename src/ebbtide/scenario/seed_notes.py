"""Foundings that take men of places where there may be none, leaders who count to none, men told twice."""

from __future__ import annotations

from collections.abc import Iterator

from ebbtide.scenario.border_notes import joined_parts
from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.faults import listed
from ebbtide.scenario.schema.events import Founding
from ebbtide.scenario.schema.file import ScenarioFile

HALF = 0.5  # of a leader, from which on one goes


def notes_on_seeds(file: ScenarioFile) -> Iterator[CheckNote]:
    """Foundings out of places without men of the source, by shares of nobody, or of a faction twice."""
    parts = joined_parts(file)
    for identifier, event in file.events.items():
        if not isinstance(event, Founding):
            continue
        yield from _of_nobody(identifier, event, file)
        yield from _of_one_twice(identifier, event)
        if not event.seed_places:
            continue
        taken = {place for place, share in event.seed_places.items() if share.quantile(1.0) > 0}
        sources = [name for name, share in event.seed.items() if share.quantile(1.0) > 0]
        if not sources:
            continue
        stated, men = (f"events.{identifier}.seed_places",), f"the men of {listed(sources)}"
        homes = set[str]().union(*(_home_of(source, file) for source in sources))
        beyond = taken.difference(*(part for part in parts if part & homes))
        if beyond:
            of_others = "nobody crosses there but who came over from another group"
            said = f"no border leads to {listed(beyond)} from where {men} stand at the start"
            yield CheckNote(f"{{}}: {said}; {of_others}", stated, idle=False)
        if not taken & homes and taken != beyond:
            founded = " and it is founded by nobody" if event.men.quantile(1.0) == 0 else ""
            said = f"none of {men} stand there at the start"
            come = f"where none have come by {event.date}, nobody crosses{founded}"
            yield CheckNote(f"{{}}: {said}; {come}", stated, idle=False)


def _of_nobody(identifier: str, event: Founding, file: ScenarioFile) -> Iterator[CheckNote]:
    """Sources of which nobody crosses, and shares of so few leaders that none of them goes."""
    idle = tuple(
        f"events.{identifier}.seed.{name}"
        for name, share in event.seed.items()
        if share.quantile(1.0) == 0
    )
    if idle:
        yield CheckNote("{}: nobody of it crosses over", idle, idle=False)
    by_group: dict[str, dict[str, float]] = {}
    for source, share in event.leaders.items():
        group, _, faction = source.partition(".")
        if group in file.groups and share.quantile(1.0) > 0:
            factions = file.groups[group].factions
            posts = float(file.groups[group].posts)
            posts *= factions[faction].share.quantile(1.0) if faction in factions else 1
            by_group.setdefault(group, {})[source] = share.quantile(1.0) * posts
    for group, leaders in by_group.items():
        if (count := sum(leaders.values())) < HALF:  # as `founding.leader_goes` counts
            of = tuple(f"events.{identifier}.leaders.{source}" for source in leaders)
            said = f"{{}}: {count:.2g} leaders of {group} at the most: under {HALF:g}, so that none goes"
            yield CheckNote(said, of, idle=False)


def _of_one_twice(identifier: str, event: Founding) -> Iterator[CheckNote]:
    """Shares of a faction and of its group, of which one holds for the faction."""
    for key, shares in (("seed", event.seed), ("leaders", event.leaders)):
        order = list(shares)
        for faction in order:
            group = faction.partition(".")[0]
            if faction == group or group not in shares:
                continue
            last = max(faction, group, key=order.index)
            of = tuple(f"events.{identifier}.{key}.{name}" for name in (faction, group))
            said = f"{{}}: a faction and its group; for the men of {faction} that of {last} holds, "
            said += "which stands last"
            yield CheckNote(said, of, idle=False)


def _home_of(source: str, file: ScenarioFile) -> set[str]:
    """The places of a group's or faction's men at the start; all of a group that is founded later."""
    name, _, faction = source.partition(".")
    group = file.groups.get(name)
    if group is None or name in file.foundings:
        return set(file.places)
    factions = [group.factions[faction]] if faction in group.factions else group.factions.values()
    return {
        place
        for home in [each.places or group.places for each in factions] or [group.places]
        for place, weight in home.items()
        if weight.quantile(1.0) > 0
    }
