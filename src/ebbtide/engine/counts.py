"""Counting a group's men."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled

if TYPE_CHECKING:
    from ebbtide.world.columns import Integers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def men_now(world: World, state: State, g: int) -> Integers:
    """The group's men by place, over all its factions."""
    men = np.zeros(world.places, np.int64)
    for c in range(world.group_start[g], world.group_start[g + 1]):
        men += state.men[c]
    return men
