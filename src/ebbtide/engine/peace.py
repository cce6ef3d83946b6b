"""Where a force and a group leave each other alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.strongest import strongest_of
from ebbtide.rules import targeting
from ebbtide.scenario.levers import BREAKING_PEACE

if TYPE_CHECKING:
    from ebbtide.world.state import State
    from ebbtide.world.world import World

sent_against = strongest_of("sent_against", BREAKING_PEACE)


@compiled
def leaves_alone(world: World, state: State, f: int, g: int, p: int) -> int:
    """Whether a force and a group leave each other alone in a place, as policy has it this week."""
    if world.spares[f, g] == 0:
        return 0  # rests on `targeting.at_peace`: whom a force does not spare it never leaves alone
    return targeting.at_peace(1, sent_against(state.levers, f, g, p))
