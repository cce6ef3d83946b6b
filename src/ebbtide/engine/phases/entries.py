"""Recruits enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.service import enlist
from ebbtide.world.codes import KINDS, Kind

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


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
                abroad = intake[p, kind] if kind == Kind.FOREIGN else 0
                enlist(state, week, p, c, kind, intake[p, kind], abroad)
                state.men[c, p] += intake[p, kind]
                state.origins[g, kind] += intake[p, kind]
                state.enlisted[g, kind, p] += intake[p, kind]
                state.entries[g, kind] += intake[p, kind]
