"""The groups keep their promises to allies."""

from ebbtide.rules import alliances
from ebbtide.world.compiled import compiled


@compiled
def keep_promises(world, parameters, state, week, g):
    """Set aside what the group sends its allies this week, as far as its reserve goes.

    `promised[g, other]` is thousand USD that other gets from the group: what other's list of
    allies says the group sends, and what the group's own list says it pays (below zero there).
    """
    total = 0.0
    for other in range(world.groups):
        state.promised[g, other] = 0.0
        if (
            parameters.alliances_on == 0
            or other == g
            or state.strength_before[g] == 0
            or state.strength_before[other] == 0
        ):
            continue
        sent = max(0.0, world.ally_money[other, g])
        if sent > 0.0 and week >= world.ally_start[other, g]:
            cut = state.levers.cut_allies[other] if world.ally_lifeline[other, g] == 1 else 0.0
            strength = alliances.strength(state.strength_before[g], world.fighters[g])
            state.promised[g, other] += alliances.flow(sent, strength, cut)
        paid = max(0.0, -world.ally_money[g, other])
        if paid > 0.0 and week >= world.ally_start[g, other]:
            cut = state.levers.cut_allies[g] if world.ally_lifeline[g, other] == 1 else 0.0
            strength = alliances.strength(state.strength_before[other], world.fighters[other])
            state.promised[g, other] += alliances.flow(paid, strength, cut)
        total += state.promised[g, other]
    if total > state.money[g]:
        for other in range(world.groups):
            state.promised[g, other] *= state.money[g] / total
