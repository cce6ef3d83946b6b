"""The groups muster: men by place, the sense of winning, and who is within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.counts import men_now
from ebbtide.rules import alliances, brand, switching

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def muster(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Count the group's men by place, feel whether it grows, and see who is within reach.

    What it is worth to those behind it follows its number. Men promised to a group to come are felt
    as lost when they promise.
    """
    first, last = world.group_start[g], world.group_start[g + 1]
    state.men_before[first:last] = state.men[first:last]
    state.group_men[g] = men_now(world, state, g)
    men = state.group_men[g]
    total = sum(men)
    before = state.strength[g]
    promised = 0.0
    for c in range(first, last):
        if state.promised_share[c] > 0.0:
            promised += switching.leaving_soon(state.promised_share[c], float(sum(state.men[c])))
    growth = brand.growth(
        switching.staying(total, promised), switching.staying(before, state.leaving_soon[g])
    )
    state.leaving_soon[g] = promised
    state.momentum[g] = brand.next_momentum(
        state.momentum[g], growth, parameters.brand_memory, parameters.brand_growth_scale
    )
    state.strength[g] = total
    state.greatest[g] = alliances.greatest(state.greatest[g], total)
    state.worth[g] = alliances.worth(
        float(total), float(state.greatest[g]), parameters.alliances_worth_power
    )
    contact, start, to = state.contact[g], world.border_start, world.border_to
    for p in range(world.places):
        near = 0.0
        for b in range(start[p], start[p + 1]):
            near += switching.near_by(world.border_nearness[b], float(men[to[b]]))
        if men[p] + near > 0.0:  # rests on `switching.contact`: nobody is within reach of nobody
            contact[p] = switching.contact(men[p], near, parameters.switching_contact_scale)
