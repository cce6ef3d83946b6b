"""Orders to fighters: to cross over with founders of a group, or with one's commander."""

import numpy as np

from ebbtide.engine import luck
from ebbtide.engine.rules import founding
from ebbtide.engine.service import change_sides, go
from ebbtide.world.compiled import compiled
from ebbtide.world.state import (
    BLOCK,
    USED,
)


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
def men_in(setting, state, cells):
    """The rows of all men in the marked cells (a flag by faction and place)."""
    expected = 0
    for c in range(setting.factions):
        for p in range(setting.places):
            if cells[c, p]:
                expected += state.men[c, p]
    rows = np.empty(expected, np.int64)
    flat, width = cells.ravel(), np.int32(setting.places)
    ids, factions, places = state.fighter_id, state.fighter_faction, state.fighter_place
    cell_of, marked = np.empty(BLOCK, np.int32), np.zeros(BLOCK, np.bool_)
    eights = marked.view(np.uint64)
    found, start = 0, 0
    while found < expected:
        stop = min(start + BLOCK, state.rows[USED])
        block_factions, block_places = factions[start:stop], places[start:stop]
        for i in range(block_factions.size):
            cell_of[i] = width * block_factions[i] + block_places[i]
        for i in range(stop - start):
            marked[i] = flat[cell_of[i]]
        marked[stop - start :] = False
        for eight in range(BLOCK // 8):
            if eights[eight] != 0:
                for i in range(8 * eight, 8 * eight + 8):
                    if marked[i] and ids[start + i] != 0:
                        rows[found] = start + i
                        found += 1
        start = stop
    return rows


@compiled
def all_follow_orders(setting, parameters, state, week):
    """Every fighter follows orders; most have none, and are not even looked at."""
    ordered = np.zeros((setting.factions, setting.places), np.bool_)
    for c in range(setting.factions):
        for p in range(setting.places):
            ordered[c, p] = state.seed_to[c] >= 0 or state.command_to[c, p] >= 0
    for row in men_in(setting, state, ordered):
        follow_orders(setting, parameters, state, week, row)
