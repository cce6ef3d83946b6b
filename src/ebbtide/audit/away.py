"""Acts in places where none of their groups has a man while they are in force, in the audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.scenario.deployments import operates_in, under
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.names import places_in
from ebbtide.scenario.weeks import in_force

if TYPE_CHECKING:
    from ebbtide.model import Insurgency
    from ebbtide.scenario.schema.file import ScenarioFile
    from ebbtide.scenario.schema.policy import Act


@dataclass(frozen=True, slots=True)
class ActOnNobody:
    """An act, whom it is against, and the places where most of their men are while it is in force."""

    act: str
    groups: tuple[str, ...]
    elsewhere: tuple[str, ...]


def acts_on_nobody(model: Insurgency, most: int = 3) -> Iterator[ActOnNobody]:
    """The acts that meet no man of their groups in any week of a whole run, at its numbers and luck.

    Of those that are in force while some of these men are anywhere.
    """
    scenario = model.scenario.stands_for
    file = under(scenario.policy.file, scenario.file)
    fighters = model.state.place_series.fighters
    for name, act in scenario.policy.file.acts.items():
        if not act.against or "place" not in LEVERS[act.kind].held_by or act.strength.median == 0:
            continue
        weeks = in_force(act, file)
        rows = [model.group_names.index(group) for group in act.against]
        men = fighters[weeks.start : weeks.stop, rows].sum(axis=(0, 1))
        named = [model.place_names.index(place) for place in _places(act, file)]
        if men.sum() > 0 and not men[named].any():
            places = [p for p in (-men).argsort(kind="stable")[:most] if men[p] > 0]
            yield ActOnNobody(name, act.against, tuple(model.place_names[p] for p in places))


def _places(act: Act, file: ScenarioFile) -> list[str]:
    """Where an act is moved: in the places that it names, where its force operates if it has one."""
    named = [*file.places] if act.places is None else places_in(file.places, act.places)
    if act.force is None:
        return named
    there = operates_in(file, act.force, in_force(act, file))
    return [place for place in named if place in there]
