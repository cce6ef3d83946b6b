"""The acts of a policy, as columns: when each is in force, and which cells of its lever it moves."""

from __future__ import annotations

from typing import Any

import numpy as np

from ebbtide.engine.assembly.rows import Rows
from ebbtide.scenario import Policy, Scenario
from ebbtide.scenario.cells import Post, cells_of, named
from ebbtide.scenario.levers import LEVERS, columns_of
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
            for each in named(act, scenario.file, "post"):
                post = _row(rows, "post", each)
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
    table, held_by = getattr(numbered, act.kind), LEVERS[act.kind].held_by
    moved = [
        table[tuple(_row(rows, by, each) for by, each in zip(held_by, cell, strict=True))]
        for cell in cells_of(act, scenario.file)
    ]
    return np.array(moved, np.int64)


def _row(rows: Rows, by: str, each: str | Post) -> int:
    """The row of what a lever is held by."""
    match each:
        case (group, number):
            return sum(rows.posts[: rows.groups[group]]) + number - 1
        case str():
            known = {"force": rows.forces, "place": rows.places}.get(by, rows.groups)
            return known[each]
