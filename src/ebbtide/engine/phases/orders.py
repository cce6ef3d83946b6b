"""Orders to fighters: to cross over with founders of a group, or with one's commander."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.choice import along, uniform_among
from ebbtide.engine.chronicle import note_appointed
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.service import change_sides, go
from ebbtide.rules import founding, switching
from ebbtide.world.codes import STANDING_IS_NOTED_IN, Alarm, Slot
from ebbtide.world.posts import GOES_WITHOUT_POST, NO_POST, STAYS

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def any_orders(state: State) -> bool:
    """Whether any fighter has orders this week."""
    return state.alarms[Alarm.SEED] == 1 or state.alarms[Alarm.COMMAND] == 1


@compiled
def take_post(world: World, state: State, week: int, row: int, k: int) -> None:
    """Give the man in `row`, who held post `k`, the one kept for him among founders: he counts as before.

    He goes without where there is none.
    """
    post = state.post_joins[k]
    if post == GOES_WITHOUT_POST:
        return
    standing = state.post_standing[k]
    state.post_row[post] = row
    state.fighter_post[row] = post
    state.post_first[post] = 1
    state.post_standing[post] = standing
    g, rank = world.post_group[post], world.post_rank[post]
    note_appointed(state, week, group=g, rank=rank, standing=int(standing * STANDING_IS_NOTED_IN))


@compiled
def crosses_with_founders(
    world: World, state: State, week: int, row: int
) -> tuple[bool, float, float]:
    """Whether a man goes over to the founders of a new group, by which draw and chance.

    Of those who lead, founders who ask for a share of them have named each who goes.
    """
    c = int(state.fighter_faction[row])
    if state.seed_to[c] < 0:
        return False, 1.0, 0.0
    event, k = state.seed_event[c], int(state.fighter_post[row])
    drawn = random_numbers.draw(world, Decision.FOUNDING, state.fighter_id[row], week)
    reach = world.event_reach[event, int(state.fighter_place[row])]
    share = founding.crossing_share(state.seed_share[c], reach)
    if k != NO_POST and world.event_leaders[event, c] >= 0.0:
        share = founding.share_of_named(state.post_joins[k] != STAYS)
    return founding.crosses_over(drawn, share), drawn, share


@compiled
def goes_with_command(
    world: World, parameters: Parameters, state: State, week: int, row: int
) -> tuple[bool, float, float]:
    """Whether a man goes over with his local command, by which draw and chance."""
    c, p = int(state.fighter_faction[row]), int(state.fighter_place[row])
    if state.command_to[c, p] < 0:
        return False, 1.0, 0.0
    drawn = random_numbers.draw(world, Decision.FOLLOW, state.fighter_id[row], week)
    leads = int(state.fighter_post[row]) != NO_POST
    chance = switching.loyalty(leads, parameters.switching_follow)
    return switching.follows(drawn, chance), drawn, chance


@compiled
def follow_orders(world: World, parameters: Parameters, state: State, week: int, row: int) -> None:
    """Cross over with the founders of a new group, or with one's commander."""
    c = int(state.fighter_faction[row])
    p = int(state.fighter_place[row])
    crosses, drawn, share = crosses_with_founders(world, state, week, row)
    if crosses:
        k = int(state.fighter_post[row])
        change_sides(world, state, week, row, state.seed_to[c])
        gathers = along(world.event_places[state.seed_event[c]], uniform_among(drawn, share))
        if gathers >= 0:
            go(state, week, row, gathers)
        if k != NO_POST and state.post_joins[k] != STAYS:
            take_post(world, state, week, row, k)
        return
    goes, _, _ = goes_with_command(world, parameters, state, week, row)
    if goes:
        change_sides(world, state, week, row, state.command_to[c, p])
        if state.command_base[c, p] >= 0:
            go(state, week, row, state.command_base[c, p])


@compiled
def all_follow_orders(world: World, parameters: Parameters, state: State, week: int) -> None:
    """Every fighter follows orders; most have none, and are passed over at a glance."""
    ordered = np.zeros((world.factions, world.places), np.bool_)
    for c in range(world.factions):
        for p in range(world.places):
            ordered[c, p] = state.seed_to[c] >= 0 or state.command_to[c, p] >= 0
    ids, factions, places = state.fighter_id, state.fighter_faction, state.fighter_place
    for row in range(state.rows[Slot.USED]):
        if ordered[int(factions[row]), int(places[row])] and ids[row] != 0:
            follow_orders(world, parameters, state, week, row)
