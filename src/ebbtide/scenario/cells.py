"""The cells of its lever that an act of policy moves, by the ids of what it is held by."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from ebbtide.scenario.deployments import operates_in
from ebbtide.scenario.levers import LEVERS, groups_against, places_named
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import Act

Post = tuple[str, int]  # a group, and the number of a post of it, from 1
Cell = tuple[str | Post, ...]  # an id for each of what the lever is held by, in its order


def cells_of(act: Act, file: ScenarioFile) -> list[Cell]:
    """The cells of its lever that an act moves; what lies between two groups in either direction."""
    lever = LEVERS[act.kind]
    ids = [[*named(act, file, each)] for each in lever.held_by]
    moved = [*product(*ids)]
    if lever.between is not None:
        one, other = lever.between
        ids[one], ids[other] = ids[other], ids[one]
        moved += product(*ids)
    return moved


def named(act: Act, file: ScenarioFile, by: str) -> Iterable[str | Post]:
    """The forces, groups, places, rivals or posts that an act speaks of: all where it names none.

    Raises TypeError for what no act can name.
    """
    match by:
        case "force":
            return file.forces if act.force is None else [act.force]
        case "group":
            return groups_against(act, file.groups)
        case "rival" if act.rival is not None:
            return [act.rival]
        case "post" if act.post is not None:
            return [(group, act.post) for group in act.against]
        case "place":
            return places_reached(act, file)
    raise TypeError(f"{act.kind} is held by {by}, which no act can name")


def places_reached(act: Act, file: ScenarioFile, weeks: range | None = None) -> list[str]:
    """The places of an act, in the scenario's order: of a force those where it operates in these weeks."""
    places = places_named(act, file)
    if act.force is not None:
        places &= operates_in(file, act.force, weeks)
    return [place for place in file.places if place in places]
