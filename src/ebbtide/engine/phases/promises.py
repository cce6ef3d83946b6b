"""The groups keep their promises to allies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
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
    men = state.strength_before
    for other in range(world.groups):
        state.promised[g, other] = 0.0
        if parameters.alliances_on == 0 or other == g:
            continue
        sent = max(0.0, world.ally_money[other, g])
        if alliances.stands(week, world.ally_start[other, g], men[g], men[other]) and sent > 0.0:
            cut = alliances.cut(state.levers.cut_allies[other], world.ally_lifeline[other, g])
            strength = alliances.strength(men[g], world.fighters[g])
            state.promised[g, other] += alliances.flow(sent, strength, cut)
        paid = max(0.0, -world.ally_money[g, other])
        if alliances.stands(week, world.ally_start[g, other], men[g], men[other]) and paid > 0.0:
            cut = alliances.cut(state.levers.cut_allies[g], world.ally_lifeline[g, other])
            strength = alliances.strength(men[other], world.fighters[other])
            state.promised[g, other] += alliances.flow(paid, strength, cut)
        total += state.promised[g, other]
    kept = alliances.affordable(total, state.money[g])
    for other in range(world.groups):
        state.promised[g, other] *= kept
