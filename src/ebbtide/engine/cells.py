"""The groups' men place by place: pressure and losses, support, resistance, morale and ground."""

import numpy as np

from ebbtide.engine.borders import drive_along
from ebbtide.engine.sides import weights_of_all
from ebbtide.rules import (
    displacement,
    leaving,
    morale,
    resistance,
    rivalry,
    support,
    switching,
    targeting,
    territory,
)
from ebbtide.world.compiled import compiled
from ebbtide.world.state import (
    HAZARDS,
    OF_CAPTURE,
    OF_DESERTION,
    OF_FIRE,
    OF_FIRE_ABROAD,
    OF_FLIGHT,
    OF_MOVING,
    OF_OFFENSIVE,
    OF_SURRENDER,
    OF_SWITCHING,
)


@compiled
def bear_pressure(setting, state, g):
    """Add up what all forces bring down on the group, place by place."""
    hit, caught, calm, spared = state.hit[g], state.caught[g], state.pressure[g], state.onslaught[g]
    men = state.group_men[g]
    hit[:] = 0.0
    caught[:] = 0.0
    calm[:] = 1.0
    spared[:] = 1.0
    for f in range(setting.forces):
        force_hit, force_caught = state.force_hit[f, g], state.force_caught[f, g]
        force_pressure, offensive = state.force_pressure[f, g], state.offensive[f, g]
        for p in range(men.size):
            hit[p] += force_hit[p]
            caught[p] += force_caught[p]
            calm[p] *= 1.0 - force_pressure[p]
            spared[p] *= 1.0 - offensive[p]
    lost_a_man = 0.0
    if state.strength_before[g] > 0:
        lost_a_man = state.attackers_lost[g] / state.strength_before[g]
    for p in range(men.size):
        hit[p] += lost_a_man * men[p]
        calm[p] = 1.0 - calm[p]
        spared[p] = 1.0 - spared[p]


@compiled
def hear_the_people(setting, parameters, state, g):
    """Update the support for the group and the resistance against it, place by place."""
    usual_support, people, tribal = setting.usual_support[g], setting.people, setting.tribal
    supported, resistant = state.support[g], state.resistance[g]
    held, harmed, engagement = state.held[g], state.civilians_harmed[g], state.engagement
    towards, away = np.zeros(people.size), np.zeros(people.size)
    for f in range(setting.forces):
        harmed_by, taken = state.harmed_by[f], setting.taken[f]
        for p in range(people.size):
            if harmed_by[p] > 0:
                moved = taken * support.loss_by_harm(
                    float(harmed_by[p]), people[p], parameters.support_state_harm_weight
                )
                towards[p] += max(0.0, moved)
                away[p] += max(0.0, -moved)
    for p in range(people.size):
        offended = support.loss_by_harm(
            float(harmed[p]), people[p], parameters.support_own_harm_weight
        ) + support.loss_by_rule(
            held[p], setting.outsider[g], tribal[p], parameters.support_outsider_weight
        )
        if parameters.support_on == 1:
            supported[p] = support.next_support(
                supported[p],
                usual_support[p],
                towards[p],
                away[p] + offended,
                parameters.support_mending,
            )
        if parameters.resistance_on == 1:
            resistant[p] = resistance.next_resistance(
                resistant[p],
                tribal[p],
                offended,
                engagement[p],
                parameters.resistance_rise,
                parameters.resistance_engaged_rise,
                parameters.resistance_fade,
            )


@compiled
def meet_rivals(setting, parameters, state, g, rivals):
    """Lose men to hostile groups; fills `rivals` with the hostile men by place, by hostility."""
    men, fallen = state.group_men[g], state.rival_hit[g]
    rivals[:] = 0.0
    fallen[:] = 0.0
    if parameters.rivalry_on == 0:
        return
    for other in range(setting.groups):
        enmity = rivalry.hostility(
            setting.hostility[g, other], setting.hostility[other, g], state.truce[g, other]
        )
        if enmity > 0.0:
            others = state.group_men[other]
            for p in range(men.size):
                rivals[p] += enmity * others[p]
                fallen[p] += rivalry.men_lost(
                    float(men[p]), float(others[p]), enmity, parameters.rivalry_deadliness
                )


