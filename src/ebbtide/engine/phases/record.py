"""Writing down the week: every outcome of a group, and what is kept of its places."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.counts import men_now
from ebbtide.rules import support, territory
from ebbtide.world.codes import ENDS, KINDS, SOURCES, Kind, Move, Target

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def write_places(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Record a group in its places, and what they come to together."""
    series, in_places = state.series, state.place_series
    fighters = 0
    supporters, districts, present = 0.0, 0.0, 0.0
    morale, backing, pressure, resistance = 0.0, 0.0, 0.0, 0.0
    on_state, on_civilians, civilians_harmed = 0, 0, 0
    men = men_now(world, state, g)
    supporting, held, districts_of = state.supporters[g], state.held[g], world.districts
    mood, supported, pressed = state.morale[g], state.support[g], state.pressure[g]
    resistant, attacks, harmed = state.resistance[g], state.attacks[g], state.civilians_harmed[g]
    fighters_in, affiliates_in = in_places.fighters[week, g], in_places.affiliates[week, g]
    held_in, support_in = in_places.held[week, g], in_places.support[week, g]
    resistance_in, attacks_in = in_places.resistance[week, g], in_places.attacks[week, g]
    harmed_in = in_places.civilians_harmed[week, g]
    killed_in, reported_in = in_places.men_killed[week, g], in_places.reported[week, g]
    for p in range(world.places):
        here = math.floor(supporting[p])
        fighters += men[p]
        supporters += here
        drawn = support.drawn_supporters(float(men[p]), supported[p], world.supporters[g])
        in_sight = territory.in_sight(float(men[p]), here, drawn)
        likely = territory.reported(in_sight, parameters.territory_unseen)
        present += likely
        reported_in[p] = likely
        districts += territory.held_districts(held[p], districts_of[p])
        morale += men[p] * mood[p]
        backing += men[p] * supported[p]
        pressure += men[p] * pressed[p]
        resistance += men[p] * resistant[p]
        on_state += attacks[p, Target.STATE]
        on_civilians += attacks[p, Target.CIVILIANS]
        civilians_harmed += harmed[p]
        fighters_in[p] = men[p]
        affiliates_in[p] = men[p] + here
        held_in[p] = held[p]
        support_in[p] = supported[p]
        resistance_in[p] = resistant[p]
        killed_in[p] = state.killed_in[g, p]
        attacks_in[p] = attacks[p, Target.STATE] + attacks[p, Target.CIVILIANS]
        harmed_in[p] = harmed[p]
    series.fighters[week, g] = fighters
    series.affiliates[week, g] = fighters + supporters
    series.places_present[week, g] = present
    series.districts_held[week, g] = districts
    if fighters > 0:
        series.morale[week, g] = morale / fighters
        series.support[week, g] = backing / fighters
        series.pressure[week, g] = pressure / fighters
        series.resistance[week, g] = resistance / fighters
    series.attacks_state[week, g] = on_state
    series.attacks_civilians[week, g] = on_civilians
    series.civilians_harmed[week, g] = civilians_harmed


@compiled
def write_group(world: World, state: State, week: int, g: int) -> None:
    """Record how a group stands as a whole, what it did, and who came and went."""
    series = state.series
    leaders, from_start = 0, 0
    for k in range(world.post_start[g], world.post_start[g + 1]):
        if state.post_row[k] >= 0:
            leaders += 1
            from_start += state.post_first[k]
    series.leaders[week, g] = leaders
    series.leaders_from_start[week, g] = from_start
    series.posts_vacant[week, g] = world.group_posts[g] - leaders
    series.dispute[week, g] = state.dispute[g]
    series.command[week, g] = state.command[g]
    series.cohesion[week, g] = state.cohesion[g]
    series.brand[week, g] = state.brand[g]
    series.momentum[week, g] = state.momentum[g]
    series.media[week, g] = state.media[g]
    series.money[week, g] = state.money[g]
    for source in range(SOURCES):
        series.income[source, week, g] = state.income[g, source]
    series.wages_paid[week, g] = state.wages_paid[g]
    series.customary_wage[week, g] = state.wage[g]
    series.pay_share[week, g] = state.pay_share[g]
    series.capability[week, g] = state.capability[g]
    series.notoriety[week, g] = state.notoriety[g]
    series.attacks_outside[week, g] = state.attacks_outside[g]
    series.attacks_in_cities[week, g] = state.attacks_in_cities[g]
    series.state_harmed[week, g] = state.state_harmed[g]
    series.displaced[week, g] = state.moved[g, Move.ALL]
    series.displaced_across_borders[week, g] = state.moved[g, Move.ACROSS]
    for kind in range(Kind.FOUNDING, KINDS):
        series.fighters_of[kind - Kind.FOUNDING, week, g] = state.origins[g, kind]
        series.entries[kind - Kind.FOUNDING, week, g] = state.entries[g, kind]
    for end in range(ENDS):
        series.exits[end, week, g] = state.exits[g, end]
    for other in range(world.groups):
        state.defections[week, g, other] = state.joined_from[g, other]


@compiled
def write_forces(world: World, state: State, week: int, g: int) -> None:
    """Record what forces knew of a group and did to it, each by itself and all together."""
    series, by_force = state.series, state.force_series
    attention, known_by_all, effort_of_all = 0.0, 0.0, 0.0
    harmed_by_all, lost_by_all = 0, 0
    mustered = state.group_men[g]
    for f in range(world.forces):
        attentive = state.attention_paid[f, g]
        attention = max(attention, attentive)
        known, seen = 0.0, 0
        here, known_of = world.force_here[f], state.intelligence[f, g]
        for p in range(world.places):
            if here[p] == 1:
                known += known_of[p] * mustered[p]
                seen += mustered[p]
        if seen > 0:
            known /= seen
        known_by_all += known
        effort_of_all += state.effort[f, g]
        harmed_by_force = sum(state.harmed[f, g])
        harmed_by_all += harmed_by_force
        by_force.attention[week, f, g] = attentive
        by_force.intelligence[week, f, g] = known
        by_force.effort[week, f, g] = state.effort[f, g]
        by_force.men_killed[week, f, g] = state.killed_by[f, g]
        by_force.civilians_harmed[week, f, g] = harmed_by_force
        by_force.losses[week, f, g] = state.lost[f, g]
        lost_by_all += state.lost[f, g]
    series.attention[week, g] = attention
    series.intelligence[week, g] = known_by_all / world.forces if world.forces > 0 else 0.0
    series.effort_against[week, g] = effort_of_all
    series.civilians_harmed_by_forces[week, g] = harmed_by_all
    series.losses_of_forces[week, g] = lost_by_all


@compiled
def write_down(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Record one group's week, in its places and as forces saw it.

    What an outcome sums up, and how, its declaration in `world.outcomes` says.
    """
    write_places(world, parameters, state, week, g)
    write_group(world, state, week, g)
    write_forces(world, state, week, g)
