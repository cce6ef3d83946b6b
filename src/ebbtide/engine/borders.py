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
def drive_along(
    world: World, parameters: Parameters, state: State, g: int, p: int, b: int
) -> float:
    """What moves the group's men from place `p` along border `b`: away from pressure, or home."""
    q = world.border_to[b]
    control = state.levers.border_control
    closed = displacement.closed(control[p], control[q], world.border_international[b])
    return displacement.drive(
        world.border_nearness[b],
        state.pressure[g, p],
        state.pressure[g, q],
        state.support[g, q],
        closed,
    ) + displacement.homing(
        world.border_nearness[b],
        state.held[g, p],
        state.held[g, q],
        state.pressure[g, q],
        closed,
        parameters.displacement_homing_weight,
    )