@compiled
def feel_the_ground(setting, parameters, state, week, g):
    """Update the group's cells: what threatens its men there, what they think, what they hold."""
    if state.founded[g] == 0:
        return
    won_by_media = 0.0
    if state.strength_before[g] > 0:
        won_by_media = parameters.recruitment_media_men * state.media[g]
    rivals = np.empty(setting.places)
    bear_pressure(setting, state, g)
    hear_the_people(setting, parameters, state, g)
    meet_rivals(setting, parameters, state, g, rivals)
    group_men, supported, pressure = state.group_men[g], state.support[g], state.pressure[g]
    hit, rival_hit, risk = state.hit[g], state.rival_hit[g], state.risk[g]
    mood, supporters, held = state.morale[g], state.supporters[g], state.held[g]
    sympathy, districts, people = setting.sympathy, setting.districts, setting.people
    holds_ground = setting.full[g] == 1 and parameters.territory_on == 1
    weights = morale.Weights(
        pay_weight=parameters.morale_pay_weight,
        momentum_weight=parameters.morale_momentum_weight,
        command_weight=parameters.morale_command_weight,
        losses_weight=parameters.morale_losses_weight,
    )
    for p in range(setting.places):
        men = float(group_men[p])
        if men == 0.0 and won_by_media == 0.0 and held[p] == 0.0 and supporters[p] == 0.0:
            risk[p] = 0.0
            continue
        risk[p] = targeting.hazard(
            hit[p] + rival_hit[p],
            men,
            targeting.exposure(supported[p], 0.0, parameters.targeting_outsider_weight),
            parameters.targeting_highest,
        )
        if parameters.morale_on == 1:
            mood[p] = morale.towards(
                mood[p],
                morale.resting_morale(
                    morale.Circumstances(
                        pay_share=state.pay_share[g],
                        momentum=state.momentum[g],
                        command=state.command[g],
                        risk=risk[p],
                    ),
                    weights,
                ),
                parameters.morale_speed,
            )
        supporters[p] = support.next_supporters(
            supporters[p],
            men + won_by_media * sympathy[p],
            supported[p],
            setting.supporters_each[g],
            parameters.support_supporters_speed,
        )
        if holds_ground:
            held[p] = territory.next_share(
                held[p],
                territory.resting_share(
                    men,
                    state.command[g],
                    supported[p],
                    pressure[p],
                    rivals[p],
                    districts[p],
                    people[p],
                    parameters.territory_men_a_district,
                    parameters.territory_police,
                    parameters.territory_state_weight,
                ),
                parameters.territory_gain_speed,
                parameters.territory_loss_speed,
            )
    drive = state.drive[g]
    for p in range(setting.places):
        drive[p] = 0.0
        if group_men[p] > 0:
            for b in range(setting.border_start[p], setting.border_start[p + 1]):
                drive[p] += drive_along(setting, state, g, p, b)


@compiled
def weigh_shared_risks(parameters, state, g, p, hazards):
    """Work out the hazards that all of the group's men in a place share."""
    men = float(state.group_men[g, p])
    hazards[OF_FIRE] = state.risk[g, p]
    hazards[OF_FIRE_ABROAD] = targeting.hazard(
        state.hit[g, p] + state.rival_hit[g, p],
        men,
        targeting.exposure(state.support[g, p], 1.0, parameters.targeting_outsider_weight),
        parameters.targeting_highest,
    )
    hazards[OF_OFFENSIVE] = 0.0
    if parameters.targeting_on == 1:
        hazards[OF_OFFENSIVE] = displacement.killed_hazard(
            state.onslaught[g, p], parameters.displacement_killed
        )
    hazards[OF_CAPTURE] = targeting.hazard(
        state.caught[g, p], men, 1.0, parameters.targeting_arrest_highest
    )
    hazards[OF_DESERTION] = 0.0
    hazards[OF_SURRENDER] = 0.0
    if parameters.leaving_on == 1:
        hazards[OF_DESERTION] = leaving.desertion_hazard(
            state.pay_share[g],
            state.morale[g, p],
            parameters.leaving_highest,
            parameters.leaving_tendency,
            parameters.leaving_arrears_weight,
            parameters.leaving_morale_weight,
        )
        hazards[OF_SURRENDER] = leaving.surrender_hazard(
            state.morale[g, p],
            state.amnesty[g],
            parameters.leaving_surrender_highest,
            parameters.leaving_surrender_tendency,
            parameters.leaving_morale_weight,
            parameters.leaving_amnesty_weight,
        )
    hazards[OF_FLIGHT] = 0.0
    hazards[OF_MOVING] = 0.0
    if parameters.displacement_on == 1:
        hazards[OF_FLIGHT] = displacement.driven_out_hazard(
            state.onslaught[g, p], parameters.displacement_driven_out
        )
        hazards[OF_MOVING] = displacement.hazard(
            state.drive[g, p], parameters.displacement_rate, parameters.displacement_highest
        )


@compiled
def weigh_risks(setting, parameters, state, week, g):
    """Work out, cell by cell, the hazards that the group's men read when they face the week."""
    first, last = setting.group_start[g], setting.group_start[g + 1]
    shared, weights = np.zeros((setting.places, HAZARDS)), np.empty(setting.places)
    peopled = np.zeros(setting.places, np.bool_)
    for c in range(first, last):
        peopled |= state.men[c] > 0
    for p in range(setting.places):
        if peopled[p]:
            weigh_shared_risks(parameters, state, g, p, shared[p])
    for c in range(first, last):
        men, hazards = state.men[c], state.hazards[c]
        if sum(men) == 0:
            continue
        weights_of_all(setting, state, c, weights)
        for p in range(setting.places):
            if men[p] == 0:
                continue
            hazards[p] = shared[p]
            if parameters.switching_on == 1:
                hazards[p, OF_SWITCHING] = switching.hazard(
                    weights[p], parameters.switching_highest
                )
