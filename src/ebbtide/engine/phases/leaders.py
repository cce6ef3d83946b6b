"""The leaders' week: some fall, and posts are filled after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.chronicle import note
from ebbtide.engine.identity import pack
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.service import leave
from ebbtide.rules import succession, targeting
from ebbtide.world import identity
from ebbtide.world.codes import NEVER_FILLED, NO_POST, DecisionMaker, End, Note, Slot

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


LAST_ID = 1 << 62
FIRST_LATER_ID = identity.pack(1, 0, 0, 0, 0)


@compiled
def face_the_hunt(world: World, parameters: Parameters, state: State, week: int, k: int) -> None:
    """Whether the holder of post `k` is killed: by a dated act, or by fire aimed at leaders.

    A dated death that finds the post empty waits for its next holder.
    """
    row = state.post_row[k]
    if row < 0:
        return
    g = world.post_group[k]
    fire = 0.0
    for f in range(world.forces):
        fire += state.leader_fire[f, g]
    risk = targeting.hazard(
        fire, float(world.group_posts[g]), 1.0, parameters.targeting_leader_highest
    )
    drawn = random_numbers.draw(world, Decision.LEADER_FATE, state.fighter_id[row], week)
    if targeting.leader_falls(state.post_doomed[k], drawn, risk):
        note(
            state,
            week,
            Note.LEADER_KILLED,
            g,
            world.post_rank[k],
            state.post_doomed[k],
            0,
        )
        leave(world, state, week, row, End.KILLED)
    state.post_doomed[k] = 0


@compiled
def longest_serving(world: World, state: State, g: int) -> int:
    """The row of the group's man with the lowest id who holds no post; -1 if there is none.

    Men who stood at the start keep rows in the order of their ids, and all later ids are higher:
    the first of them who fits is the one.
    """
    first, last = world.group_start[g], world.group_start[g + 1]
    ids, factions, posts = state.fighter_id, state.fighter_faction, state.fighter_post
    best, best_id = -1, LAST_ID
    for row in range(state.rows[Slot.USED]):
        c = int(factions[row])
        man = ids[row]
        if c < first or c >= last or man == 0 or posts[row] != NO_POST:
            continue
        if succession.served_longer(man, best_id):
            best, best_id = row, man
            if man < FIRST_LATER_ID:
                return best
    return best


@compiled
def appoint(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Fill the group's posts that have stood empty long enough with its longest-serving men."""
    if state.founded[g] == 0:
        return
    for k in range(world.post_start[g], world.post_start[g + 1]):
        if state.post_row[k] >= 0:
            continue
        first_holder = state.post_vacant_since[k] == NEVER_FILLED
        empty = week - state.post_vacant_since[k]
        if not first_holder and not succession.filled(
            empty, parameters.succession_vacancy if parameters.succession_on == 1 else 1.0
        ):
            continue
        best = longest_serving(world, state, g)
        if best < 0:
            return
        state.post_row[k] = best
        state.fighter_post[best] = k
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
        note(
            state,
            week,
            Note.APPOINTED,
            g,
            world.post_rank[k],
            int(state.post_standing[k] * 1000.0),
            0,
        )
