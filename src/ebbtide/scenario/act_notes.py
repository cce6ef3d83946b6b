"""Acts of a sound policy that ask for what a force pays anyway, or are where no man can be."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from itertools import combinations

from ebbtide.scenario.border_notes import joined_parts, places_with_men
from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.deployments import operates_in
from ebbtide.scenario.faults import listed
from ebbtide.scenario.levers import BREAKING_PEACE, places_named
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.events import Founding
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import Act, PolicyFile
from ebbtide.scenario.weeks import in_force, week_felt


def notes_on_act(name: str, act: Act, file: ScenarioFile) -> Iterator[CheckNote]:
    """A note on an act that is of strength above 0, by what the scenario has where and while it is."""
    if act.kind == "attention":
        yield from _attends_already(name, act, file)
    if act.kind in BREAKING_PEACE:
        yield from _of_nobody(name, act, file)


def notes_on_offensives(policy: PolicyFile, file: ScenarioFile) -> Iterator[CheckNote]:
    """Offensives of one force at full strength in the same weeks: each has a part of it."""
    ordered = [(name, act) for name, act in policy.acts.items()
               if act.kind == "offensive" and act.strength.median > 0]  # fmt: skip
    for (one, first), (other, second) in combinations(ordered, 2):
        weeks = in_force(first, file), in_force(second, file)
        together = max(each.start for each in weeks) < min(each.stop for each in weeks)
        apart = places_named(first, file).isdisjoint(places_named(second, file))
        whole = first.strength.median == second.strength.median == 1
        if first.force == second.force and together and apart and whole:
            said = (
                f"{{}}: all that {first.force} has is asked for by both, in the same weeks: they "
                "share it by the men whom it knows in the places of each"
            )
            yield CheckNote(said, (f"acts.{one}", f"acts.{other}"), idle=False)


def _attends_already(name: str, act: Act, file: ScenarioFile) -> Iterator[CheckNote]:
    """An act that asks for less attention than each force pays to each of its groups at first."""
    of = (f"acts.{name}",)
    rule = file.rules.get("attention", {})
    fade, in_weeks = rule.get("fade"), in_force(act, file)
    if not isinstance(fade, Quantity) or not in_weeks:
        return
    if not rule.get("on"):
        yield CheckNote(
            "{} moves nothing: rules.attention is off, and every force attends in full", of
        )
        return
    forces = file.forces if act.force is None else {act.force: file.forces[act.force]}
    own: dict[tuple[str, str], tuple[Quantity, int]] = {}  # attention at first, and in which week
    for force, entry in forces.items():
        for group in act.against:
            event = file.foundings.get(group)
            if event is None:
                own[force, group] = entry.attention, 0
            else:
                day = week_felt(file.start, file.events[event].date)
                own[force, group] = entry.attention_new, day
    asked, last = act.strength.median, in_weeks.stop - 1

    def at_least(week: int) -> bool:
        """Whether each pays as much by a week, even where it has seen nothing since."""
        return all(
            at_first.median * (1 - fade.median) ** max(0, week - since) >= asked
            for at_first, since in own.values()
        )

    if not own or not at_least(in_weeks.start):
        return
    (force, group), (at_first, since) = min(own.items(), key=lambda each: each[1][0].median)
    said = (
        f"{{}} asks for {asked:g}, and {force} attends to {group} by {at_first.median:g} at first"
    )
    if at_least(last):
        yield CheckNote(f"{said} and by no less than that till its end: it moves nothing", of)
    else:
        kept = max(1 - fade.median, 1e-9)  # a week, of a group that is not seen
        weeks = 1 + math.floor(math.log(asked / at_first.median) / math.log(kept))
        faded = file.start + dt.timedelta(weeks=since + weeks)
        yield CheckNote(f"{said}: it adds nothing before {faded}", of, idle=False)


def _of_nobody(name: str, act: Act, file: ScenarioFile) -> Iterator[CheckNote]:
    """An act in places where its groups have no men at first, and to which no border leads from there."""
    there = places_named(act, file)
    if act.force is not None:
        there &= operates_in(file, act.force, in_force(act, file))
    parts = joined_parts(file)

    def reached(homes: set[str]) -> set[str]:
        return set[str]().union(*(part for part in parts if part & homes))

    of, where = (f"acts.{name}",), "no border leads there from where"
    if not there or not act.against:
        return
    if not there & reached(places_with_men(file)):
        yield CheckNote(f"{{}} moves nothing: {where} any group has men", of)
    elif not any(there & reached(_homes(group, file)) for group in act.against):
        whose = " and ".join(act.against)
        yield CheckNote(
            f"{{}}: {where} {whose} has men; it meets only who comes over there", of, idle=False
        )
    elif act.places is not None and not there & set[str]().union(
        *(_homes(group, file) for group in act.against)
    ):
        whose = " and ".join(act.against)
        said = f"none of {whose}'s men stand in {listed(there)} at first"
        yield CheckNote(f"{{}}: {said}; it meets only who has come by then", of, idle=False)


def _homes(group: str, file: ScenarioFile) -> set[str]:
    """The places where the men of a group stand at first; all where nothing says so."""
    entry, event = file.groups[group], file.events.get(file.foundings.get(group, ""))
    if isinstance(event, Founding):
        return {*(event.places or file.places)}
    factions = [faction.places or entry.places for faction in entry.factions.values()]
    return {place for home in factions or [entry.places] for place in home}
