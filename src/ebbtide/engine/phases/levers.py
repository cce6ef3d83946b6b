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

    Where several acts move one lever the strongest holds it and its aims (`targeting.outdoes`), so that
    the order of acts never matters.
    """
    if world.levers_change[week] == 0:
        return
    levers = state.levers.flat
    levers[:] = 0.0
    for a in range(world.acts):
        if week < world.act_start[a] or week >= world.act_stop[a]:
            continue
        strength, aims, ahead = world.act_strength[a], world.act_aimed[a], world.act_aim_ahead[a]
        for i in range(world.act_cell_start[a], world.act_cell_start[a + 1]):
            cell = world.act_cell[i]
            takes_over = targeting.outdoes(strength, levers[cell])
            if strength == levers[cell] and strength > 0.0:
                for aim in range(aims):
                    aimed, other = world.act_aims[a, aim], levers[cell + ahead[aim]]
                    if aimed != other:
                        takes_over = targeting.outdoes(aimed, other)
                        break
            if takes_over:
                levers[cell] = strength
                for aim in range(aims):
                    levers[cell + ahead[aim]] = world.act_aims[a, aim]
