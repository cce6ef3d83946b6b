"""What drives a group's men over one border."""

from ebbtide.rules import displacement
from ebbtide.world.compiled import compiled


@compiled
def drive_along(setting, state, g, p, b):
    """The drive (displacement.drive) of the group's men from place `p` along border `b`."""
    q = setting.border_to[b]
    closed = 0.0
    if setting.border_international[b] == 1:
        closed = max(state.border_control[p], state.border_control[q])
    return displacement.drive(
        setting.border_nearness[b],
        state.pressure[g, p],
        state.pressure[g, q],
        state.support[g, q],
        closed,
    )
