"""Groups feel the ground: pressure and losses, support, resistance, morale and districts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.borders import add_up_drives
from ebbtide.engine.fire import risk_of_fire
from ebbtide.engine.gathering import circumstances_of, weights_of
from ebbtide.rules import (
    displacement,
    media,
    morale,
    recruitment,
    resistance,
    rivalry,
    support,
    targeting,
    territory,
)

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World

weights_of_mood = weights_of(morale)
what_mood_rests_on = circumstances_of(morale)


@compiled
def bear_pressure(world: World, state: State, g: int) -> None:
    """Add up what all forces bring down on the group, and what its own attacks cost it, by place."""
    hit, caught, men = state.hit[g], state.caught[g], state.group_men[g]
    calm, spared = np.ones(men.size), np.ones(men.size)  # shares that no force reaches
    for f in range(world.forces):
        force_hit, force_caught = state.force_hit[f, g], state.force_caught[f, g]
        force_pressure, onslaught = state.force_pressure[f, g], state.force_onslaught[f, g]
        for p in range(men.size):
            hit[p] += force_hit[p]
            caught[p] += force_caught[p]
            calm[p] = displacement.spared(calm[p], force_pressure[p])
            spared[p] = displacement.spared(spared[p], onslaught[p])
    for p in range(men.size):
        hit[p] += state.attackers_lost[g, p]
        state.pressure[g, p] = displacement.borne(calm[p])
        state.onslaught[g, p] = displacement.borne(spared[p])


@compiled
def hear_the_people(world: World, parameters: Parameters, state: State, g: int) -> None:
    """Update the support for the group and the resistance against it, place by place."""
    usual_support, population, local_institutions = (
        world.usual_support[g],
        world.population,
        world.local_institutions,
    )
    supported, resistant = state.support[g], state.resistance[g]
    held, harmed, wronged, engagement = (
        state.held[g],
        state.civilians_harmed[g],
        state.wronged[g],
        state.levers.community_engagement[g],
    )
    towards, away, nearby = (
        np.zeros(population.size),
        np.zeros(population.size),
        np.empty(population.size),
    )
    for p in range(population.size):
        nearby[p] = support.nearby(held[p], world.districts[p], parameters.support_heard)
    for f in range(world.forces):
        harmed_by, harmed_here, taken = state.harmed_by[f], state.harmed[f, g], world.taken[f]
        for p in range(population.size):
            if harmed_by[p] > 0:  # rests on `support.loss_by_harm`: no harm moves nobody
                heard_of = support.heard_of(float(harmed_here[p]), float(harmed_by[p]), nearby[p])
                loss = support.loss_by_harm(
                    heard_of, population[p], nearby[p], parameters.support_state_harm_weight
                )
                moved = support.moved_by_force(loss, taken, world.outsider[g])
                towards[p] += support.towards(moved)
                away[p] += support.away(moved)
    for p in range(population.size):
        offended = support.offended(
            support.blamed(
                support.loss_by_harm(
                    support.own_harm(float(harmed[p]), wronged[p]),
                    population[p],
                    nearby[p],
                    parameters.support_own_harm_weight,
                ),
                world.outsider[g],
                parameters.support_kin_blame,
            ),
            support.loss_by_rule(
                held[p],
                nearby[p],
                world.outsider[g],
                local_institutions[p],
                parameters.support_outsider_weight,
            ),
        )
        if parameters.support_on == 1:
            supported[p] = support.next_support(
                supported[p],
                usual_support[p],
                towards[p],
                away[p],
                offended,
                parameters.support_mending,
                parameters.support_fading,
            )
        if parameters.resistance_on == 1:
            resistant[p] = resistance.next_resistance(
                resistant[p],
                local_institutions[p],
                offended,
                engagement[p],
                parameters.resistance_rise,
                parameters.resistance_engaged_rise,
                parameters.resistance_fade,
            )


@compiled
def meet_rivals(
    world: World, parameters: Parameters, state: State, g: int, rivals: Numbers
) -> None:
    """Lose men to hostile groups; fills `rivals` with the hostile men by place, by hostility."""
    men, hit, rival_hit = state.group_men[g], state.hit[g], state.rival_hit[g]
    rivals[:] = 0.0
    if parameters.rivalry_on == 0:
        return
    for other in range(world.groups):
        enmity = rivalry.hostility(
            state.hostility[g, other], state.hostility[other, g], state.levers.truce[g, other]
        )
        if enmity > 0.0:  # rests on `rivalry.facing` and `rivalry.men_lost`
            others = state.group_men[other]
            for p in range(men.size):
                rivals[p] += rivalry.facing(enmity, float(others[p]))
                rival_hit[p] += rivalry.men_lost(
                    float(men[p]), float(others[p]), enmity, parameters.rivalry_deadliness
                )
    hit += rival_hit


@compiled
def hear_the_men(world: World, parameters: Parameters, state: State, g: int) -> None:
    """Update, place by place, the risk that the group's men meet, their mood, and who supports them."""
    reach = media.heard(state.media[g], float(state.strength[g]))
    voice = recruitment.recruiters(0.0, reach, 1.0, parameters.recruitment_media_men)
    group_men, supported, sympathy = state.group_men[g], state.support[g], world.sympathy
    risk, mood = state.risk[g], state.morale[g]
    supporters, held = state.supporters[g], state.held[g]
    weights = weights_of_mood(parameters)
    for p in range(world.places):
        men = float(group_men[p])
        if not morale.at_work(men, voice, held[p], supporters[p]):
            risk[p] = 0.0  # rests on `targeting.struck` and `support.next_supporters`
            continue
        risk[p] = risk_of_fire(
            world, parameters, state, g, p, targeting.stranger(0, world.outsider[g])
        )
        if parameters.morale_on == 1:
            mood[p] = morale.towards(
                mood[p],
                morale.resting_morale(what_mood_rests_on(state, g, p), weights),
                parameters.morale_speed,
            )
        supporters[p] = support.next_supporters(
            supporters[p],
            support.drawn_supporters(
                recruitment.recruiters(men, reach, sympathy[p], parameters.recruitment_media_men),
                supported[p],
                world.supporters[g],
            ),
            parameters.support_supporters_speed,
        )


