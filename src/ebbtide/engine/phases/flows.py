"""The week begins: last week's counts and sums make room for its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.flows import begin_weekly

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def begin_anew(world: World, parameters: Parameters, state: State, week: int) -> None:
    """Put back to its start all that is counted and added up within a week."""
    begin_weekly(state)
