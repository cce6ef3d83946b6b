"""Local commands decide whether to go over to another group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.choice import along
from ebbtide.engine.chronicle import note_command_went
from ebbtide.engine.identity import pack
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.sides import weights_for
from ebbtide.rules import pledges, switching
from ebbtide.world.codes import Alarm, DecisionMaker

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def base_of(state: State, g: int, left: float) -> int:
    """The place at `left` (0 to 1) along the group's men; -1 for a group without any."""
    men = state.group_men[g]
    of_all, weights = float(sum(men)), np.empty(men.size)
    for p in range(men.size):
        weights[p] = switching.gathering(float(men[p]), of_all)
    return along(weights, left)


@compiled
def decide_commands(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Each local command of the group decides whether it goes over, and to whom.

    A command is the men of one faction in one place. A pledge of the whole group comes first, and
    its commands stay where they are; otherwise a command weighs every other group that is within
    reach, and may bring its men to where that group is.
    """
    for c in range(world.group_start[g], world.group_start[g + 1]):
        for p in range(world.places):
            men = state.men_before[c, p]
            if men == 0:
                continue
            who = pack(0, p, c, DecisionMaker.COMMAND, 0)
            if state.pledge_to[c] >= 0:
                drawn = random_numbers.draw(world, Decision.PLEDGE, who, week)
                if pledges.command_follows(drawn, state.pledge_share[c]):
                    state.command_to[c, p] = state.pledge_to[c]
                    note_command_went(
                        state, week, faction=c, place=p, to=state.pledge_to[c], men=men
                    )
                    state.alarms[Alarm.COMMAND] = 1
                    continue
            if parameters.switching_on == 0 or not switching.commanded(
                float(men), parameters.switching_smallest_command
            ):
                continue
            drawn = random_numbers.draw(world, Decision.COMMAND, who, week)
            if drawn >= parameters.switching_command_highest:
                continue  # rests on `switching.command_leaves` and `switching.hazard`
            weights = weights_for(world, state, c, p)
            total = sum(weights)
            hazard = switching.hazard(total, parameters.switching_command_highest)
            if not switching.command_leaves(drawn, hazard):
                continue
            left = total * random_numbers.draw(world, Decision.COMMAND_TO, who, week)
            state.command_to[c, p] = along(weights, left)
            drawn = random_numbers.draw(world, Decision.GATHER, who, week)
            if switching.brings_men(drawn, parameters.switching_gathers):
                among = switching.drawn_among(drawn, parameters.switching_gathers)
                state.command_base[c, p] = base_of(state, state.command_to[c, p], among)
            note_command_went(state, week, faction=c, place=p, to=state.command_to[c, p], men=men)
            state.alarms[Alarm.COMMAND] = 1
