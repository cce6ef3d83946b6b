"""The groups' week: muster, accounts, mood, commands and recruits."""

from ebbtide.engine import luck
from ebbtide.engine.chronicle import note
from ebbtide.engine.compiled import compiled
from ebbtide.engine.identity import pack
from ebbtide.engine.rules import (
    alliances,
    attacks,
    brand,
    cohesion,
    displacement,
    finance,
    media,
    morale,
    pledges,
    recruitment,
    resistance,
    rivalry,
    support,
    switching,
    targeting,
    territory,
    violence,
)
from ebbtide.world.identity import ALLIES, COMMAND, FOREIGN, KINDS, LIKE_MINDED, LOCAL_POOR
from ebbtide.world.state import (
    COMMAND_ALARM,
    FROM_ALLIES,
    FROM_CENTRE,
    FROM_CRIME,
    FROM_TAXES,
    NOTE_COMMAND_WENT,
    SOURCES,
)


@compiled
def muster(setting, parameters, state, week, g):
    """Count the group's men by place, feel whether it grows, and see who is within reach."""
    state.entries[g, :] = 0
    state.exits[g, :] = 0
    state.joined_from[g, :] = 0
    state.moved[g, :] = 0
    first, last = setting.group_start[g], setting.group_start[g + 1]
    total = 0
    for p in range(setting.places):
        here = 0
        for c in range(first, last):
            state.men_before[c, p] = state.men[c, p]
            here += state.men[c, p]
        state.group_men[g, p] = here
        total += here
    before = state.strength_before[g]
    growth = (total - before) / before if before > 0 else 0.0
    state.momentum[g] = brand.next_momentum(
        state.momentum[g], growth, parameters.brand_memory, parameters.brand_growth_scale
    )
    state.strength_before[g] = total
    for p in range(setting.places):
        state.contact[g, p] = 0.0
        if total == 0:
            continue
        near = 0.0
        for b in range(setting.border_start[p], setting.border_start[p + 1]):
            near += setting.border_nearness[b] * state.group_men[g, setting.border_to[b]]
        state.contact[g, p] = switching.contact(
            state.group_men[g, p], near, parameters.switching_contact_scale
        )


@compiled
def keep_accounts(setting, parameters, state, week, g):
    """Take in money, pay what is due as far as it goes, and keep the media running."""
    if state.founded[g] == 0:
        return
    kept = 1.0 - state.interdiction[g]
    struck = 0.0
    for f in range(setting.forces):
        strongest = 0.0
        for p in range(setting.places):
            strongest = max(strongest, state.strike[f, g, p])
        kept *= 1.0 - strongest * state.aim_finance[f, g]
        struck = max(struck, strongest * state.aim_media[f, g])
    men = state.strength_before[g]
    centre = setting.centre[g]
    state.income[g, FROM_CENTRE] = 0.0
    if centre >= 0:
        state.income[g, FROM_CENTRE] = (
            setting.centre_money[g] * setting.centre_health[week, centre] * kept
        )
    people_held = 0.0
    for p in range(setting.places):
        people_held += setting.people[p] * state.held[g, p]
    state.income[g, FROM_TAXES] = finance.taxes(people_held, parameters.finance_tax) * kept
    state.income[g, FROM_CRIME] = finance.crime(men, setting.crime[g]) * kept
    from_allies = 0.0
    if parameters.alliances_on == 1:
        for other in range(setting.groups):
            sent = setting.ally_money[g, other]
            if (
                sent != 0.0
                and week >= setting.ally_start[g, other]
                and setting.men_at_start[other] > 0.0
            ):
                strength = min(1.0, state.strength_before[other] / setting.men_at_start[other])
                cut = state.cut_allies[g] if setting.ally_lifeline[g, other] == 1 else 0.0
                from_allies += alliances.flow(sent, strength, cut)
            paid = setting.ally_money[other, g]
            if paid < 0.0 and week >= setting.ally_start[other, g] and state.founded[other] == 1:
                strength = 1.0
                if setting.men_at_start[g] > 0.0:
                    strength = min(1.0, men / setting.men_at_start[g])
                cut = state.cut_allies[other] if setting.ally_lifeline[other, g] == 1 else 0.0
                from_allies -= alliances.flow(paid, strength, cut)
    state.income[g, FROM_ALLIES] = from_allies * kept
    income = 0.0
    for source in range(SOURCES):
        income += state.income[g, source]
    due = finance.cost(men, setting.pay[g], parameters.finance_overhead)
    state.pay_share[g] = finance.pay_share(
        state.money[g], income, due, parameters.finance_savings_spent
    )
    state.wages_paid[g] = due * state.pay_share[g]
    state.money[g] = finance.next_reserve(
        state.money[g], income, state.wages_paid[g] + state.attack_bill[g]
    )
    if parameters.finance_on == 0:
        state.pay_share[g] = 1.0
    if parameters.media_on == 0:
        state.media[g] = 0.0
    else:
        state.media[g] = media.next_media(
            state.media[g],
            state.pay_share[g],
            state.brand[g],
            struck,
            state.counter_media[g],
            parameters.media_build,
            parameters.media_decay,
            parameters.media_strike_weight,
        )


