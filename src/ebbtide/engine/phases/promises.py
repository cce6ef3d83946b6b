"""The groups keep their promises to allies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.ties import along_tie
from ebbtide.rules import alliances

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def keep_promises(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Set aside what the group sends its allies this week, as far as its reserve goes.

    `promised[g, other]` is thousand USD that other gets from the group: what other's list of
    allies says the group sends, and what the group's own list says it pays (below zero there).
    """
    total = 0.0
    men, money = state.strength, world.ally_money
    for other in range(world.groups):
        state.promised[g, other] = 0.0
        if parameters.alliances_on == 1:
            sends, pays = alliances.sends(money[other, g]), alliances.pays(money[g, other])
            state.promised[g, other] = alliances.promise(
                along_tie(world, state, week, other, g, men[other], sends, state.worth[other]),
                along_tie(world, state, week, g, other, men[g], pays, state.worth[g]),
            )
        total += state.promised[g, other]
    state.kept[g] = alliances.affordable(total, state.money[g])
    for other in range(world.groups):
        state.promised[g, other] = alliances.set_aside(state.promised[g, other], state.kept[g])
