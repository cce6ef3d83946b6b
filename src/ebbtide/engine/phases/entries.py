"""Recruits enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.fresh_row import clear
from ebbtide.engine.identity import pack
from ebbtide.world.codes import KINDS, Slot

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
def enter(world: World, parameters: Parameters, state: State, week: int) -> None:
    """Give every recruit of the week a row."""
    for c in range(world.factions):
        g = world.faction_group[c]
        intake = state.intake[c]
        for p in range(world.places):
            for kind in range(1, KINDS):
                if intake[p, kind] == 0:
                    continue
                for ordinal in range(intake[p, kind]):
                    row = take_a_row(state)
                    clear(state, row)
                    state.fighter_id[row] = pack(week, p, c, kind, ordinal)
                    state.fighter_faction[row] = c
                    state.fighter_place[row] = p
                    state.fighter_origin[row] = kind
                    state.fighter_since[row] = week
                    state.fighter_arrived[row] = week
                state.men[c, p] += intake[p, kind]
                state.origins[g, kind] += intake[p, kind]
                state.enlisted[g, kind, p] += intake[p, kind]
                state.entries[g, kind] += intake[p, kind]
