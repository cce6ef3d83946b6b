"""What happens to a man's row: he enters, moves, changes sides and leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.borders import away_along, home_along, sanctuary_along
from ebbtide.engine.choice import along
from ebbtide.engine.chronicle import note_leader_lost
from ebbtide.engine.fresh_row import clear
from ebbtide.engine.identity import kind_of, pack, place_of
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import displacement, switching
from ebbtide.world.codes import DECAPITATIONS, End, Kind, Move, Slot
from ebbtide.world.posts import NO_POST, Hunted, Loss

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def take_a_row(state: State) -> int:
    """A row for a new man: one that was left, else the next that was never used."""
    if state.rows[Slot.FREE] > 0:
        state.rows[Slot.FREE] -= 1
        return state.free_rows[state.rows[Slot.FREE]]
    state.rows[Slot.USED] += 1
    return state.rows[Slot.USED] - 1


@compiled
def enlist(state: State, week: int, p: int, c: int, kind: int, men: int, abroad: int) -> None:
    """Give so many men who enter faction `c` in place `p` together a row each.

    The first `abroad` of them come from abroad, so that they count as those who serve longest.
    """
    for ordinal in range(men):
        row = take_a_row(state)
        clear(state, row)
        state.fighter_id[row] = pack(week, p, c, kind, ordinal)
        state.fighter_faction[row] = c
        state.fighter_place[row] = p
        state.fighter_origin[row] = kind
        state.fighter_abroad[row] = ordinal < abroad
        state.fighter_since[row] = week
        state.fighter_arrived[row] = week


@compiled
def vacate(world: World, state: State, week: int, row: int, end: int, hunted: int) -> None:
    """Leave whatever post the man in `row` holds, whose service ends so.

    Whose end decapitates is a leader lost to his group (`cohesion.shock`). Who leaves by himself is
    none, yet if he was the head it is disputed who follows him.
    """
    k = int(state.fighter_post[row])
    if k == NO_POST:
        return
    g, rank = world.post_group[k], world.post_rank[k]
    state.fighter_post[row] = NO_POST
    state.post_row[k] = -1
    state.post_vacant_since[k] = week
    note_leader_lost(state, week, group=g, rank=rank, end=end, hunted=hunted)
    if end in DECAPITATIONS:
        state.leaders_lost[g, Loss.HEAD if rank == 0 else Loss.OTHER] += 1
    elif rank == 0:
        state.leaders_lost[g, Loss.HEAD_WENT] += 1


@compiled
def count_enlisted(state: State, row: int, g: int, men: int) -> None:
    """Add `men` (1, or -1 who leaves) to those of group `g` who enlisted as the man in `row` did."""
    who = state.fighter_id[row]
    state.enlisted[g, kind_of(who), place_of(who)] += men


@compiled
def leave(world: World, state: State, week: int, row: int, end: int) -> None:
    """End the service of the man in `row`; his row is free for another."""
    c = int(state.fighter_faction[row])
    g = world.faction_group[c]
    state.men[c, int(state.fighter_place[row])] -= 1
    state.origins[g, int(state.fighter_origin[row])] -= 1
    state.exits[g, end] += 1
    count_enlisted(state, row, g, -1)
    vacate(world, state, week, row, end, Hunted.NOT)
    state.fighter_id[row] = 0
    state.free_rows[state.rows[Slot.FREE]] = row
    state.rows[Slot.FREE] += 1


@compiled
def change_sides(world: World, state: State, week: int, row: int, to: int) -> None:
    """Take the man in `row` over to group `to`, into its faction that is strongest where he is."""
    c = int(state.fighter_faction[row])
    p = int(state.fighter_place[row])
    g = world.faction_group[c]
    first, last = world.group_start[to], world.group_start[to + 1]
    drawing = np.empty(last - first)
    for other in range(first, last):
        drawing[other - first] = switching.drawing_newcomers(state.men_before[other, p])
    joined = first + np.argmax(drawing)
    vacate(world, state, week, row, End.SWITCHED, Hunted.NOT)
    state.men[c, p] -= 1
    state.men[joined, p] += 1
    state.origins[g, int(state.fighter_origin[row])] -= 1
    state.origins[to, Kind.SWITCHED] += 1
    count_enlisted(state, row, g, -1)
    count_enlisted(state, row, to, 1)
    state.exits[g, End.SWITCHED] += 1
    state.entries[to, Kind.SWITCHED] += 1
    state.joined_from[to, g] += 1
    state.fighter_faction[row] = joined
    state.fighter_origin[row] = Kind.SWITCHED
    state.fighter_came_from[row] = g
    state.fighter_since[row] = week


@compiled
def go(state: State, week: int, row: int, to: int) -> None:
    """Move the man in `row` to place `to`."""
    c = int(state.fighter_faction[row])
    state.men[c, int(state.fighter_place[row])] -= 1
    state.men[c, to] += 1
    state.fighter_place[row] = to
    state.fighter_arrived[row] = week


@compiled
def go_on(
    world: World, parameters: Parameters, state: State, week: int, row: int, driven_out: bool
) -> None:
    """Move the man in `row` over a border, chosen by a draw along what drives him; or nowhere.

    Who is driven out looks for safety alone; others are drawn too by held ground that they came from,
    and are left where they are by what draws only those who did.
    """
    p = int(state.fighter_place[row])
    g = world.faction_group[int(state.fighter_faction[row])]
    first, stop = world.border_start[p], world.border_start[p + 1]
    nowhere = stop - first
    drives = np.zeros(nowhere + 1)
    entered_at = place_of(state.fighter_id[row])
    for b in range(first, stop):
        sanctuary = sanctuary_along(world, state, g, p, b)
        drives[b - first] = away_along(world, parameters, state, g, p, b, sanctuary)
        if not driven_out:
            returns = displacement.returns(entered_at, world.border_to[b])
            drives[b - first if returns else nowhere] += home_along(
                world, parameters, state, g, p, b
            )
    drawn = random_numbers.draw(world, Decision.MOVE_TO, state.fighter_id[row], week)
    over = along(drives, drawn * sum(drives))
    if over < 0 or over == nowhere:
        return
    b = first + over
    go(state, week, row, world.border_to[b])
    state.moved[g, Move.ALL] += 1
    state.moved[g, Move.ACROSS] += world.border_international[b]