@compiled
def take_the_mood(setting, parameters, state, week, g):
    """Command, cohesion and name of the group; morale, support and ground place by place."""
    first, last = 0.0, 0
    for k in range(setting.posts):
        if state.post_group[k] == g and state.post_row[k] >= 0:
            first += state.post_standing[k]
            last += 1
    state.command[g] = first / setting.group_posts[g]
    if parameters.cohesion_on == 1:
        lost = cohesion.shock(
            float(min(1, state.leaders_lost[g, 0])),
            float(state.leaders_lost[g, 1]),
            float(setting.group_posts[g]),
            parameters.cohesion_head_shock,
            parameters.cohesion_leader_shock,
        )
        lost = 1.0 - (1.0 - lost) * (1.0 - state.shock[g])
        state.cohesion[g] = cohesion.next_cohesion(
            state.cohesion[g], setting.base_cohesion[g], lost, parameters.cohesion_recovery
        )
    state.shock[g] = 0.0
    state.leaders_lost[g, :] = 0
    if state.founded[g] == 0:
        return
    centre = 0.0
    if setting.centre[g] >= 0:
        centre = (
            setting.centre_health[week, setting.centre[g]] * setting.centre_brand[setting.centre[g]]
        )
    if parameters.brand_on == 1:
        state.brand[g] = morale.towards(
            state.brand[g],
            brand.resting_brand(
                setting.base_brand[g],
                centre,
                state.momentum[g],
                state.media[g],
                state.command[g],
                parameters.brand_centre_weight,
                parameters.brand_momentum_weight,
                parameters.brand_media_weight,
                parameters.brand_command_weight,
            ),
            parameters.brand_speed,
        )
    state.pull[g] = switching.pull(
        state.brand[g],
        setting.pay[g] * state.pay_share[g],
        state.momentum[g],
        parameters.switching_brand_weight,
        parameters.switching_pay_weight,
        parameters.switching_decline_weight,
    )
    state.hold[g] = switching.hold(
        state.pull[g], state.cohesion[g], parameters.switching_cohesion_weight
    )
    state.capability[g] = attacks.capability(
        state.command[g], state.cohesion[g], state.pay_share[g]
    )
    harm_done = 0
    for p in range(setting.places):
        harm_done += state.civilians_harmed[g, p]
    state.notoriety[g] = violence.next_notoriety(
        state.notoriety[g],
        float(harm_done),
        parameters.violence_memory,
        parameters.violence_harm_scale,
    )
    for p in range(setting.places):
        hit, caught, calm = 0.0, 0.0, 1.0
        towards, away = 0.0, 0.0
        for f in range(setting.forces):
            hit += state.force_hit[f, g, p]
            caught += state.force_caught[f, g, p]
            calm *= 1.0 - state.force_pressure[f, g, p]
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
        if men == 0 and state.held[g, p] == 0.0 and state.supporters[g, p] == 0.0:
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
            float(men),
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
        if state.group_men[g, p] == 0:
            continue
        for b in range(setting.border_start[p], setting.border_start[p + 1]):
            q = setting.border_to[b]
            closed = 0.0
            if setting.border_international[b] == 1:
                closed = max(state.border_control[p], state.border_control[q])
            state.drive[g, p] += displacement.drive(
                setting.border_nearness[b],
                state.pressure[g, p],
                state.pressure[g, q],
                state.support[g, q],
                closed,
            )


