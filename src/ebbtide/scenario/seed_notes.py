"""Foundings that take men of stated places, where the source may have none."""

from __future__ import annotations

from collections.abc import Iterator

from ebbtide.scenario.border_notes import joined_parts
from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.faults import listed
from ebbtide.scenario.schema.events import Founding
from ebbtide.scenario.schema.file import ScenarioFile


def notes_on_seeds(file: ScenarioFile) -> Iterator[CheckNote]:
    """Foundings out of places where none of the source's men stand at the start, or ever come."""
    parts = joined_parts(file)
    for identifier, event in file.events.items():
        if not isinstance(event, Founding) or not event.seed_places:
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
