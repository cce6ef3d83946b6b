"""Civilians flee from fighting, and come home as it grows calm: counted, and read by no other phase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.rules import displacement

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def count_harmed(world: World, state: State, harmed: Numbers) -> None:
    """Fill `harmed` with the people harmed this week in the fight with each group in each place."""
    by_forces = np.zeros((world.groups, world.places))
    for f in range(world.forces):
        by_forces += state.harmed[f]
    for g in range(world.groups):
        by_group, killed, by_rivals = (
            state.civilians_harmed[g],
            state.killed_in[g],
            state.killed_by_rivals_in[g],
        )
        for p in range(world.places):
            harmed[g, p] = displacement.people_harmed(
                float(by_group[p]), by_forces[g, p], float(killed[p]), float(by_rivals[p])
            )


@compiled
def fear_and_flee(
    world: World,
    parameters: Parameters,
    state: State,
    harmed: Numbers,
    fear: Numbers,
    flee: Numbers,
) -> None:
    """Fill `fear` and `flee` with how far people of each place fear, and how many flee it.

    `harmed` are the people harmed there, in all fights.
    """
    population, away = world.population, np.zeros(world.places)
    for g in range(world.groups):
        away += state.away[g]
    for p in range(world.places):
        fear[p] = displacement.fear(harmed[p], population[p], parameters.displacement_flight_half)
        flee[p] = displacement.fleeing(
            displacement.at_home(population[p], away[p]),
            harmed[p],
            population[p],
            fear[p],
            parameters.displacement_flight,
        )


@compiled
def flee_and_come_home(world: World, parameters: Parameters, state: State, week: int) -> None:
    """Count who flees every place and who comes home to it, by the fight that they fled."""
    if parameters.displacement_on == 0:
        return
    harmed, harmed_in_all = np.empty((world.groups, world.places)), np.zeros(world.places)
    fear, flee = np.empty(world.places), np.empty(world.places)
    count_harmed(world, state, harmed)
    for g in range(world.groups):
        harmed_in_all += harmed[g]
    fear_and_flee(world, parameters, state, harmed_in_all, fear, flee)
    for g in range(world.groups):
        own, fled, away = harmed[g], state.fled[g], state.away[g]
        for p in range(world.places):
            fled[p] = displacement.fleeing_this_fight(flee[p], own[p], harmed_in_all[p])
            returned = displacement.coming_home(
                away[p], fear[p], parameters.displacement_homecoming
            )
            away[p] = displacement.next_away(away[p], fled[p], returned)