@compiled
def decide_commands(setting, parameters, state, week, g):
    """Each local command of the group decides whether it goes over, and to whom.

    A command is the men of one faction in one place. A pledge of the whole group comes first;
    otherwise it weighs every other group that is within reach.
    """
    for c in range(setting.group_start[g], setting.group_start[g + 1]):
        for p in range(setting.places):
            state.command_to[c, p] = -1
            men = state.men_before[c, p]
            if men == 0:
                continue
            who = pack(0, p, c, COMMAND, 0)
            if state.pledge_to[c] >= 0:
                drawn = luck.uniform(setting.key0, setting.key1, luck.PLEDGE, who, week)
                if pledges.command_follows(drawn, state.pledge_share[c]):
                    state.command_to[c, p] = state.pledge_to[c]
                    note(state, week, NOTE_COMMAND_WENT, c, p, state.pledge_to[c], men)
                    state.alarms[COMMAND_ALARM] = 1
                    continue
            if parameters.switching_on == 0 or men < parameters.switching_smallest_command:
                continue
            drawn = luck.uniform(setting.key0, setting.key1, luck.COMMAND, who, week)
            if drawn >= parameters.switching_command_highest:
                continue
            total = 0.0
            for other in range(setting.groups):
                if other != g and state.contact[other, p] > 0.0:
                    total += switching.weight(
                        state.contact[other, p],
                        state.pull[other],
                        setting.openness[g, other],
                        state.hold[g],
                        setting.grievance[c],
                    )
            if drawn >= switching.hazard(total, parameters.switching_command_highest):
                continue
            left = total * luck.uniform(setting.key0, setting.key1, luck.COMMAND_TO, who, week)
            for other in range(setting.groups):
                if other != g and state.contact[other, p] > 0.0:
                    state.command_to[c, p] = other
                    left -= switching.weight(
                        state.contact[other, p],
                        state.pull[other],
                        setting.openness[g, other],
                        state.hold[g],
                        setting.grievance[c],
                    )
                    if left < 0.0:
                        break
            note(state, week, NOTE_COMMAND_WENT, c, p, state.command_to[c, p], men)
            state.alarms[COMMAND_ALARM] = 1


