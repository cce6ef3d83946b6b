"""The forces' week: watch the groups, learn where they are, share out their fire."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.peace import leaves_alone
from ebbtide.engine.pressure import (
    Among,
    capacity_of,
    press,
    routine_against,
    targets_under,
    usual_effort,
)
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import attention, intelligence, targeting

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Integers, Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


class Effort(NamedTuple):
    """What a contingent fires by group and place, as shares of its capacity, and what it spends there.

    What it spends is in men hit or caught a week, raids, searches and all of an offensive among it.
    """

    usual: Numbers
    directed: Numbers
    rolling: Numbers
    spent: Numbers


@compiled
def watch(
    world: World,
    parameters: Parameters,
    state: State,
    f: int,
    g: int,
    within_reach: Integers,
    known_of: Numbers,
) -> None:
    """Update a force's attention to one group and what it knows of each of its places.

    Adds the group's men within reach to `within_reach`, by contingent, and to `known_of` how many of
    them the force knows of.
    """
    stationed, men, harmed = state.stationed[f], state.group_men[g], state.civilians_harmed[g]
    first = world.contingent_start[f]
    men_here, violence = 0, 0
    for p in range(men.size):
        if stationed[p] >= 0:
            men_here += men[p]
            within_reach[stationed[p] - first] += men[p]
            violence += harmed[p]
    if state.founded[g] == 1:
        visible = attention.visibility(
            float(men_here),
            float(violence),
            parameters.attention_men_scale,
            parameters.attention_violence_scale,
        )
        state.attention[f, g] = attention.next_attention(
            state.attention[f, g], visible, parameters.attention_rise, parameters.attention_fade
        )
    attentive = attention.paid_without()
    if parameters.attention_on == 1:
        attentive = attention.paid(state.attention[f, g], state.levers.attention[f, g])
    state.attention_paid[f, g] = attentive
    if men_here == 0:
        return
    known, supported, resistant = state.intelligence[f, g], state.support[g], state.resistance[g]
    for p in range(men.size):
        if stationed[p] < 0 or men[p] == 0:
            continue
        known[p] = intelligence.level_without(world.intelligence[f])
        if parameters.intelligence_on == 1:
            known[p] = intelligence.level(
                world.intelligence[f],
                attentive,
                supported[p],
                world.cover[p],
                resistant[p],
                parameters.intelligence_support_weight,
                parameters.intelligence_cover_weight,
                parameters.intelligence_locals_weight,
            )
        known_of[stationed[p] - first] += targeting.known_of(known[p], float(men[p]))


@compiled
def strongest_strike_within_reach(world: World, state: State, f: int, k: int, g: int) -> float:
    """The strongest strike that policy directs at a group where contingent `k` has men of it in reach."""
    stationed, men, strikes = state.stationed[f], state.group_men[g], state.levers.strikes[f, g]
    strongest = 0.0
    for p in range(world.places):
        if stationed[p] == k and men[p] > 0:
            strongest = targeting.strongest_strike(strongest, strikes[p])
    return strongest


@compiled
def find_targets(
    world: World,
    state: State,
    f: int,
    k: int,
    known_of_all: float,
    strikes_asked: float,
    targets: Numbers,
) -> Among:
    """Fill `targets` with the men that draw the fire of contingent `k`, by group and place.

    Returns among whom it shares its efforts, and how far all of these ask for more than it has.
    """
    stationed, local = state.stationed[f], float(world.local[f])
    of_all, under_offensive, usual, ordered = 0.0, 0.0, 0.0, 0.0
    for g in range(world.groups):
        men, known, resistant = state.group_men[g], state.intelligence[f, g], state.resistance[g]
        offensive, routine = state.levers.offensive[f, g], routine_against(world, state, f, g)
        for p in range(world.places):
            targets[g, p] = 0.0
            if stationed[p] == k and leaves_alone(world, state, f, g, p) == 0:
                targets[g, p] = targeting.drawing_fire(
                    known[p], float(men[p]), known_of_all, resistant[p], local
                )
            if targeting.engages(targets[g, p]):
                of_all += targets[g, p]
                usual += targeting.asked_here(
                    targets[g, p], usual_effort(world, state, f, g, p, routine)
                )
                ordered += targeting.asked_here(targets[g, p], offensive[p])
        under_offensive = targets_under(under_offensive, targets[g], offensive)
    asked = targeting.asked_with(strikes_asked, targeting.share_of_fire(usual, of_all))
    asked = targeting.asked_with(asked, targeting.share_of_fire(ordered, under_offensive))
    return Among(of_all, under_offensive, targeting.stretch(asked))


@compiled
def share_out(
    world: World,
    parameters: Parameters,
    state: State,
    f: int,
    k: int,
    g: int,
    among: Among,
    targets: Numbers,
    effort: Effort,
) -> None:
    """Fill `effort` with that of contingent `k` on one group, by place, and arrest men.

    `targets` are the men of the group that draw its fire, by place.
    """
    men, known, levers = state.group_men[g], state.intelligence[f, g], state.levers
    usual_fire, directed_fire = effort.usual[g], effort.directed[g]
    rolling_fire, all_spent = effort.rolling[g], effort.spent[g]
    strikes, raids, offensive = levers.strikes[f, g], levers.raids[f, g], levers.offensive[f, g]
    targeting_on = parameters.targeting_on == 1
    under_strike, under_raid = (
        targets_under(0.0, targets, strikes),
        targets_under(0.0, targets, raids),
    )
    capacity = capacity_of(world, state, k)
    arrests = targeting.deployed(world.contingent_arrests[k], state.scale[k])
    routine, caught = routine_against(world, state, f, g), state.force_caught[f, g]
    for p in range(world.places):
        if not targeting.engages(targets[p]):
            continue
        searched = targeting.falling_here(
            usual_effort(world, state, f, g, p, routine),
            targeting.share_of_fire(targets[p], among.of_all),
        )
        usual = targeting.given(searched, among.stretched)
        directed = targeting.falling_here(
            targeting.given(strikes[p], among.stretched),
            targeting.share_of_fire(targets[p], under_strike),
        )
        raided = targeting.falling_here(raids[p], targeting.share_of_fire(targets[p], under_raid))
        searched = targeting.searching_with(searched, raided)
        ordered = targeting.falling_here(
            targeting.given(offensive[p], among.stretched),
            targeting.share_of_fire(targets[p], among.under_offensive),
        )
        standing = targeting.fire_of(capacity, targeting.all_fire(usual, directed, 0.0))
        worth = targeting.worthwhile(
            standing, known[p], float(men[p]), parameters.targeting_highest
        )
        usual_fire[p] = targeting.fired(usual, worth)
        directed_fire[p] = targeting.fired(directed, worth)
        worth = targeting.worthwhile(
            targeting.fire_of(capacity, ordered),
            known[p],
            float(men[p]),
            parameters.targeting_highest,
        )
        rolling_fire[p] = targeting.fired(ordered, worth)
        if targeting_on:
            caught[p] = targeting.men_captured(arrests, searched, known[p])
        all_spent[p] = targeting.effort_spent(
            capacity,
            targeting.all_fire(usual_fire[p], directed_fire[p], ordered),
            arrests,
            searched,
        )
        state.effort[f, g] += all_spent[p]


@compiled
def fire(
    world: World,
    parameters: Parameters,
    state: State,
    week: int,
    f: int,
    k: int,
    targets: Numbers,
    effort: Effort,
) -> None:
    """Bring a contingent's effort down on all groups: what is aimed hits fighters, what is blind people.

    Those whom the force meets fire back, and what it spends takes its toll of it. `targets` are the men
    who draw its fire, by group and place; for them all random numbers are drawn in one go.
    """
    who, engaged = np.empty(targets.size, np.int64), 0
    for g in range(world.groups):
        ids = world.harm_ids[f, g]
        for p in range(world.places):
            who[engaged] = ids[p]
            engaged += targeting.engages(targets[g, p])
    drawn, drawn_losses = np.empty(engaged), np.empty(engaged)
    random_numbers.draws(world, Decision.HARM, who[:engaged], week, drawn)
    random_numbers.draws(world, Decision.LOSSES, who[:engaged], week, drawn_losses)
    levers, population, capacity = state.levers, world.population, capacity_of(world, state, k)
    harm, exposed, harmed_by = world.harm[f], world.exposed[f], state.harmed_by[f]
    i = 0
    for g in range(world.groups):
        men, known = state.group_men[g], state.intelligence[f, g]
        hit, harmed = state.force_hit[f, g], state.harmed[f, g]
        leader_fire = state.leader_fire[f, g]
        at_leaders, at_finance = levers.strikes_leaders[f, g], levers.strikes_finance[f, g]
        at_media = levers.strikes_media[f, g]
        for p in range(world.places):
            if not targeting.engages(targets[g, p]):
                continue
            usual, directed = effort.usual[g, p], effort.directed[g, p]
            fired = targeting.all_fire(usual, directed, effort.rolling[g, p])
            hit[p] = targeting.men_hit(
                capacity,
                targeting.effort_at_fighters(
                    usual, directed, at_leaders[p], at_finance[p], at_media[p]
                ),
                known[p],
                men[p],
                population[p],
            )
            leader_fire[p] = targeting.fire_at_leaders(
                capacity, directed, at_leaders[p], known[p], parameters.targeting_leader_worth
            )
            civilians = targeting.civilians_harmed(
                capacity, fired, known[p], men[p], population[p], harm
            )
            harmed[p] = random_numbers.poisson(civilians, drawn[i])
            harmed_by[p] += harmed[p]
            lost = targeting.force_lost(
                targeting.men_met(targeting.fire_of(capacity, fired), float(men[p])),
                effort.spent[g, p],
                exposed,
                parameters.targeting_return_fire,
                parameters.targeting_toll,
            )
            state.lost[f, g] += random_numbers.poisson(lost, drawn_losses[i])
            i += 1


@compiled
def watch_and_strike(world: World, parameters: Parameters, state: State, week: int, f: int) -> None:
    """One force's week: it looks at every group, then shares out its fire.

    It updates its attention to each group and knows so much of each of its places. Each of its
    contingents, if it has any, then shares out fire of its own in its country: routine fire
    goes to all groups by the men it sees, but for those that it spares; fire that policy directs at
    one group goes to that group alone; an offensive is shared by all groups that it meets; where all
    these ask for more than the force has, each gets less. What is aimed hits fighters and
    leaders, what is blind harms civilians; whom it meets fires back. Writes only the force's own
    tables; insurgents fall in later phases.
    """
    first, stop = world.contingent_start[f], world.contingent_start[f + 1]
    within_reach = np.zeros((world.groups, stop - first), np.int64)
    known_of = np.zeros((world.groups, stop - first))
    for g in range(world.groups):
        watch(world, parameters, state, f, g, within_reach[g], known_of[g])
    targets = np.empty((world.groups, world.places))
    tables = np.empty((4, world.groups, world.places))
    effort = Effort(tables[0], tables[1], tables[2], tables[3])
    for k in range(first, stop):
        known_of_all, asked = 0.0, 0.0
        for g in range(world.groups):
            known_of_all += known_of[g, k - first]
            asked = targeting.asked_with(
                asked, strongest_strike_within_reach(world, state, f, k, g)
            )
        among = find_targets(world, state, f, k, known_of_all, asked, targets)
        for g in range(world.groups):
            press(world, parameters, state, f, k, g, among, targets[g])
            # rests on `targeting.drawing_fire`: where nobody is none draw it
            if within_reach[g, k - first] > 0:
                share_out(world, parameters, state, f, k, g, among, targets[g], effort)
        if parameters.targeting_on == 1:
            fire(world, parameters, state, week, f, k, targets, effort)
