"""The fighters' fates: one draw a man and week decides which end, if any, comes for him."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.choice import along
from ebbtide.engine.phases.risks import desertion_of
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.service import change_sides, flee, leave
from ebbtide.engine.sides import weights_for
from ebbtide.rules import displacement, leaving, rivalry, switching, targeting
from ebbtide.world.codes import HAZARDS, NO_POST, End, Hazard, Kind, Slot

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


BLOCK = 1024  # so many rows of fighters are looked at together
ROUNDING = 1e-12  # far above the error of adding slices up, far below any hazard that matters


class Slices(NamedTuple):
    """Where in [0, 1) the slice of each end stops; fire on foreigners shares that of fire."""

    fire: float
    offensive: float
    capture: float
    desertion: float
    surrender: float
    switching: float
    flight: float
    moving: float


@compiled
def slice_ends(parameters: Parameters) -> Slices:
    """Where the slices of the ends stop; their order is a convention that changes no chance."""
    fire = leaving.slice_stop(0.0, parameters.targeting_highest)
    offensive = leaving.slice_stop(fire, parameters.displacement_killed)
    capture = leaving.slice_stop(offensive, parameters.targeting_arrest_highest)
    desertion = leaving.slice_stop(capture, parameters.leaving_highest)
    surrender = leaving.slice_stop(desertion, parameters.leaving_surrender_highest)
    switching = leaving.slice_stop(surrender, parameters.switching_highest)
    flight = leaving.slice_stop(switching, parameters.displacement_driven_out)
    moving = leaving.slice_stop(flight, parameters.displacement_highest)
    return Slices(
        fire=fire,
        offensive=offensive,
        capture=capture,
        desertion=desertion,
        surrender=surrender,
        switching=switching,
        flight=flight,
        moving=moving,
    )


@compiled
def lay_to_a_force(state: State, g: int, p: int, shares: Numbers, left: float) -> None:
    """Count a death of group `g` in `p` to the force at `left` along the forces' shares, if any is.

    It is for the record alone, in expectation by the shares: no rule reads whose kill it was.
    """
    if left < sum(shares):
        state.killed_by[along(shares, left), g] += 1
        state.killed_in[g, p] += 1


@compiled
def fall_to_fire(world: World, state: State, week: int, row: int, at: float) -> None:
    """End the life of the man in `row`; where his draw fell within the hazard says by whose hand.

    `at` is how far into the hazard it fell (0 to 1), itself a uniform draw among those who fall.
    """
    p = int(state.fighter_place[row])
    g = world.faction_group[int(state.fighter_faction[row])]
    hit, rival_hit = state.hit[g, p], state.rival_hit[g, p]
    if rivalry.killed_by_rivals(at, hit, rival_hit):
        leave(world, state, week, row, End.KILLED_BY_RIVALS)
        return
    lay_to_a_force(state, g, p, state.force_hit[:, g, p], at * hit - rival_hit)
    leave(world, state, week, row, End.KILLED)


@compiled
def fall_in_offensive(world: World, state: State, week: int, row: int, at: float) -> None:
    """The same for a man who is killed in an offensive."""
    p = int(state.fighter_place[row])
    g = world.faction_group[int(state.fighter_faction[row])]
    offensives = state.force_onslaught[:, g, p]
    lay_to_a_force(state, g, p, offensives, at * sum(offensives))
    leave(world, state, week, row, End.KILLED)


@compiled
def own_desertion(parameters: Parameters, state: State, week: int, row: int, g: int) -> float:
    """The hazard that the man in `row` goes home; none above that of his cell."""
    p = int(state.fighter_place[row])
    if state.hazards[int(state.fighter_faction[row]), p, Hazard.DESERTION] <= 0.0:
        return 0.0
    origin = int(state.fighter_origin[row])
    newness = leaving.newness(
        origin in (Kind.FOUNDING, Kind.SWITCHED),
        float(week - state.fighter_since[row]),
        parameters.leaving_settling,
    )
    return desertion_of(
        parameters,
        state,
        g,
        p,
        origin == Kind.LOCAL_POOR,
        origin == Kind.LIKE_MINDED,
        origin == Kind.FOREIGN,
        newness,
    )


@compiled
def meet_fate(
    world: World, parameters: Parameters, state: State, week: int, row: int, drawn: float
) -> None:
    """Let one draw decide which end, if any, comes for the man in `row`.

    His draw falls into the slice of one end (`leaving.slice_stop`), or of none; what it means that
    an end comes is what its name says. Going home and changing sides are his own matter: what keeps
    him depends on what brought him. A leader whose death is dated is spared until then.
    """
    c = int(state.fighter_faction[row])
    p = int(state.fighter_place[row])
    g = world.faction_group[c]
    hazards = state.hazards[c, p]
    ends = slice_ends(parameters)
    post = int(state.fighter_post[row])
    if (
        post != NO_POST
        and drawn < ends.switching
        and targeting.spared(week, world.post_dated[post])
    ):
        return
    if drawn < ends.fire:
        abroad = int(state.fighter_origin[row]) == Kind.FOREIGN
        risk = hazards[Hazard.FIRE_ABROAD] if abroad else hazards[Hazard.FIRE]
        if leaving.end_comes(drawn, 0.0, risk):
            fall_to_fire(world, state, week, row, drawn / risk)
    elif drawn < ends.offensive:
        if leaving.end_comes(drawn, ends.fire, hazards[Hazard.OFFENSIVE]):
            fall_in_offensive(
                world, state, week, row, (drawn - ends.fire) / hazards[Hazard.OFFENSIVE]
            )
    elif drawn < ends.capture:
        if leaving.end_comes(drawn, ends.offensive, hazards[Hazard.CAPTURE]):
            leave(world, state, week, row, End.CAPTURED)
    elif drawn < ends.desertion:
        if leaving.end_comes(drawn, ends.capture, own_desertion(parameters, state, week, row, g)):
            leave(world, state, week, row, End.DESERTED)
    elif drawn < ends.surrender:
        if leaving.end_comes(drawn, ends.desertion, hazards[Hazard.SURRENDER]):
            leave(world, state, week, row, End.SURRENDERED)
    elif not displacement.may_move(
        int(state.fighter_since[row]), int(state.fighter_arrived[row]), week
    ):
        return
    elif drawn < ends.switching:
        if hazards[Hazard.SWITCHING] <= 0.0:
            return
        former = int(state.fighter_came_from[row])
        weights = weights_for(world, parameters, state, c, p, former)
        total = sum(weights)
        hazard = switching.hazard(total, parameters.switching_highest)
        if leaving.end_comes(drawn, ends.surrender, hazard):
            who = state.fighter_id[row]
            left = random_numbers.draw(world, Decision.SWITCH_TO, who, week)
            change_sides(world, state, week, row, along(weights, left * total))
    elif drawn < ends.flight:
        if leaving.end_comes(drawn, ends.switching, hazards[Hazard.FLIGHT]):
            flee(world, parameters, state, week, row)
    elif drawn < ends.moving and leaving.end_comes(drawn, ends.flight, hazards[Hazard.MOVING]):
        flee(world, parameters, state, week, row)


@compiled
def face_the_week(world: World, parameters: Parameters, state: State, week: int, row: int) -> None:
    """Let one man face the week."""
    drawn = random_numbers.draw(world, Decision.FATE, state.fighter_id[row], week)
    if drawn < slice_ends(parameters).moving:
        meet_fate(world, parameters, state, week, row, drawn)


@compiled
def may_meet_offensive(ends: Slices, hazards: Numbers, drawn: float) -> bool:
    """Whether a draw is so low in its slice that an offensive may strike where hazards are these."""
    at, below = drawn + ROUNDING, drawn - ROUNDING
    return ((at >= ends.fire) & (below < ends.fire + hazards[Hazard.OFFENSIVE])) | (
        (at >= ends.switching) & (below < ends.switching + hazards[Hazard.FLIGHT])
    )


@compiled
def may_meet_another_end(ends: Slices, hazards: Numbers, drawn: float) -> bool:
    """The same for all ends but those that an offensive brings.

    No branch depends on the draw, which no processor could foresee.
    """
    at, below = drawn + ROUNDING, drawn - ROUNDING
    return (
        (below < max(hazards[Hazard.FIRE], hazards[Hazard.FIRE_ABROAD]))
        | ((at >= ends.offensive) & (below < ends.offensive + hazards[Hazard.CAPTURE]))
        | ((at >= ends.capture) & (below < ends.capture + hazards[Hazard.DESERTION]))
        | ((at >= ends.desertion) & (below < ends.desertion + hazards[Hazard.SURRENDER]))
        | ((at >= ends.surrender) & (below < ends.surrender + hazards[Hazard.SWITCHING]))
        | ((at >= ends.flight) & (below < ends.flight + hazards[Hazard.MOVING]))
    )


@compiled
def highest_hazards(world: World, state: State) -> Numbers:
    """The highest hazard of each end in any cell with men."""
    highest = np.zeros(HAZARDS)
    men, hazards = state.men, state.hazards
    for c in range(world.factions):
        for p in range(world.places):
            if men[c, p] > 0:
                for end in range(HAZARDS):
                    highest[end] = max(highest[end], hazards[c, p, end])
    return highest


@compiled
def under_offensives(world: World, state: State) -> np.uint64:
    """Places with men under an offensive, a bit each; places 64 apart share one."""
    bits = np.uint64(0)
    for c in range(world.factions):
        onslaught, men = state.onslaught[world.faction_group[c]], state.men[c]
        for p in range(world.places):
            if onslaught[p] > 0.0 and men[p] > 0:
                bits |= np.uint64(1) << np.uint64(p % 64)
    return bits


@compiled
def all_face_the_week(world: World, parameters: Parameters, state: State, week: int) -> None:
    """Every fighter faces the week.

    Draws come in blocks. Most bring no end to anybody this week, in whatever cell he is, and are
    passed over eight at a time; of the others, those whose draw brings an end in their own cell
    face the week one by one.
    """
    used, ids, hazards = state.rows[Slot.USED], state.fighter_id, state.hazards
    factions, places = state.fighter_faction, state.fighter_place
    ends, highest = slice_ends(parameters), highest_hazards(world, state)
    stormed, one = under_offensives(world, state), np.uint64(1)
    drawn, endangered = np.empty(BLOCK), np.zeros(BLOCK, np.bool_)
    eights = endangered.view(np.uint64)
    for start in range(0, used, BLOCK):
        stop = min(start + BLOCK, used)
        block, at = drawn[: stop - start], places[start:stop]
        random_numbers.draws(world, Decision.FATE, ids[start:stop], week, block)
        for i in range(block.size):
            here = (stormed >> np.uint64(at[i] & 63)) & one == one
            endangered[i] = may_meet_another_end(ends, highest, block[i]) | (
                here & may_meet_offensive(ends, highest, block[i])
            )
        endangered[stop - start :] = False
        for eight in range(BLOCK // 8):
            if eights[eight] != 0:
                for i in range(8 * eight, 8 * eight + 8):
                    row = start + i
                    if endangered[i] and ids[row] != 0:
                        cell = hazards[int(factions[row]), int(places[row])]
                        if may_meet_another_end(ends, cell, drawn[i]) | may_meet_offensive(
                            ends, cell, drawn[i]
                        ):
                            meet_fate(world, parameters, state, week, row, drawn[i])
