"""Groups weigh the risks that their men read when they face the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.counts import men_now
from ebbtide.engine.fire import risk_of_fire
from ebbtide.engine.sides import weights_of_all
from ebbtide.engine.slices import switched_on
from ebbtide.rules import displacement, leaving, switching, targeting
from ebbtide.world.codes import HAZARDS, Hazard, Kind

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def desertion_of(
    parameters: Parameters, state: State, g: int, p: int, hired: int, tie: float
) -> float:
    """The hazard that a man of the group in a place goes home, by whether he was hired and his tie."""
    return leaving.desertion_hazard(
        state.pay_share[g],
        state.morale[g, p],
        hired,
        tie,
        parameters.leaving_highest,
        parameters.leaving_tendency,
        parameters.leaving_arrears_weight,
        parameters.leaving_morale_weight,
        parameters.leaving_hired_weight,
    )


@compiled
def weigh_shared_risks(
    world: World, parameters: Parameters, state: State, g: int, p: int, hazards: Numbers
) -> None:
    """Work out the hazards that all of the group's men in a place share.

    Desertion is each man's own matter, worked out when he faces the week: here is its bound, what it
    would be for a hired man whom nothing ties, and who was taken by force if any was.
    """
    men = float(state.group_men[g, p])
    hazards[Hazard.FIRE] = state.risk[g, p]
    hazards[Hazard.FIRE_ABROAD] = risk_of_fire(
        world, parameters, state, g, p, targeting.stranger(1, world.outsider[g])
    )
    hazards[Hazard.OFFENSIVE] = displacement.killed_hazard(
        state.onslaught[g, p], parameters.displacement_killed
    )
    hazards[Hazard.CAPTURE] = targeting.hazard(
        state.caught[g, p], men, 1.0, parameters.targeting_arrest_highest
    )
    # rests on `leaving.tie` and `leaving.desertion_hazard`: nobody is looser, and the hired go first
    loosest = leaving.tie(
        0,
        0,
        state.origins[g, Kind.FORCED] > 0,
        1.0,
        parameters.leaving_like_minded_tie,
        parameters.leaving_foreign_tie,
        parameters.leaving_forced_weight,
        parameters.leaving_newcomer_weight,
    )
    hazards[Hazard.DESERTION] = desertion_of(parameters, state, g, p, 1, loosest)
    hazards[Hazard.SURRENDER] = leaving.surrender_hazard(
        state.morale[g, p],
        state.levers.amnesty[g],
        parameters.leaving_surrender_highest,
        parameters.leaving_surrender_tendency,
        parameters.leaving_morale_weight,
        parameters.leaving_amnesty_weight,
    )
    hazards[Hazard.FLIGHT] = displacement.driven_out_hazard(
        state.onslaught[g, p], parameters.displacement_driven_out
    )
    hazards[Hazard.MOVING] = displacement.hazard(
        state.drive[g, p], parameters.displacement_rate, parameters.displacement_highest
    )


@compiled
def weigh_risks(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Work out, cell by cell, the hazards that the group's men read when they face the week.

    What hangs on mechanisms that are off comes for nobody.
    """
    first, last = world.group_start[g], world.group_start[g + 1]
    shared, weights = np.zeros((world.places, HAZARDS)), np.empty(world.places)
    on, group_men = switched_on(parameters), men_now(world, state, g)
    for p in range(world.places):
        if group_men[p] > 0:
            weigh_shared_risks(world, parameters, state, g, p, shared[p])
    for c in range(first, last):
        men, hazards = state.men[c], state.hazards[c]
        if sum(men) == 0:
            continue
        weights_of_all(world, state, c, weights)
        for p in range(world.places):
            if men[p] == 0:
                continue
            shared[p, Hazard.SWITCHING] = switching.hazard(weights[p], parameters.switching_highest)
            for hazard in range(HAZARDS):
                hazards[p, hazard] = shared[p, hazard] if on[hazard] else 0.0
