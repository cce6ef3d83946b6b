"""The groups' men place by place: pressure and losses, support, resistance, morale and ground."""

from ebbtide.engine.borders import drive_along
from ebbtide.engine.rules import (
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
from ebbtide.engine.sides import weight_of_all
from ebbtide.world.compiled import compiled
from ebbtide.world.state import (
    OF_CAPTURE,
    OF_DEATH,
    OF_DEATH_ABROAD,
    OF_DESERTION,
    OF_MOVING,
    OF_SURRENDER,
    OF_SWITCHING,
)


@compiled
def feel_the_ground(setting, parameters, state, week, g):
    """Update the group's cells: what threatens its men there, what they think, what they hold."""
    if state.founded[g] == 0:
        return
    won_by_media = 0.0
    if state.strength_before[g] > 0:
        won_by_media = parameters.recruitment_media_men * state.media[g]
    for p in range(setting.places):
        hit, caught, calm, spared = 0.0, 0.0, 1.0, 1.0
        towards, away = 0.0, 0.0
        for f in range(setting.forces):
            hit += state.force_hit[f, g, p]
            caught += state.force_caught[f, g, p]
            calm *= 1.0 - state.force_pressure[f, g, p]
            spared *= 1.0 - state.offensive[f, g, p]
            harmed = 0
            for other in range(setting.groups):
                harmed += state.harmed[f, other, p]
            if harmed > 0:
                moved = setting.taken[f] * support.loss_by_harm(
                    float(harmed), setting.people[p], parameters.support_state_harm_weight
                )
                towards += max(0.0, moved)
                away += max(0.0, -moved)
        men = state.group_men[g, p]
        if men > 0:
            hit += state.attackers_lost[g] * men / state.strength_before[g]
        state.hit[g, p] = hit
        state.caught[g, p] = caught
        state.pressure[g, p] = 1.0 - calm
        state.onslaught[g, p] = 1.0 - spared
        rivals, fallen = 0.0, 0.0
        if parameters.rivalry_on == 1:
            for other in range(setting.groups):
                enmity = rivalry.hostility(
                    setting.hostility[g, other],
                    setting.hostility[other, g],
                    state.truce[g, other],
                )
                rivals += enmity * state.group_men[other, p]
                fallen += rivalry.men_lost(
                    float(men),
                    float(state.group_men[other, p]),
                    enmity,
                    parameters.rivalry_deadliness,
                )
        state.rival_hit[g, p] = fallen
        offended = support.loss_by_harm(
            float(state.civilians_harmed[g, p]),
            setting.people[p],
            parameters.support_own_harm_weight,
        ) + support.loss_by_rule(
            state.held[g, p],
            setting.outsider[g],
            setting.tribal[p],
            parameters.support_outsider_weight,
        )
        if parameters.support_on == 1:
            state.support[g, p] = support.next_support(
                state.support[g, p],
                setting.usual_support[g, p],
                towards,
                away + offended,
                parameters.support_mending,
            )
        if parameters.resistance_on == 1:
            state.resistance[g, p] = resistance.next_resistance(
                state.resistance[g, p],
                setting.tribal[p],
                offended,
                state.engagement[p],
                parameters.resistance_rise,
                parameters.resistance_engaged_rise,
                parameters.resistance_fade,
            )
        if (
            men == 0
            and won_by_media == 0.0
            and state.held[g, p] == 0.0
            and state.supporters[g, p] == 0.0
        ):
            state.risk[g, p] = 0.0
            continue
        state.risk[g, p] = targeting.hazard(
            hit + fallen,
            float(men),
            targeting.exposure(state.support[g, p], 0.0, parameters.targeting_outsider_weight),
            parameters.targeting_highest,
        )
        if parameters.morale_on == 1:
            state.morale[g, p] = morale.towards(
                state.morale[g, p],
                morale.resting_morale(
                    state.pay_share[g],
                    state.momentum[g],
                    state.command[g],
                    state.risk[g, p],
                    parameters.morale_pay_weight,
                    parameters.morale_momentum_weight,
                    parameters.morale_command_weight,
                    parameters.morale_losses_weight,
                ),
                parameters.morale_speed,
            )
        state.supporters[g, p] = support.next_supporters(
            state.supporters[g, p],
            men + won_by_media * setting.sympathy[p],
            state.support[g, p],
            setting.supporters_each[g],
            parameters.support_supporters_speed,
        )
        if setting.full[g] == 1 and parameters.territory_on == 1:
            state.held[g, p] = territory.next_share(
                state.held[g, p],
                territory.resting_share(
                    float(men),
                    state.command[g],
                    state.support[g, p],
                    state.pressure[g, p],
                    rivals,
                    setting.districts[p],
                    setting.people[p],
                    parameters.territory_men_a_district,
                    parameters.territory_police,
                    parameters.territory_state_weight,
                ),
                parameters.territory_gain_speed,
                parameters.territory_loss_speed,
            )
    for p in range(setting.places):
        state.drive[g, p] = 0.0
        if state.group_men[g, p] > 0:
            for b in range(setting.border_start[p], setting.border_start[p + 1]):
                state.drive[g, p] += drive_along(setting, state, g, p, b)


@compiled
def weigh_risks(setting, parameters, state, week, g):
    """Work out, cell by cell, the hazards that the group's men read when they face the week."""
    for c in range(setting.group_start[g], setting.group_start[g + 1]):
        for p in range(setting.places):
            if state.men[c, p] == 0:
                continue
            men = float(state.group_men[g, p])
            lost = state.hit[g, p] + state.rival_hit[g, p]
            hazards = state.hazards[c, p]
            hazards[OF_DEATH] = targeting.hazard(
                lost,
                men,
                targeting.exposure(state.support[g, p], 0.0, parameters.targeting_outsider_weight),
                parameters.targeting_highest,
            )
            hazards[OF_DEATH_ABROAD] = targeting.hazard(
                lost,
                men,
                targeting.exposure(state.support[g, p], 1.0, parameters.targeting_outsider_weight),
                parameters.targeting_highest,
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
            hazards[OF_SWITCHING] = 0.0
            if parameters.switching_on == 1:
                hazards[OF_SWITCHING] = switching.hazard(
                    weight_of_all(setting, state, c, p), parameters.switching_highest
                )
            hazards[OF_MOVING] = 0.0
            if parameters.displacement_on == 1:
                hazards[OF_MOVING] = displacement.hazard(
                    state.drive[g, p],
                    parameters.displacement_rate,
                    parameters.displacement_highest,
                )
