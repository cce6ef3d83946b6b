"""The groups muster: men by place, the sense of winning, who is within reach, what allies get."""

from ebbtide.engine.counts import men_now
from ebbtide.rules import alliances, brand, switching
from ebbtide.world.compiled import compiled


@compiled
def muster(setting, parameters, state, week, g):
    """Count the group's men by place, feel whether it grows, and see who is within reach."""
    state.entries[g, :] = 0
    state.exits[g, :] = 0
    state.joined_from[g, :] = 0
    state.moved[g, :] = 0
    first, last = setting.group_start[g], setting.group_start[g + 1]
    state.men_before[first:last] = state.men[first:last]
    state.group_men[g] = men_now(setting, state, g)
    men = state.group_men[g]
    total = sum(men)
    before = state.strength_before[g]
    growth = (total - before) / before if before > 0 else 0.0
    state.momentum[g] = brand.next_momentum(
        state.momentum[g], growth, parameters.brand_memory, parameters.brand_growth_scale
    )
    state.strength_before[g] = total
    contact, start, to = state.contact[g], setting.border_start, setting.border_to
    contact[:] = 0.0
    if total == 0:
        return
    for p in range(setting.places):
        near = 0.0
        for b in range(start[p], start[p + 1]):
            near += setting.border_nearness[b] * men[to[b]]
        if men[p] + near > 0.0:
            contact[p] = switching.contact(men[p], near, parameters.switching_contact_scale)


@compiled
def keep_promises(setting, parameters, state, week, g):
    """Set aside what the group sends its allies this week, as far as its reserve goes.

    `promised[g, other]` is thousand USD that other gets from the group: what other's list of
    allies says the group sends, and what the group's own list says it pays (below zero there).
    """
    total = 0.0
    for other in range(setting.groups):
        state.promised[g, other] = 0.0
        if (
            parameters.alliances_on == 0
            or other == g
            or state.strength_before[g] == 0
            or state.strength_before[other] == 0
        ):
            continue
        sent = max(0.0, setting.ally_money[other, g])
        if sent > 0.0 and week >= setting.ally_start[other, g]:
            cut = state.cut_allies[other] if setting.ally_lifeline[other, g] == 1 else 0.0
            strength = alliances.strength(state.strength_before[g], setting.men_at_start[g])
            state.promised[g, other] += alliances.flow(sent, strength, cut)
        paid = max(0.0, -setting.ally_money[g, other])
        if paid > 0.0 and week >= setting.ally_start[g, other]:
            cut = state.cut_allies[g] if setting.ally_lifeline[g, other] == 1 else 0.0
            strength = alliances.strength(state.strength_before[other], setting.men_at_start[other])
            state.promised[g, other] += alliances.flow(paid, strength, cut)
        total += state.promised[g, other]
    if total > state.money[g]:
        for other in range(setting.groups):
            state.promised[g, other] *= state.money[g] / total
