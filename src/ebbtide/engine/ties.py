"""What flows along the ties of allies, and what there is of the centres behind groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.rules import alliances, brand

if TYPE_CHECKING:
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def along_tie(
    world: World, state: State, week: int, g: int, ally: int, men: int, best: float, worth: float
) -> float:
    """Of `best`, what flows this week along the tie that group `g`, which has `men`, has to an ally.

    `worth` is what the group is worth of what it was at its best: by that its ally sends, and it pays.
    """
    men_of_ally = state.strength[ally]
    if not alliances.stands(week, world.ally_start[g, ally], men, men_of_ally):
        return 0.0
    strength = alliances.strength(men_of_ally, world.fighters[ally])
    cut = alliances.cut(state.levers.cut_allies[g], world.ally_lifeline[g, ally])
    return alliances.flow(alliances.agreed(best, state.alliance[g, ally]), strength, worth, cut)


@compiled
def centre_behind(world: World, state: State, week: int, g: int) -> float:
    """What there is this week of the centre behind the group, which has one."""
    return brand.standing_behind(world.centre_health[week, state.backed_by[g]], state.behind[g])
