"""Weighing other groups against one's own, for men and for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.rules import switching

if TYPE_CHECKING:
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def weights_for(world: World, state: State, c: int, p: int) -> Numbers:
    """The weight of each other group for men of faction `c` in place `p`; their own has none."""
    g, weights = world.faction_group[c], np.zeros(world.groups)
    for other in range(world.groups):
        if other != g:
            weights[other] = switching.weight(
                state.contact[other, p],
                state.pull[other],
                world.courtship[other],
                state.openness[g, other],
                state.hold[g],
                state.grievance[c],
            )
    return weights


@compiled
def weights_of_all(world: World, state: State, c: int, weights: Numbers) -> None:
    """Fill `weights` with the summed weight of all other groups, by place."""
    g = world.faction_group[c]
    hold, grievance = state.hold[g], state.grievance[c]
    weights[:] = 0.0
    for other in range(world.groups):
        if other != g:
            contact, pull, courtship, openness = (
                state.contact[other],
                state.pull[other],
                world.courtship[other],
                state.openness[g, other],
            )
            for p in range(contact.size):
                weights[p] += switching.weight(
                    contact[p], pull, courtship, openness, hold, grievance
                )
