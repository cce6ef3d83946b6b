"""Writing down the week: what is taken from the state as it is, and what is worked out here."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.counts import men_now
from ebbtide.engine.recording import take
from ebbtide.rules import support, territory

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Integers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def count_in_places(
    world: World,
    parameters: Parameters,
    state: State,
    week: int,
    g: int,
    men: Integers,
    fighters: int,
) -> None:
    """Count a group in its places, and what they come to together."""
    series, in_places = state.series, state.place_series
    supporters, districts, reported = 0.0, 0.0, 0.0
    supporting, held, supported = state.supporters[g], state.held[g], state.support[g]
    fighters_in, affiliates_in = in_places.fighters[week, g], in_places.affiliates[week, g]
    reported_in, districts_of = in_places.reported[week, g], world.districts
    districts_in = in_places.districts_held[week, g]
    for p in range(world.places):
        here = math.floor(supporting[p])
        supporters += here
        drawn = support.drawn_supporters(float(men[p]), supported[p], world.supporters[g])
        in_sight = territory.in_sight(float(men[p]), here, drawn)
        likely = territory.reported(in_sight, parameters.territory_unseen)
        reported += likely
        reported_in[p] = likely
        districts_in[p] = territory.held_districts(held[p], districts_of[p])
        districts += districts_in[p]
        fighters_in[p] = men[p]
        affiliates_in[p] = men[p] + here
    series.fighters[week, g] = fighters
    series.affiliates[week, g] = fighters + supporters
    series.places_reported[week, g] = reported
    series.districts_held[week, g] = districts


@compiled
def count_leaders(world: World, state: State, week: int, g: int) -> None:
    """Count a group's posts, and those who hold them."""
    series = state.series
    leaders, from_start = 0, 0
    for k in range(world.post_start[g], world.post_start[g + 1]):
        if state.post_row[k] >= 0:
            leaders += 1
            from_start += state.post_first[k]
    series.leaders[week, g] = leaders
    series.leaders_from_start[week, g] = from_start
    series.posts_vacant[week, g] = world.group_posts[g] - leaders


@compiled
def ask_forces(world: World, state: State, week: int, g: int) -> None:
    """Work out how well forces know a group, each by itself and all together, and who attends most."""
    attention, known_by_all = 0.0, 0.0
    mustered = state.group_men[g]
    for f in range(world.forces):
        attention = max(attention, state.attention_paid[f, g])
        known, seen = 0.0, 0
        stationed, known_of = state.stationed[f], state.intelligence[f, g]
        for p in range(world.places):
            if stationed[p] >= 0:
                known += known_of[p] * mustered[p]
                seen += mustered[p]
        if seen > 0:
            known /= seen
        known_by_all += known
        state.force_series.intelligence[week, f, g] = known
    state.series.attention[week, g] = attention
    state.series.intelligence[week, g] = known_by_all / world.forces if world.forces > 0 else 0.0


@compiled
def write_down(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Record one group's week, in its places and as forces saw it.

    What an outcome sums up, and how, its declaration in `world.outcomes` says.
    """
    men = men_now(world, state, g)
    fighters = sum(men)
    take(state, week, g, men, fighters)
    count_in_places(world, parameters, state, week, g, men, fighters)
    count_leaders(world, state, week, g)
    ask_forces(world, state, week, g)
    state.defections[week, g] = state.joined_from[g]
