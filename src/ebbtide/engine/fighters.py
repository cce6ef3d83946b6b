"""The fighters' week: orders to follow, offensives to endure, and one draw that decides the rest."""

import numpy as np

from ebbtide.engine import luck
from ebbtide.engine.borders import drive_along
from ebbtide.engine.identity import pack
from ebbtide.engine.rules import founding
from ebbtide.engine.sides import chosen, weight_of_all
from ebbtide.world.compiled import compiled
from ebbtide.world.flows import (
    CAPTURED,
    DESERTED,
    KILLED,
    KILLED_BY_RIVALS,
    SURRENDERED,
    SWITCHED_AWAY,
)
from ebbtide.world.identity import FOREIGN, KINDS, SWITCHED
from ebbtide.world.state import (
    FREE,
    OF_CAPTURE,
    OF_DEATH,
    OF_DEATH_ABROAD,
    OF_DESERTION,
    OF_MOVING,
    OF_SURRENDER,
    OF_SWITCHING,
    USED,
)

BLOCK = 1024


@compiled
def vacate(setting, state, week, row):
    """Leave whatever post the man in `row` holds."""
    for k in range(setting.posts):
        if state.post_row[k] == row:
            state.post_row[k] = -1
            state.post_vacant_since[k] = week
            state.leaders_lost[state.post_group[k], 0 if state.post_rank[k] == 0 else 1] += 1


@compiled
def leave(setting, state, week, row, end):
    """End the service of the man in `row`; his row is free for another."""
    c = int(state.fighter_faction[row])
    g = setting.faction_group[c]
    state.men[c, int(state.fighter_place[row])] -= 1
    state.origins[g, int(state.fighter_origin[row])] -= 1
    state.exits[g, end] += 1
    vacate(setting, state, week, row)
    state.fighter_id[row] = 0
    state.free_rows[state.rows[FREE]] = row
    state.rows[FREE] += 1


@compiled
def change_sides(setting, state, week, row, to):
    """Take the man in `row` over to group `to`, into its faction that is strongest where he is."""
    c = int(state.fighter_faction[row])
    p = int(state.fighter_place[row])
    g = setting.faction_group[c]
    joined = setting.group_start[to]
    for other in range(setting.group_start[to], setting.group_start[to + 1]):
        if state.men_before[other, p] > state.men_before[joined, p]:
            joined = other
    vacate(setting, state, week, row)
    state.men[c, p] -= 1
    state.men[joined, p] += 1
    state.origins[g, int(state.fighter_origin[row])] -= 1
    state.origins[to, SWITCHED] += 1
    state.exits[g, SWITCHED_AWAY] += 1
    state.entries[to, SWITCHED] += 1
    state.joined_from[to, g] += 1
    state.fighter_faction[row] = joined
    state.fighter_origin[row] = SWITCHED
    state.fighter_came_from[row] = g
    state.fighter_since[row] = week


@compiled
def moved_already(state, week, row):
    """Whether the man changed sides or place this week: nobody moves twice."""
    return state.fighter_since[row] == week or state.fighter_arrived[row] == week


@compiled
def go(state, week, row, to):
    """Move the man in `row` to place `to`."""
    c = int(state.fighter_faction[row])
    state.men[c, int(state.fighter_place[row])] -= 1
    state.men[c, to] += 1
    state.fighter_place[row] = to
    state.fighter_arrived[row] = week


@compiled
def flee(setting, state, week, row, drawn):
    """Move the man in `row` over a border towards less pressure, chosen by a draw; or nowhere."""
    p = int(state.fighter_place[row])
    g = setting.faction_group[int(state.fighter_faction[row])]
    if state.drive[g, p] <= 0.0:
        return
    left = drawn * state.drive[g, p]
    to = p
    across = 0
    for b in range(setting.border_start[p], setting.border_start[p + 1]):
        step = drive_along(setting, state, g, p, b)
        if step > 0.0:
            to = setting.border_to[b]
            across = int(setting.border_international[b])
            left -= step
            if left < 0.0:
                break
    go(state, week, row, to)
    state.moved[g, 0] += 1
    state.moved[g, 1] += across


