"""Counting a group's men."""

import numpy as np

from ebbtide.world.compiled import compiled


@compiled
def men_now(world, state, g):
    """The group's men by place, over all its factions."""
    men = np.zeros(world.places, np.int64)
    for c in range(world.group_start[g], world.group_start[g + 1]):
        men += state.men[c]
    return men
