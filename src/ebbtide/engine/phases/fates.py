"""The fighters' fates: one draw a man and week decides which end, if any, comes for him."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.choice import along, uniform_among
from ebbtide.engine.fire import BY_RIVALS, whose_fire
from ebbtide.engine.marked import BLOCK, where_marked
from ebbtide.engine.phases.risks import desertion_of
from ebbtide.engine.random_numbers import WORD, Decision
from ebbtide.engine.service import change_sides, go_on, leave
from ebbtide.engine.sides import weights_for
from ebbtide.engine.slices import NO_HAZARD, Slices, laid_out, owner_of
from ebbtide.engine.watched import draws_to_watch, mark, may_meet
from ebbtide.rules import displacement, leaving, targeting
from ebbtide.world.codes import Hazard, Kind, Slot
from ebbtide.world.posts import NO_POST

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


NO_END = -1  # where a fate ends no service
ENDS_SERVICE = tuple(NO_END if h.fate.end is None else int(h.fate.end) for h in Hazard)
ENDS_BY_FIRE, ENDS_IN_OFFENSIVE = ENDS_SERVICE[Hazard.FIRE], ENDS_SERVICE[Hazard.OFFENSIVE]
ELSEWHERE = tuple(h.fate.elsewhere for h in Hazard)


@compiled
def lay_to_a_force(state: State, g: int, p: int, shares: Numbers, left: float) -> None:
    """Count a death of group `g` in `p` to the force at `left` along the forces' shares, if any is.

    It is for the record alone, in expectation by the shares: no rule reads whose kill it was.
    """
    if left < sum(shares):
        state.killed_by[along(shares, left), g] += 1
        state.killed_in[g, p] += 1


@compiled
def by_whose_fire(
    world: World, parameters: Parameters, state: State, row: int, at: float, by_forces: Numbers
) -> tuple[int, float]:
    """How the man in `row` ends, who falls to fire, as `whose_fire` tells; fills `by_forces`."""
    p = int(state.fighter_place[row])
    g = world.faction_group[int(state.fighter_faction[row])]
    stranger = targeting.stranger(int(state.fighter_abroad[row]), world.outsider[g])
    return whose_fire(parameters, state, g, p, stranger, at, by_forces)


@compiled
def fall_to_fire(
    world: World, parameters: Parameters, state: State, week: int, row: int, at: float
) -> None:
    """End the life of the man in `row`; where his draw fell within the hazard says by whose hand.

    `at` is how far into the hazard it fell (0 to 1), itself a uniform draw among those who fall.
    """
    by_forces = np.empty(world.forces)
    end, left = by_whose_fire(world, parameters, state, row, at, by_forces)
    g, p = world.faction_group[int(state.fighter_faction[row])], int(state.fighter_place[row])
    if end == ENDS_BY_FIRE:
        lay_to_a_force(state, g, p, by_forces, left)
    elif end == BY_RIVALS:
        state.killed_by_rivals_in[g, p] += 1
    leave(world, state, week, row, end)


@compiled
def fall_in_offensive(world: World, state: State, week: int, row: int, at: float) -> None:
    """The same for a man who is killed in an offensive."""
    p = int(state.fighter_place[row])
    g = world.faction_group[int(state.fighter_faction[row])]
    offensives = state.force_onslaught[:, g, p]
    lay_to_a_force(state, g, p, offensives, at * sum(offensives))
    leave(world, state, week, row, ENDS_IN_OFFENSIVE)


@compiled
def go_over(world: World, state: State, week: int, row: int) -> None:
    """Take the man in `row` over to another group, by a draw along the weights of all."""
    c = int(state.fighter_faction[row])
    p = int(state.fighter_place[row])
    drawn = random_numbers.draw(world, Decision.SWITCH_TO, state.fighter_id[row], week)
    weights = weights_for(world, state, c, p)
    change_sides(world, state, week, row, along(weights, drawn * sum(weights)))


@compiled
def meet(
    world: World, parameters: Parameters, state: State, week: int, row: int, hazard: int, at: float
) -> None:
    """Bring what a hazard holds upon the man in `row`: most end his service, the others do not.

    `at` is how far into it his draw fell (0 to 1).
    """
    if hazard == Hazard.FIRE:
        fall_to_fire(world, parameters, state, week, row, at)
    elif hazard == Hazard.OFFENSIVE:
        fall_in_offensive(world, state, week, row, at)
    elif hazard == Hazard.SWITCHING:
        go_over(world, state, week, row)
    elif hazard in (Hazard.FLIGHT, Hazard.MOVING):
        go_on(world, parameters, state, week, row, hazard == Hazard.FLIGHT)
    else:
        leave(world, state, week, row, ENDS_SERVICE[hazard])


@compiled
def own_desertion(
    parameters: Parameters, state: State, week: int, row: int, g: int, p: int
) -> float:
    """The chance that the man in `row` goes home, by what brought him and how new he is."""
    origin = int(state.fighter_origin[row])
    tie = leaving.tie(
        origin == Kind.LIKE_MINDED,
        int(state.fighter_abroad[row]),
        origin == Kind.FORCED,
        leaving.newness(
            leaving.seasoned(origin == Kind.FOUNDING, origin == Kind.SWITCHED),
            float(week - state.fighter_since[row]),
            parameters.leaving_settling,
        ),
        parameters.leaving_like_minded_tie,
        parameters.leaving_foreign_tie,
        parameters.leaving_forced_weight,
        parameters.leaving_newcomer_weight,
    )
    return desertion_of(parameters, state, g, p, origin == Kind.LOCAL_POOR, tie)


@compiled
def is_spared(world: World, state: State, week: int, row: int, hazard: int) -> bool:
    """Whether a hazard cannot meet the man in `row` this week, however great its chance.

    Nobody moves on twice, and a leader whose death is dated serves until then.
    """
    post = int(state.fighter_post[row])
    stays = post != NO_POST and targeting.spared(week, world.post_dated[post])
    since, arrived = int(state.fighter_since[row]), int(state.fighter_arrived[row])
    moved = not displacement.may_move(since, arrived, week)
    return bool((stays and ENDS_SERVICE[hazard] != NO_END) or (ELSEWHERE[hazard] and moved))


@compiled
def chance_of(
    world: World, parameters: Parameters, state: State, week: int, row: int, hazard: int
) -> float:
    """The probability that a hazard meets the man in `row` this week; 0 where he is spared it.

    Men from abroad have a hazard of fire of their own. Going home is each man's own matter: what keeps
    him depends on what brought him.
    """
    c, p = int(state.fighter_faction[row]), int(state.fighter_place[row])
    chance = state.hazards[c, p, hazard]
    if hazard == Hazard.FIRE and state.fighter_abroad[row] == 1:
        chance = state.hazards[c, p, Hazard.FIRE_ABROAD]
    if chance <= 0.0 or is_spared(world, state, week, row, hazard):
        return 0.0
    if hazard == Hazard.DESERTION:
        return own_desertion(parameters, state, week, row, world.faction_group[c], p)
    return chance


@compiled
def meet_fate(
    world: World,
    parameters: Parameters,
    state: State,
    week: int,
    row: int,
    slices: Slices,
    drawn: float,
) -> None:
    """Let one draw decide which fate, if any, comes for the man in `row`.

    His draw falls into the slice of one (`leaving.slice_stop`), or of none. A leader whose death is
    dated stays with his group until then.
    """
    hazard = owner_of(slices, drawn)
    if hazard == NO_HAZARD:
        return
    chance = chance_of(world, parameters, state, week, row, hazard)
    beginning = slices.beginning[hazard]
    if leaving.end_comes(drawn, beginning, chance):
        at = uniform_among(drawn - beginning, chance)
        meet(world, parameters, state, week, row, hazard, at)


@compiled
def face_the_week(world: World, parameters: Parameters, state: State, week: int, row: int) -> None:
    """Let one man face the week."""
    drawn = random_numbers.draw(world, Decision.FATE, state.fighter_id[row], week)
    meet_fate(world, parameters, state, week, row, laid_out(parameters), drawn)


@compiled
def all_face_the_week(world: World, parameters: Parameters, state: State, week: int) -> None:
    """Every fighter faces the week.

    Draws come in blocks, at first by their first words. Most bring nothing to anybody this week, in
    whatever cell he is, and are passed over; the others face the week one by one. No branch depends
    on a draw that is passed over, which no processor could foresee.
    """
    used, ids, hazards = state.rows[Slot.USED], state.fighter_id, state.hazards
    factions, places = state.fighter_faction, state.fighter_place
    key0, key1, fate = world.key0, world.key1, np.int64(Decision.FATE)
    slices = laid_out(parameters)
    watched = draws_to_watch(world, state, slices)
    nearly, endangered = np.empty(BLOCK, np.uint32), np.zeros(BLOCK, np.bool_)
    found = np.empty(BLOCK, np.int64)
    for start in range(0, used, BLOCK):
        stop = min(start + BLOCK, used)
        block = nearly[: stop - start]
        random_numbers.first_words(key0, key1, fate, ids[start:stop], week, block)
        mark(block, factions[start:stop], watched, endangered)
        endangered[stop - start :] = False
        for k in range(where_marked(endangered, found)):
            row = start + found[k]
            if ids[row] != 0:
                cell = hazards[int(factions[row]), int(places[row])]
                if may_meet(slices, cell, nearly[found[k]] * WORD):
                    drawn = random_numbers.draw(world, Decision.FATE, ids[row], week)
                    meet_fate(world, parameters, state, week, row, slices, drawn)
