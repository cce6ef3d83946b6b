"""Weighing other groups against one's own, for men and for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.rules import switching

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


NO_GROUP = -1  # of a command, which has not left another group


@compiled
def weight_of(
    world: World, parameters: Parameters, state: State, c: int, p: int, former: int, other: int
) -> float:
    """The weight of joining `other` for men of faction `c` in place `p`; 0 for their own group.

    `former` is the group that a man left for his own, which draws him back.
    """
    g = world.faction_group[c]
    if other == g or state.contact[other, p] <= 0.0:
        return 0.0
    weight = switching.weight(
        state.contact[other, p],
        state.pull[other],
        world.courtship[other],
        world.openness[g, other],
        state.hold[g],
        state.grievance[c],
    )
    return switching.drawn_back(weight, other == former, parameters.switching_return_weight)


@compiled
def weight_of_all(
    world: World, parameters: Parameters, state: State, c: int, p: int, former: int
) -> float:
    """The summed weight of all other groups."""
    total = 0.0
    for other in range(world.groups):
        total += weight_of(world, parameters, state, c, p, former, other)
    return total


@compiled
def weights_of_all(world: World, state: State, c: int, weights: Numbers) -> None:
    """Fill `weights` with the summed weight of all other groups, by place."""
    g = world.faction_group[c]
    hold, grievance = state.hold[g], state.grievance[c]
    weights[:] = 0.0
    for other in range(world.groups):
        if other != g and state.strength_before[other] > 0:
            contact, pull, courtship, openness = (
                state.contact[other],
                state.pull[other],
                world.courtship[other],
                world.openness[g, other],
            )
            for p in range(contact.size):
                weights[p] += switching.weight(
                    contact[p], pull, courtship, openness, hold, grievance
                )


@compiled
def chosen(
    world: World, parameters: Parameters, state: State, c: int, p: int, former: int, left: float
) -> int:
    """The group at `left` (0 to the summed weight) along the weights; ties to the last with any."""
    to = -1
    for other in range(world.groups):
        weight = weight_of(world, parameters, state, c, p, former, other)
        if weight > 0.0:
            to = other
            left -= weight
            if left < 0.0:
                break
    return to
