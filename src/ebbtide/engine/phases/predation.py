"""The groups take men by force, and loot: what it brings them and how people feel it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.counts import men_now
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import predation
from ebbtide.world.codes import FROM_THE_PLACE, TARGETS, Ground, Kind, Target

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def take_loot(
    world: World, parameters: Parameters, state: State, g: int, p: int, kind: int, count: int
) -> None:
    """Count what so many attacks of a group of one kind in a place bring, and cost it with people."""
    if world.loot[g] <= 0.0 or parameters.predation_on == 0:
        return  # rests on `predation.looted`
    where, target = divmod(kind, TARGETS)
    looted = predation.looted(count, world.loot[g], int(where == Ground.CITY))
    state.looted[g] += looted
    if target == Target.CIVILIANS:
        state.wronged[g, p] += predation.wrong_of_looting(
            looted, parameters.predation_looting_weight
        )


@compiled
def gone_from(world: World, state: State, p: int) -> int:
    """Men who were hired, won or taken in a place and serve any group, wherever they are."""
    gone = 0
    for other in range(world.groups):
        for kind in FROM_THE_PLACE:
            gone += state.enlisted[other, kind, p]
    return gone


@compiled
def take_by_force(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Decide how many men the group takes by force this week, by faction and place; people feel it."""
    if world.abduction[g] <= 0.0 or parameters.predation_on == 0:
        return  # rests on `predation.men_taken`
    held, pressure, here = state.held[g], state.pressure[g], men_now(world, state, g)
    for p in range(world.places):
        if here[p] == 0:
            continue  # rests on `predation.men_taken`
        taken = predation.men_taken(
            float(here[p]),
            world.abduction[g],
            predation.within_reach(held[p], pressure[p]),
            predation.to_be_taken(
                world.population[p], float(gone_from(world, state, p)), parameters.predation_fit
            ),
        )
        for c in range(world.group_start[g], world.group_start[g + 1]):
            coming = predation.taken_into(taken, float(state.men[c, p]), float(here[p]))
            drawn = random_numbers.draw(
                world, Decision.INTAKE, world.intake_ids[c, Kind.FORCED, p], week
            )
            men = random_numbers.poisson(coming, drawn)
            state.intake[c, p, Kind.FORCED] = men
            state.wronged[g, p] += predation.wrong_of_taking(
                men, parameters.predation_taking_weight
            )
