"""What is worth knowing of the groups of a sound scenario: what they state and nothing comes of."""

from __future__ import annotations

from collections.abc import Iterator

from ebbtide.scenario.ally_notes import notes_on_allies
from ebbtide.scenario.centre_notes import notes_on_centres
from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.event_notes import notes_on_events
from ebbtide.scenario.faults import listed
from ebbtide.scenario.idle_mechanisms import WORKS_ON
from ebbtide.scenario.name_notes import notes_on_names
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.groups import OF_ATTACKS
from ebbtide.scenario.seed_notes import notes_on_seeds


def notes_on_groups(file: ScenarioFile) -> Iterator[CheckNote]:
    """A note on each group that is never there, and for what groups state to no effect."""
    for name, group in file.groups.items():
        if not file.is_ever_there(name):
            yield CheckNote(
                "{} has no fighters and no founding: it is never there", (f"groups.{name}",)
            )
        own = [faction.places is not None for faction in group.factions.values()]
        places = (f"groups.{name}.places",)
        if group.places and own and all(own):
            own_alone = "{}: its factions state their own; they are its home alone"
            yield CheckNote(own_alone, places, idle=False)
        elif name in file.foundings and len({each.median for each in group.places.values()}) > 1:
            home = "they are its home alone, whatever their weights"
            yield CheckNote(f"{{}}: it is founded later; {home}", places, idle=False)
        unused = tuple(
            f"groups.{name}.{key}"
            for key in OF_ATTACKS
            if key in group.model_fields_set and group.attacks.quantile(1.0) == 0
        )
        if group.dynamics == "full" and unused:
            yield CheckNote("nothing comes of {}: the group's `attacks` is 0", unused)
        yield from _of_later_allies(name, file)
        yield from _of_empty_ground(name, file)
    idle = tuple(
        f"groups.{name}.attacks"
        for name, group in file.groups.items()
        if group.dynamics == "simple" and group.attacks.quantile(1.0) > 0
    )
    if idle:
        yield CheckNote("nothing comes of {}: groups of simple dynamics mount none", idle)
    yield from notes_on_centres(file)
    yield from notes_on_names(file)
    yield from notes_on_seeds(file)
    yield from notes_on_allies(file)
    yield from notes_on_events(file)
    yield from _of_rules_off(file)


def _of_rules_off(file: ScenarioFile) -> Iterator[CheckNote]:
    """What is stated for a mechanism alone that the scenario has switched off."""
    off = {name for name, table in file.rules.items() if not table.get("on", True)}
    for mechanism, each in WORKS_ON.items():
        if mechanism in off and each.for_it_alone and (idle := each.paths(file)):
            yield CheckNote(f"nothing comes of {{}}: rules.{mechanism} is off", tuple(idle))


def _of_later_allies(name: str, file: ScenarioFile) -> Iterator[CheckNote]:
    """Ties without a first day of their own that wait for an ally who is founded after the group."""
    founded = {group: file.events[event].date for group, event in file.foundings.items()}
    for ally, tie in file.groups[name].allies.items():
        if tie.start is None and ally in founded:
            since = max(founded[ally], founded.get(name, file.start))
            if since == founded[ally] > file.start:
                waits = f"{{}} waits until {since}, when {ally} is founded"
                yield CheckNote(waits, (f"groups.{name}.allies.{ally}",), idle=False)


def _of_empty_ground(name: str, file: ScenarioFile) -> Iterator[CheckNote]:
    """Ground that is held on the first day where the group has no men."""
    group = file.groups[name]
    homes = [faction.places or group.places for faction in group.factions.values()]
    there = {place for home in homes or [group.places] for place in home}
    empty = [
        place
        for place, share in group.held.items()
        if share.quantile(1.0) > 0 and place not in there
    ]
    if empty:
        loses = "and who holds ground without men loses it"
        said = f"{{}}: none of its men stand in {listed(empty)} at the start, {loses}"
        yield CheckNote(said, (f"groups.{name}.held",), idle=False)
