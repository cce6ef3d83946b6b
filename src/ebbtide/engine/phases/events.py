"""What the week brings from outside: the scenario's events, and deaths that policy dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.chronicle import (
    note_deployed,
    note_founded,
    note_leader_loss,
    note_pledged,
    note_tie_changed,
)
from ebbtide.engine.strongest import strongest_of
from ebbtide.rules import cohesion, founding, pledges, recruitment, switching
from ebbtide.scenario.levers import KILLING_HOLDERS
from ebbtide.world.codes import Alarm, EventKind, Kind
from ebbtide.world.posts import GOES_WITHOUT_POST

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World

NOT_CALLED = -1  # where the holder of a post has no turn

death_dated = strongest_of("death_dated", KILLING_HOLDERS)


@compiled
def change_tie(world: World, parameters: Parameters, state: State, g: int, e: int) -> bool:
    """Let a hostility, an alliance or a centre's tie of the group be as an event of one has it."""
    kind, other, level = world.event_kind[e], world.event_to[e], world.event_level[e]
    if kind == EventKind.HOSTILITY:
        state.hostility[g, other] = level
        state.openness[g, other] = switching.openness(
            world.belief[g],
            world.belief[other],
            level,
            parameters.switching_belief_weight,
            parameters.switching_hostility_weight,
        )
    elif kind == EventKind.ALLIANCE:
        state.alliance[g, other] = level
    elif kind == EventKind.CENTRE:
        if world.event_centre[e] >= 0:
            state.backed_by[g] = world.event_centre[e]
        state.behind[g] = level
    else:
        return False
    return True


@compiled
def deploy(world: World, state: State, e: int) -> None:
    """Let a force operate where, and with as much, as an event has it."""
    if world.event_moves[e] == 1:
        state.stationed[world.event_force[e]] = world.event_stationed[e]
    for k in range(world.contingents):
        if world.event_scale[e, k] >= 0.0:
            state.scale[k] = world.event_scale[e, k]


@compiled
def call_leaders(world: World, state: State, e: int, to: int) -> None:
    """Let a share of the holders of posts of a founding's sources know that they go over to group `to`.

    Of each group they are asked in turn, where some of its men are asked; they get the new group's
    posts by `founding.turn`, as many as it has.
    """
    turns = np.full(world.posts, NOT_CALLED)
    for g in range(world.groups):
        expected, gone = 0.0, 0
        first, stop = world.post_start[g], world.post_start[g + 1]
        for nth in range(stop - first):
            k = first + founding.asked(nth, stop - first)
            row = state.post_row[k]
            if row < 0 or world.event_reach[e, int(state.fighter_place[row])] == 0.0:
                continue
            share = world.event_leaders[e, int(state.fighter_faction[row])]
            if share < 0.0:
                continue
            expected += share
            if founding.leader_goes(expected, gone):
                turns[k] = founding.turn(world.post_rank[k], g, world.groups)
                gone += 1
    first, stop = world.post_start[to], world.post_start[to + 1]
    for k in range(world.posts):
        if turns[k] != NOT_CALLED:
            post = first + np.sum((turns < turns[k]) & (turns != NOT_CALLED))
            state.post_joins[k] = post if post < stop else GOES_WITHOUT_POST


@compiled
def happen(world: World, parameters: Parameters, state: State, week: int) -> None:
    """Let the scenario's events of this week happen: foundings, pledges, losses, what changes.

    A death that policy dates this week dooms the holder of its post, or the next one. Whoever
    promised himself to a group to come is promised until it is founded.
    """
    for k in range(world.posts):
        if death_dated(state.levers, k) > 0.0:
            state.post_doomed[k] = 1
    for e in range(world.events):
        if world.event_kind[e] == EventKind.FOUNDING and parameters.founding_on == 1:
            for c in range(world.factions):
                if founding.promised(week, world.event_promised[e, c], world.event_week[e]):
                    state.promised_share[c] = world.event_seed[e, c]
        if world.event_week[e] != week:
            continue
        kind = world.event_kind[e]
        g = world.event_group[e]
        if kind == EventKind.FOUNDING and parameters.founding_on == 1:
            state.founded[g] = 1
            note_founded(state, week, group=g)
            state.money[g] += world.event_money[e]
            for c in range(world.factions):
                if world.event_seed[e, c] > 0.0 and founding.has_its_men(e, state.seed_event[c]):
                    state.seed_to[c] = g
                    state.seed_share[c] = world.event_seed[e, c]
                    state.seed_event[c] = e
                    state.alarms[Alarm.SEED] = 1
            call_leaders(world, state, e, g)
            joined = recruitment.leading_faction(world.group_start[g])
            for p in range(world.places):
                state.intake[joined, p, Kind.FOUNDING] = world.event_men[e, p]
        elif (
            kind == EventKind.PLEDGE
            and parameters.pledges_on == 1
            and pledges.received(state.founded[world.event_to[e]])
        ):
            to = world.event_to[e]
            note_pledged(state, week, group=g, to=to)
            state.brand[to] = pledges.lifted_brand(state.brand[to], world.event_level[e])
            for c in range(world.factions):
                if world.event_seed[e, c] > 0.0:
                    state.pledge_to[c] = to
                    state.pledge_share[c] = world.event_seed[e, c]
        elif kind == EventKind.LEADER_LOSS:
            note_leader_loss(state, week, group=g)
            state.shock[g] = cohesion.joined(state.shock[g], world.event_level[e])
            if parameters.cohesion_on == 1:
                state.dispute[g] = cohesion.disputed(
                    state.dispute[g], parameters.cohesion_dispute_rise
                )
        elif change_tie(world, parameters, state, g, e):
            note_tie_changed(state, week, group=g, event=e)
        elif kind == EventKind.DEPLOYMENT:
            deploy(world, state, e)
            note_deployed(state, week, force=world.event_force[e], event=e)
