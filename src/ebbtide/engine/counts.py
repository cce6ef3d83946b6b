"""Counting a group's men."""

import numpy as np

from ebbtide.world.compiled import compiled


@compiled
def men_now(setting, state, g):
    """The group's men by place, over all its factions."""
    men = np.zeros(setting.places, np.int64)
    for c in range(setting.group_start[g], setting.group_start[g + 1]):
        men += state.men[c]
    return men
