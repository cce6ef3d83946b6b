"""Policy sets the levers."""

from __future__ import annotations

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.parameters import Parameters
from ebbtide.rules import targeting
from ebbtide.world.state import State
from ebbtide.world.world import World


@compiled
def set_levers(world: World, parameters: Parameters, state: State, week: int) -> None:
    """Put every lever where the acts in force this week hold it, from [start, stop).

    Where several acts move one lever the strongest holds it and its aims (`targeting.ahead`), so that
    the order of acts never matters.
    """
    if world.levers_change[week] == 0:
        return
    levers = state.levers.flat
    levers[:] = 0.0
    for a in range(world.acts):
        if week < world.act_start[a] or week >= world.act_stop[a]:
            continue
        strength, aims, further = world.act_strength[a], world.act_aimed[a], world.act_aim_ahead[a]
        for i in range(world.act_cell_start[a], world.act_cell_start[a + 1]):
            cell = world.act_cell[i]
            ahead = targeting.ahead(0.0, strength, levers[cell])
            for aim in range(aims):
                aimed = world.act_aims[a, aim]
                ahead = targeting.ahead(ahead, aimed, levers[cell + further[aim]])
            if targeting.outdoes(strength, ahead):
                levers[cell] = strength
                for aim in range(aims):
                    levers[cell + further[aim]] = world.act_aims[a, aim]
