"""The acts of a policy, as columns: when each is in force, and which cells of its lever it moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ebbtide.engine.assembly.rows import Rows
from ebbtide.scenario import Policy, Scenario
from ebbtide.scenario.deployments import operates_in
from ebbtide.scenario.levers import LEVERS, columns_of, groups_against
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.policy import Act
from ebbtide.scenario.weeks import in_force
from ebbtide.world.columns import Integers
from ebbtide.world.dimensions import lengths
from ebbtide.world.levers import Levers
from ebbtide.world.world import World


def acts_of(scenario: Scenario, policy: Policy, rows: Rows, levers: Levers) -> dict[str, Any]:
    """Weeks [start, stop), strengths, aims and cells of every act."""
    acts = list(policy.file.acts.values())
    weeks = [in_force(act, scenario.file) for act in acts]
    numbered = levers.numbered()
    cells = [_cells(scenario, act, rows, numbered) for act in acts]
    sizes = lengths(rows.counts | {"acts": len(acts)})
    aims, ahead = World.blank("act_aims", sizes), World.blank("act_aim_ahead", sizes)
    for a, act in enumerate(acts):
        strength, *aimed = (getattr(numbered, column).flat[0] for column in columns_of(act.kind))
        for j, (aim, cell) in enumerate(zip(LEVERS[act.kind].aims, aimed, strict=True)):
            aims[a, j], ahead[a, j] = _share(getattr(act, aim)), cell - strength
    dated, change = World.blank("post_dated", sizes), World.blank("levers_change", sizes)
    for act, lasting in zip(acts, weeks, strict=True):
        if LEVERS[act.kind].kills_holder and _share(act.strength) > 0.0:
            for post in _named(scenario, act, rows, "post"):
                dated[post] = max(dated[post], lasting.start)
    turns = [week for lasting in weeks for week in (lasting.start, lasting.stop)]
    change[[week for week in turns if week <= scenario.weeks]] = 1
    return {
        "post_dated": dated,
        "act_start": [lasting.start for lasting in weeks],
        "act_stop": [lasting.stop for lasting in weeks],
        "act_strength": [_share(act.strength) for act in acts],
        "act_aims": aims,
        "act_aimed": [len(LEVERS[act.kind].aims) for act in acts],
        "act_aim_ahead": ahead,
        "act_cell_start": np.cumsum([0, *(len(each) for each in cells)]),
        "act_cell": np.concatenate([np.empty(0, np.int64), *cells]),
        "levers_change": change,
    }


def _share(stated: Quantity | None) -> float:
    return 0.0 if stated is None else stated.median


def _cells(scenario: Scenario, act: Act, rows: Rows, numbered: Levers) -> Integers:
    """The cells of its lever that an act moves, in `levers.flat`."""
    table, lever = getattr(numbered, act.kind), LEVERS[act.kind]
    by_dimension = [list(_named(scenario, act, rows, dimension)) for dimension in lever.held_by]
    moved = table[np.ix_(*by_dimension)].ravel()
    if lever.between is not None:  # for either towards the other
        one, other = lever.between
        by_dimension[one], by_dimension[other] = by_dimension[other], by_dimension[one]
        moved = np.concatenate([moved, table[np.ix_(*by_dimension)].ravel()])
    return moved.astype(np.int64)


def _named(scenario: Scenario, act: Act, rows: Rows, dimension: str) -> Iterator[int]:
    """The rows along a dimension that an act speaks of: all where it names none."""
    match dimension:
        case "force":
            yield from rows.forces.values() if act.force is None else [rows.forces[act.force]]
        case "group":
            met = groups_against(act, rows.groups)
            yield from (rows.groups[name] for name in met)
        case "rival" if act.rival is not None:
            yield rows.groups[act.rival]
        case "post" if act.post is not None:
            for name in act.against:
                yield sum(rows.posts[: rows.groups[name]]) + act.post - 1
        case "place":
            named = rows.places if act.places is None else scenario.places_in(act.places)
            force = None
            if "force" in LEVERS[act.kind].held_by and act.force is not None:
                force = operates_in(scenario.file, act.force)
            yield from (rows.places[name] for name in named if force is None or name in force)
        case _:
            raise TypeError(f"{act.kind} is held by {dimension}, which no act can name")
