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
    return displacement.borne(calm)


@compiled
def sanctuary_along(world: World, state: State, g: int, p: int, b: int) -> float:
    """How far the other side of border `b` is a sanctuary for the group's men in place `p`."""
    q = world.border_to[b]
    pressure = state.pressure[g]
    if pressure[p] <= pressure[q]:
        return 0.0  # rests on `displacement.drive`: where no less presses it drives nobody
    if world.border_ends_reach[b] == 0:
        return 0.0  # rests on `displacement.beyond_reach`: where all forces follow there is none
    return displacement.beyond_reach(pressure[p], following(world, state, g, p, q))


@compiled
def away_along(
    world: World,
    parameters: Parameters,
    state: State,
    g: int,
    p: int,
    b: int,
    sanctuary: float,
) -> float:
    """What drives the group's men from place `p` along border `b` away from pressure."""
    q = world.border_to[b]
    return displacement.drive(
        world.border_nearness[b],
        state.pressure[g, p],
        state.pressure[g, q],
        sanctuary,
        state.support[g, q],
        closed_along(world, state, p, b),
        parameters.displacement_sanctuary_weight,
    )


@compiled
def home_along(world: World, parameters: Parameters, state: State, g: int, p: int, b: int) -> float:
    """What draws the group's men who came from there from place `p` back along border `b`."""
    q = world.border_to[b]
    return displacement.homing(
        world.border_nearness[b],
        state.held[g, p],
        state.held[g, q],
        state.pressure[g, q],
        closed_along(world, state, p, b),
        parameters.displacement_homing_weight,
    )


@compiled
def add_up_drives(world: World, parameters: Parameters, state: State, g: int) -> None:
    """Add up what moves the group's men from each place along its borders at most: away, and home."""
    men, drive = state.group_men[g], state.drive[g]
    for p in range(world.places):
        if men[p] == 0:
            continue  # rests on `displacement.may_move`: who comes this week moves no further
        for b in range(world.border_start[p], world.border_start[p + 1]):
            sanctuary = sanctuary_along(world, state, g, p, b)
            drive[p] += away_along(world, parameters, state, g, p, b, sanctuary) + home_along(
                world, parameters, state, g, p, b
            )