@compiled
def follow_orders(setting, parameters, state, week, row):
    """Cross over with the founders of a new group, or with one's commander."""
    c = int(state.fighter_faction[row])
    p = int(state.fighter_place[row])
    who = state.fighter_id[row]
    if state.seed_to[c] >= 0:
        drawn = luck.uniform(setting.key0, setting.key1, luck.FOUNDING, who, week)
        event = state.seed_event[c]
        share = founding.crossing_share(
            state.seed_share[c], setting.event_near[event, p], parameters.founding_far
        )
        if founding.crosses_over(drawn, share):
            change_sides(setting, state, week, row, state.seed_to[c])
            left = drawn / share
            for to in range(setting.places):
                left -= setting.event_places[event, to]
                if left < 0.0:
                    go(state, week, row, to)
                    break
            return
    to = state.command_to[c, p]
    if to >= 0:
        drawn = luck.uniform(setting.key0, setting.key1, luck.FOLLOW, who, week)
        if drawn < parameters.switching_follow:
            change_sides(setting, state, week, row, to)


@compiled
def endure_offensive(setting, parameters, state, week, row):
    """Be killed or driven out where an offensive rolls."""
    p = int(state.fighter_place[row])
    g = setting.faction_group[int(state.fighter_faction[row])]
    onslaught = state.onslaught[g, p]
    if onslaught <= 0.0:
        return
    who = state.fighter_id[row]
    drawn = luck.uniform(setting.key0, setting.key1, luck.OFFENSIVE, who, week)
    killed = onslaught * parameters.displacement_killed
    driven_out = 0.0
    if parameters.displacement_on == 1:
        driven_out = onslaught * parameters.displacement_driven_out
    if parameters.targeting_on == 1 and drawn < killed:
        left = drawn / killed * onslaught
        for f in range(setting.forces):
            left -= state.offensive[f, g, p]
            if left < 0.0:
                state.killed_by[f, g] += 1
                break
        leave(setting, state, week, row, KILLED)
    elif killed <= drawn < killed + driven_out and not moved_already(state, week, row):
        flee(
            setting,
            state,
            week,
            row,
            luck.uniform(setting.key0, setting.key1, luck.DRIVEN_TO, who, week),
        )


@compiled
def fall(setting, state, week, row, at):
    """End the life of the man in `row`; where his draw fell within the hazard says by whose hand."""
    p = int(state.fighter_place[row])
    g = setting.faction_group[int(state.fighter_faction[row])]
    left = at * (state.hit[g, p] + state.rival_hit[g, p])
    if left < state.rival_hit[g, p]:
        leave(setting, state, week, row, KILLED_BY_RIVALS)
        return
    left -= state.rival_hit[g, p]
    for f in range(setting.forces):
        left -= state.force_hit[f, g, p]
        if left < 0.0:
            state.killed_by[f, g] += 1
            break
    leave(setting, state, week, row, KILLED)


@compiled
def face_the_week(setting, parameters, state, week, row, drawn):
    """Let one draw decide which end, if any, comes for the man in `row`.

    Every end owns a slice of [0, 1) as wide as its highest weekly probability; it happens when
    the draw falls in the first part of its slice, as wide as the hazard of his cell this week.
    """
    c = int(state.fighter_faction[row])
    p = int(state.fighter_place[row])
    hazards = state.hazards[c, p]
    if drawn < parameters.targeting_highest:
        abroad = int(state.fighter_origin[row]) == FOREIGN
        risk = hazards[OF_DEATH_ABROAD] if abroad else hazards[OF_DEATH]
        if drawn < risk:
            fall(setting, state, week, row, drawn / risk)
        return
    drawn -= parameters.targeting_highest
    if drawn < parameters.targeting_arrest_highest:
        if drawn < hazards[OF_CAPTURE]:
            leave(setting, state, week, row, CAPTURED)
        return
    drawn -= parameters.targeting_arrest_highest
    if drawn < parameters.leaving_highest:
        if drawn < hazards[OF_DESERTION]:
            leave(setting, state, week, row, DESERTED)
        return
    drawn -= parameters.leaving_highest
    if drawn < parameters.leaving_surrender_highest:
        if drawn < hazards[OF_SURRENDER]:
            leave(setting, state, week, row, SURRENDERED)
        return
    drawn -= parameters.leaving_surrender_highest
    if moved_already(state, week, row):
        return
    who = state.fighter_id[row]
    if drawn < parameters.switching_highest:
        if drawn < hazards[OF_SWITCHING]:
            left = luck.uniform(setting.key0, setting.key1, luck.SWITCH_TO, who, week)
            to = chosen(setting, state, c, p, left * weight_of_all(setting, state, c, p))
            change_sides(setting, state, week, row, to)
        return
    drawn -= parameters.switching_highest
    if drawn < hazards[OF_MOVING]:
        to = luck.uniform(setting.key0, setting.key1, luck.MOVE_TO, who, week)
        flee(setting, state, week, row, to)


