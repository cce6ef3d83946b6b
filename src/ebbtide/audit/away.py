"""Acts in places where none of their groups has a man while they are in force, in the audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.scenario.cells import places_reached
from ebbtide.scenario.deployments import under
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.weeks import in_force

if TYPE_CHECKING:
    from ebbtide.model import Insurgency


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
        named = [model.place_names.index(place) for place in places_reached(act, file, weeks)]
        if men.sum() > 0 and not men[named].any():
            places = [p for p in (-men).argsort(kind="stable")[:most] if men[p] > 0]
            yield ActOnNobody(name, act.against, tuple(model.place_names[p] for p in places))
