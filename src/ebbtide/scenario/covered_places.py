"""Where a covered act adds nothing, by place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ebbtide.scenario.cells import Cell
from ebbtide.scenario.covered_acts import CoveredAct
from ebbtide.scenario.levers import LEVERS


@dataclass(frozen=True, slots=True)
class CoveredPart:
    """Places of an act in which others hold its lever; none for a lever that no place holds.

    It is so of all that the act moves there or, where `of` names some, of these groups and forces alone.
    """

    places: tuple[str, ...]
    of: tuple[str, ...]
    by: tuple[str, ...]


def parts_of(act: CoveredAct) -> list[CoveredPart]:
    """Where the act adds nothing: a part for each set of acts that hold its lever."""
    by_place: dict[str | None, dict[Cell, Cell]] = {}
    for cell in act.cells:
        place, rest = _parted(cell, act.kind)
        by_place.setdefault(place, {})[rest] = cell
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for place, cells in by_place.items():
        held = {rest: act.by[cell] for rest, cell in cells.items() if cell in act.by}
        if held:
            of = () if len(held) == len(cells) else _told_apart(held, cells)
            by = tuple(dict.fromkeys(other for others in held.values() for other in others))
            found.setdefault((of, by), []).extend([] if place is None else [place])
    return [CoveredPart(tuple(places), of, by) for (of, by), places in found.items()]


def _parted(cell: Cell, kind: str) -> tuple[str | None, Cell]:
    """The place of a cell, if its lever is held by places, and what else it is held by."""
    held_by = LEVERS[kind].held_by
    if "place" not in held_by:
        return None, cell
    at = held_by.index("place")
    return str(cell[at]), (*cell[:at], *cell[at + 1 :])


def _told_apart(some: Collection[Cell], of: Collection[Cell]) -> tuple[str, ...]:
    """The ids by which some of several cells differ from the others."""
    common = set.intersection(*map(set, of))
    ids = (each for cell in some for each in cell if each not in common)
    return tuple(dict.fromkeys(each if isinstance(each, str) else each[0] for each in ids))