@compiled
def recruit(setting, parameters, state, week, g):
    """Decide how many men join this week, by faction, place and kind."""
    first, last = setting.group_start[g], setting.group_start[g + 1]
    for c in range(first, last):
        for p in range(setting.places):
            for kind in range(LOCAL_POOR, KINDS):
                state.intake[c, p, kind] = 0
    if state.founded[g] == 0:
        return
    total = 0
    for c in range(first, last):
        for p in range(setting.places):
            total += state.men[c, p]
    from_abroad = 0.0
    drawn_by_violence = 0.0
    if parameters.violence_on == 1:
        drawn_by_violence = parameters.violence_draw * state.notoriety[g]
    centre = 1.0
    if setting.centre[g] >= 0:
        centre = setting.centre_health[week, setting.centre[g]]
    if parameters.recruitment_on == 1:
        from_abroad = recruitment.foreign(setting.foreign_best[g], state.brand[g], centre, 0.0)
    for c in range(first, last):
        for p in range(setting.places):
            men = state.men[c, p]
            recruiters = float(men)
            if c == first and total > 0:
                recruiters += (
                    parameters.recruitment_media_men * state.media[g] * setting.sympathy[p]
                )
            if recruiters <= 0.0:
                continue
            if parameters.recruitment_on == 1:
                armed, of_like_mind = 0.0, 0.0
                for other in range(setting.groups):
                    armed += state.group_men[other, p]
                    of_like_mind += setting.openness[g, other] * state.group_men[other, p]
                appeal = recruitment.appeal(
                    state.brand[g],
                    state.momentum[g],
                    state.command[g],
                    state.cohesion[g],
                    state.held[g, p],
                    state.pay_share[g],
                    state.support[g, p],
                    state.risk[g, p],
                    parameters.recruitment_brand_weight,
                    parameters.recruitment_momentum_weight,
                    parameters.recruitment_command_weight,
                    parameters.recruitment_cohesion_weight,
                    parameters.recruitment_ground_weight,
                    parameters.recruitment_money_weight,
                    parameters.recruitment_support_weight,
                    parameters.recruitment_risk_weight,
                )
                rate = (
                    parameters.recruitment_rate
                    * setting.recruitment[g]
                    * recruitment.freedom(
                        state.held[g, p],
                        setting.cover[p],
                        setting.tribal[p],
                        parameters.recruitment_least_freedom,
                    )
                )
                poor = recruitment.joining(
                    float(men),
                    rate,
                    recruitment.untaken(
                        recruitment.pool(
                            setting.people[p],
                            parameters.recruitment_pool_poor,
                            setting.poverty[p],
                            state.support[g, p],
                        ),
                        armed,
                    ),
                    recruitment.acceptance(
                        recruitment.poor_score(
                            parameters.recruitment_poor_tendency,
                            appeal,
                            setting.pay[g] * state.pay_share[g],
                            parameters.recruitment_outside_wage,
                            parameters.recruitment_wage_weight,
                        )
                    ),
                )
                like_minded = recruitment.joining(
                    recruiters,
                    rate,
                    recruitment.untaken(
                        recruitment.pool(
                            setting.people[p],
                            parameters.recruitment_pool_like_minded,
                            setting.sympathy[p],
                            state.support[g, p],
                        ),
                        of_like_mind,
                    ),
                    recruitment.acceptance(
                        parameters.recruitment_like_minded_tendency + appeal + drawn_by_violence
                    ),
                )
                who = pack(0, p, c, LOCAL_POOR, 0)
                state.intake[c, p, LOCAL_POOR] = luck.poisson(
                    poor, luck.uniform(setting.key0, setting.key1, luck.INTAKE, who, week)
                )
                who = pack(0, p, c, LIKE_MINDED, 0)
                state.intake[c, p, LIKE_MINDED] = luck.poisson(
                    like_minded, luck.uniform(setting.key0, setting.key1, luck.INTAKE, who, week)
                )
            if men == 0:
                continue
            if from_abroad > 0.0:
                who = pack(0, p, c, FOREIGN, 0)
                state.intake[c, p, FOREIGN] = luck.poisson(
                    from_abroad * (1.0 - state.border_control[p]) * men / total,
                    luck.uniform(setting.key0, setting.key1, luck.INTAKE, who, week),
                )
    if parameters.alliances_on == 0 or total == 0:
        return
    for other in range(setting.groups):
        best = setting.ally_men[g, other]
        men_of_ally = state.strength_before[other]
        if best <= 0.0 or week < setting.ally_start[g, other] or men_of_ally == 0:
            continue
        strength = 1.0
        if setting.men_at_start[other] > 0.0:
            strength = min(1.0, men_of_ally / setting.men_at_start[other])
        cut = state.cut_allies[g] if setting.ally_lifeline[g, other] == 1 else 0.0
        sent = alliances.flow(best, strength, cut)
        for p in range(setting.places):
            if state.group_men[other, p] > 0:
                who = pack(0, p, first, ALLIES, other)
                state.intake[first, p, ALLIES] += luck.poisson(
                    sent * state.group_men[other, p] / men_of_ally,
                    luck.uniform(setting.key0, setting.key1, luck.INTAKE, who, week),
                )
