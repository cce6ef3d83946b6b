"""What drives a group's men over one border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.rules import displacement

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def closed_along(world: World, state: State, p: int, b: int) -> float:
    """How far border `b` of place `p` is closed."""
    control = state.levers.border_control
    return displacement.closed(
        control[p], control[world.border_to[b]], world.border_international[b]
    )


@compiled
def following(world: World, state: State, g: int, p: int, q: int) -> float:
    """The pressure on the group in place `p` of the forces that operate in `q` too."""
    calm = 1.0
    for f in range(world.forces):
        if state.stationed[f, q] >= 0:
            calm = displacement.spared(calm, state.force_pressure[f, g, p])
    return 1.0 - calm


@compiled
def away_along(world: World, parameters: Parameters, state: State, g: int, p: int, b: int) -> float:
    """What drives the group's men from place `p` along border `b` away from pressure."""
    q = world.border_to[b]
    pressure = state.pressure[g]
    if pressure[p] <= pressure[q]:
        return 0.0  # rests on `displacement.drive`
    sanctuary = 0.0  # rests on `displacement.beyond_reach`: where all forces follow there is none
    if world.border_ends_reach[b] == 1:
        sanctuary = displacement.beyond_reach(pressure[p], following(world, state, g, p, q))
    return displacement.drive(
        world.border_nearness[b],
        pressure[p],
        pressure[q],
        sanctuary,
        state.support[g, q],
        closed_along(world, state, p, b),
        parameters.displacement_sanctuary_weight,
    )


@compiled
def home_along(world: World, parameters: Parameters, state: State, g: int, p: int, b: int) -> float:
    """What draws the group's men who came from there from place `p` back along border `b`."""
    q = world.border_to[b]
    held = state.held[g]
    if held[q] <= held[p]:
        return 0.0  # rests on `displacement.homing`
    return displacement.homing(
        world.border_nearness[b],
        held[p],
        held[q],
        state.pressure[g, q],
        closed_along(world, state, p, b),
        parameters.displacement_homing_weight,
    )


@compiled
def drive_along(
    world: World, parameters: Parameters, state: State, g: int, p: int, b: int
) -> float:
    """What moves the group's men from place `p` along border `b` at most: away from pressure, or home."""
    return away_along(world, parameters, state, g, p, b) + home_along(
        world, parameters, state, g, p, b
    )