@compiled
def widest_draw(parameters):
    """The end of the last slice: no draw above it can bring an end."""
    return (
        parameters.targeting_highest
        + parameters.targeting_arrest_highest
        + parameters.leaving_highest
        + parameters.leaving_surrender_highest
        + parameters.switching_highest
        + parameters.displacement_highest
    )


@compiled
def all_follow_orders(setting, parameters, state, week):
    """Every fighter follows orders; most have none, and are passed over at a glance."""
    ordered = np.zeros((setting.factions, setting.places), np.bool_)
    for c in range(setting.factions):
        for p in range(setting.places):
            ordered[c, p] = state.seed_to[c] >= 0 or state.command_to[c, p] >= 0
    ids, factions, places = state.fighter_id, state.fighter_faction, state.fighter_place
    for row in range(state.rows[USED]):
        if ordered[int(factions[row]), int(places[row])] and ids[row] != 0:
            follow_orders(setting, parameters, state, week, row)


@compiled
def all_endure_offensives(setting, parameters, state, week):
    """Every fighter endures whatever offensive rolls where he is; most meet none."""
    exposed = np.zeros((setting.factions, setting.places), np.bool_)
    for c in range(setting.factions):
        for p in range(setting.places):
            exposed[c, p] = state.onslaught[setting.faction_group[c], p] > 0.0
    ids, factions, places = state.fighter_id, state.fighter_faction, state.fighter_place
    for row in range(state.rows[USED]):
        if exposed[int(factions[row]), int(places[row])] and ids[row] != 0:
            endure_offensive(setting, parameters, state, week, row)


@compiled
def all_face_the_week(setting, parameters, state, week):
    """Every fighter faces the week.

    Draws come in blocks. Of the few that fall into any slice, most lie beyond the hazard of their
    cell; only the rest are looked at one by one. The slices are left in the same order and by the
    same subtractions as in `face_the_week`, so that both see the same numbers.
    """
    used = state.rows[USED]
    ids, factions, places = state.fighter_id, state.fighter_faction, state.fighter_place
    hazards = state.hazards
    widths = np.array(
        [
            parameters.targeting_highest,
            parameters.targeting_arrest_highest,
            parameters.leaving_highest,
            parameters.leaving_surrender_highest,
            parameters.switching_highest,
            parameters.displacement_highest,
        ]
    )
    widest = widest_draw(parameters)
    drawn = np.empty(BLOCK)
    few = np.empty(BLOCK, np.int64)
    for start in range(0, used, BLOCK):
        stop = min(start + BLOCK, used)
        luck.uniforms(
            setting.key0, setting.key1, luck.FATE, ids[start:stop], week, drawn[: stop - start]
        )
        found = 0
        for i in range(stop - start):
            few[found] = i
            found += drawn[i] < widest
        for i in few[:found]:
            row = start + i
            if ids[row] == 0:
                continue
            left = drawn[i]
            end = 0
            while end < OF_MOVING and left >= widths[end]:
                left -= widths[end]
                end += 1
            cell = hazards[int(factions[row]), int(places[row])]
            if left < cell[end] or (end == OF_DEATH and left < cell[OF_DEATH_ABROAD]):
                face_the_week(setting, parameters, state, week, row, drawn[i])


@compiled
def enter(setting, state, week):
    """Give every recruit of the week a row."""
    for c in range(setting.factions):
        g = setting.faction_group[c]
        for p in range(setting.places):
            for kind in range(1, KINDS):
                for ordinal in range(state.intake[c, p, kind]):
                    if state.rows[FREE] > 0:
                        state.rows[FREE] -= 1
                        row = state.free_rows[state.rows[FREE]]
                    else:
                        row = state.rows[USED]
                        state.rows[USED] += 1
                    state.fighter_id[row] = pack(week, p, c, kind, ordinal)
                    state.fighter_faction[row] = c
                    state.fighter_place[row] = p
                    state.fighter_origin[row] = kind
                    state.fighter_came_from[row] = -1
                    state.fighter_since[row] = week
                    state.fighter_arrived[row] = week
                    state.men[c, p] += 1
                    state.origins[g, kind] += 1
                    state.entries[g, kind] += 1