@compiled
def hold_ground(
    world: World, parameters: Parameters, state: State, g: int, rivals: Numbers
) -> None:
    """Gain and lose districts, place by place; `rivals` are the hostile men there, by hostility."""
    if world.full[g] == 0 or parameters.territory_on == 0:
        return
    men, supported, pressure = state.group_men[g], state.support[g], state.pressure[g]
    held, command = state.held[g], state.command[g]
    districts, population = world.districts, world.population
    in_all = 0.0
    for p in range(world.places):
        held[p] = territory.next_share(
            held[p],
            territory.resting_share(
                float(men[p]),
                command,
                supported[p],
                pressure[p],
                rivals[p],
                districts[p],
                population[p],
                parameters.territory_men_a_district,
                parameters.territory_police,
                parameters.territory_state_weight,
            ),
            parameters.territory_gain_speed,
            parameters.territory_loss_speed,
        )
        in_all += territory.ground(held[p], districts[p])
    state.most_held[g] = territory.most(state.most_held[g], in_all)
    state.ground[g] = territory.ground_left(in_all, state.most_held[g])


@compiled
def feel_the_ground(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Update the group's cells: what threatens its men there, what they think, what they hold."""
    if state.founded[g] == 0:
        return
    rivals = np.empty(world.places)
    bear_pressure(world, state, g)
    hear_the_people(world, parameters, state, g)
    meet_rivals(world, parameters, state, g, rivals)
    hear_the_men(world, parameters, state, g)
    hold_ground(world, parameters, state, g, rivals)
    add_up_drives(world, parameters, state, g)
