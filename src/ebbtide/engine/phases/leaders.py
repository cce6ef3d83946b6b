"""The leaders' week: some fall, and posts are filled after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.chronicle import note_appointed
from ebbtide.engine.identity import pack
from ebbtide.engine.marked import BLOCK, where_marked
from ebbtide.engine.phases.stock import see_who_leads
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.service import leave, vacate
from ebbtide.rules import succession, targeting
from ebbtide.world import identity
from ebbtide.world.codes import STANDING_IS_NOTED_IN, DecisionMaker, End, Slot
from ebbtide.world.posts import NEVER_FILLED, NO_POST, Hunted

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


FIRST_LATER_ID = identity.pack(1, 0, 0, 0, 0)


@compiled
def risk_of_hunt(world: World, parameters: Parameters, state: State, g: int, p: int) -> float:
    """The risk of a week that fire at leaders of group `g` kills the holder of a post who is at `p`."""
    fire = 0.0
    for f in range(world.forces):
        fire += state.leader_fire[f, g, p]
    leaders = float(state.leaders_in_place[g, p])
    return targeting.hazard(fire, leaders, 1.0, parameters.targeting_leader_highest)


@compiled
def face_the_hunt(world: World, parameters: Parameters, state: State, week: int, k: int) -> None:
    """Whether the holder of post `k` is killed: by a dated act, or by fire aimed at leaders.

    A dated death that finds the post empty waits for its next holder; while one is still to come,
    its holder is spared.
    """
    row = state.post_row[k]
    if row < 0:
        return
    g = world.post_group[k]
    risk = risk_of_hunt(world, parameters, state, g, int(state.fighter_place[row]))
    drawn = random_numbers.draw(world, Decision.LEADER_FATE, state.fighter_id[row], week)
    spared = targeting.spared(week, world.post_dated[k])
    if targeting.leader_falls(state.post_doomed[k], spared, drawn, risk):
        hunted = Hunted.BY_DATED_ACT if state.post_doomed[k] == 1 else Hunted.BY_FIRE
        vacate(world, state, week, row, End.KILLED, hunted)
        leave(world, state, week, row, End.KILLED)
    state.post_doomed[k] = 0


@compiled
def most_due(world: World, state: State, g: int) -> tuple[int, int]:
    """The faction and place that the group's next post goes to; -1 where no man is without one."""
    first, last = world.group_start[g], world.group_start[g + 1]
    leaders = np.zeros((last - first, world.places), np.int64)
    for k in range(world.post_start[g], world.post_start[g + 1]):
        row = state.post_row[k]
        if row >= 0:
            leaders[int(state.fighter_faction[row]) - first, int(state.fighter_place[row])] += 1
    due = np.zeros((last - first, world.places))
    for c in range(first, last):
        for p in range(world.places):
            men, in_post = state.men[c, p], leaders[c - first, p]
            if men > in_post:
                due[c - first, p] = succession.due(float(men), float(in_post))
    most = int(np.argmax(due))
    c, p = divmod(most, world.places)
    return (first + c, p) if due[c, p] > 0.0 else (-1, -1)


@compiled
def longest_serving(state: State, c: int, p: int) -> int:
    """The row of the faction's longest-serving man in a place who holds no post; -1 for none.

    Rows come in blocks, of which only the men who are there are looked at.
    """
    ids, posts, used = state.fighter_id, state.fighter_post, state.rows[Slot.USED]
    are_there, found = np.zeros(BLOCK, np.bool_), np.empty(BLOCK, np.int64)
    best, most = -1, 0
    for start in range(0, used, BLOCK):
        stop = min(start + BLOCK, used)
        factions, places = state.fighter_faction[start:stop], state.fighter_place[start:stop]
        for i in range(stop - start):
            are_there[i] = (factions[i] == c) & (places[i] == p)
        are_there[stop - start :] = False
        for k in range(where_marked(are_there, found)):
            row = start + found[k]
            man = ids[row]
            if man == 0 or posts[row] != NO_POST:
                continue
            served = succession.length_of_service(man)
            if best < 0 or served > most:
                best, most = row, served
            # rests on `succession.length_of_service`, by which lower ids, as at the start, served longer
            if man < FIRST_LATER_ID:
                return best
    return best


@compiled
def appoint(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Fill the group's posts that have stood empty long enough.

    Each goes to the faction and place that is most due one, and there to the longest-serving man.
    """
    if state.founded[g] == 0:
        return
    for k in range(world.post_start[g], world.post_start[g + 1]):
        if state.post_row[k] >= 0:
            continue
        first_holder = state.post_vacant_since[k] == NEVER_FILLED
        stands_empty = succession.empty_without()
        if parameters.succession_on == 1:
            stands_empty = succession.empty_for(
                float(world.post_rank[k]),
                float(world.group_posts[g]),
                parameters.succession_vacancy,
                parameters.succession_seniority,
            )
        empty = week - state.post_vacant_since[k]
        if not succession.filled(first_holder, empty, stands_empty):
            continue
        c, p = most_due(world, state, g)
        if c < 0:
            return
        best = longest_serving(state, c, p)
        state.post_row[k] = best
        state.fighter_post[best] = k
        state.post_first[k] = first_holder
        if not first_holder and parameters.succession_on == 1:
            drawn = random_numbers.draw(
                world,
                Decision.SUCCESSION,
                pack(0, 0, g, DecisionMaker.POST, world.post_rank[k]),
                week,
            )
            state.post_standing[k] = succession.successor_standing(
                state.post_standing[k],
                drawn,
                parameters.succession_inheritance,
                parameters.succession_spread,
            )
        note_appointed(
            state,
            week,
            group=g,
            rank=world.post_rank[k],
            standing=int(state.post_standing[k] * STANDING_IS_NOTED_IN),
        )


@compiled
def name_first_leaders(
    world: World, parameters: Parameters, state: State, week: int, g: int
) -> None:
    """Fill the posts of a group that never had a leader, on the day that it has men.

    That is the day of its founding, or the first of all (week 0), on which the scenario states how well
    it is led. Where its head split off with it this week, those posts that no other leader took.
    """
    head = world.post_start[g]
    row = state.post_row[head]
    split_off = row >= 0 and state.fighter_since[row] == week
    had_head = state.post_vacant_since[head] != NEVER_FILLED
    if succession.names_first(split_off, row >= 0, had_head):
        appoint(world, parameters, state, week, g)
        if succession.counts_at_once(week):
            see_who_leads(world, state, g)
