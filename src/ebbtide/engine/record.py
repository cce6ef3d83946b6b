"""Writing down the week: every outcome of a group, and what is kept of its places."""

import math

from ebbtide.engine.counts import men_now
from ebbtide.rules import territory
from ebbtide.world.compiled import compiled
from ebbtide.world.flows import ENDS, SOURCES
from ebbtide.world.identity import FOUNDING, KINDS
from ebbtide.world.outcomes import INDEX
from ebbtide.world.state import ON_CIVILIANS, ON_STATE

FIGHTERS = INDEX["fighters"]
AFFILIATES = INDEX["affiliates"]
LEADERS = INDEX["leaders"]
COMMAND = INDEX["command"]
COHESION = INDEX["cohesion"]
BRAND = INDEX["brand"]
MOMENTUM = INDEX["momentum"]
MORALE = INDEX["morale"]
SUPPORT = INDEX["support"]
MEDIA = INDEX["media"]
MONEY = INDEX["money"]
INCOME = INDEX["income_centre"]
WAGES_PAID = INDEX["wages_paid"]
PAY_SHARE = INDEX["pay_share"]
PLACES_PRESENT = INDEX["places_present"]
DISTRICTS_HELD = INDEX["districts_held"]
PRESSURE = INDEX["pressure"]
ATTENTION = INDEX["attention"]
INTELLIGENCE = INDEX["intelligence"]
EFFORT = INDEX["effort_against"]
HARMED = INDEX["civilians_harmed_by_forces"]
CAPABILITY = INDEX["capability"]
NOTORIETY = INDEX["notoriety"]
RESISTANCE = INDEX["resistance"]
ATTACKS_STATE = INDEX["attacks_state"]
ATTACKS_CIVILIANS = INDEX["attacks_civilians"]
ATTACKS_OUTSIDE = INDEX["attacks_outside"]
CIVILIANS_HARMED = INDEX["civilians_harmed"]
STATE_HARMED = INDEX["state_harmed"]
DISPLACED = INDEX["displaced"]
DISPLACED_ACROSS = INDEX["displaced_across_borders"]
ORIGINS = INDEX["fighters_founding"]
ENTRIES = INDEX["entries_founding"]
EXITS = INDEX["exits_killed"]


@compiled
def write_down(setting, state, week, g):
    """Record one group's week in `series` and `places_series`."""
    row = state.series[week, g]
    fighters, present = 0, 0
    supporters, districts = 0.0, 0.0
    morale, support, pressure, resistance = 0.0, 0.0, 0.0, 0.0
    on_state, on_civilians, civilians_harmed = 0, 0, 0
    men = men_now(setting, state, g)
    supporting, held, districts_of = state.supporters[g], state.held[g], setting.districts
    mood, supported, pressed = state.morale[g], state.support[g], state.pressure[g]
    resistant, attacks, harmed = state.resistance[g], state.attacks[g], state.civilians_harmed[g]
    places = state.places_series[week, g]
    for p in range(setting.places):
        here = math.floor(supporting[p])
        fighters += men[p]
        supporters += here
        if men[p] + here > 0:
            present += 1
        districts += territory.held_districts(held[p], districts_of[p])
        morale += men[p] * mood[p]
        support += men[p] * supported[p]
        pressure += men[p] * pressed[p]
        resistance += men[p] * resistant[p]
        on_state += attacks[p, ON_STATE]
        on_civilians += attacks[p, ON_CIVILIANS]
        civilians_harmed += harmed[p]
        places[p, 0] = men[p]
        places[p, 1] = men[p] + here
        places[p, 2] = held[p]
        places[p, 3] = supported[p]
        places[p, 4] = resistant[p]
        places[p, 5] = attacks[p, ON_STATE] + attacks[p, ON_CIVILIANS]
    for other in range(setting.groups):
        state.defections[week, g, other] = state.joined_from[g, other]
    row[FIGHTERS] = fighters
    row[AFFILIATES] = fighters + supporters
    leaders = 0
    for k in range(setting.post_start[g], setting.post_start[g + 1]):
        if state.post_row[k] >= 0:
            leaders += 1
    row[LEADERS] = leaders
    row[COMMAND] = state.command[g]
    row[COHESION] = state.cohesion[g]
    row[BRAND] = state.brand[g]
    row[MOMENTUM] = state.momentum[g]
    row[MEDIA] = state.media[g]
    row[MONEY] = state.money[g]
    for source in range(SOURCES):
        row[INCOME + source] = state.income[g, source]
    row[WAGES_PAID] = state.wages_paid[g]
    row[PAY_SHARE] = state.pay_share[g]
    row[PLACES_PRESENT] = present
    row[DISTRICTS_HELD] = districts
    if fighters > 0:
        row[MORALE] = morale / fighters
        row[SUPPORT] = support / fighters
        row[PRESSURE] = pressure / fighters
        row[RESISTANCE] = resistance / fighters
    row[CAPABILITY] = state.capability[g]
    row[NOTORIETY] = state.notoriety[g]
    row[ATTACKS_STATE] = on_state
    row[ATTACKS_CIVILIANS] = on_civilians
    row[ATTACKS_OUTSIDE] = state.attacks_outside[g]
    row[CIVILIANS_HARMED] = civilians_harmed
    row[STATE_HARMED] = state.state_harmed[g]
    row[DISPLACED] = state.moved[g, 0]
    row[DISPLACED_ACROSS] = state.moved[g, 1]
    attention, known_by_all, effort_of_all = 0.0, 0.0, 0.0
    harmed_by_all = 0
    mustered = state.group_men[g]
    for f in range(setting.forces):
        attentive = state.attention_paid[f, g]
        attention = max(attention, attentive)
        known, seen = 0.0, 0
        here, known_of = setting.force_here[f], state.intelligence[f, g]
        for p in range(setting.places):
            if here[p] == 1:
                known += known_of[p] * mustered[p]
                seen += mustered[p]
        if seen > 0:
            known /= seen
        known_by_all += known
        effort_of_all += state.effort[f, g]
        harmed_by_force = sum(state.harmed[f, g])
        harmed_by_all += harmed_by_force
        force_row = state.forces_series[week, f, g]
        force_row[0] = attentive
        force_row[1] = known
        force_row[2] = state.effort[f, g]
        force_row[3] = state.killed_by[f, g]
        force_row[4] = harmed_by_force
    row[ATTENTION] = attention
    row[INTELLIGENCE] = known_by_all / setting.forces if setting.forces > 0 else 0.0
    row[EFFORT] = effort_of_all
    row[HARMED] = harmed_by_all
    for kind in range(FOUNDING, KINDS):
        row[ORIGINS + kind - FOUNDING] = state.origins[g, kind]
        row[ENTRIES + kind - FOUNDING] = state.entries[g, kind]
    for end in range(ENDS):
        row[EXITS + end] = state.exits[g, end]
