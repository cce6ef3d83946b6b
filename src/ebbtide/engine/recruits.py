"""The groups recruit: the poor, the like-minded, foreigners and men whom allies send."""

from ebbtide.engine import luck
from ebbtide.engine.identity import pack
from ebbtide.engine.rules import alliances, recruitment
from ebbtide.world.compiled import compiled
from ebbtide.world.identity import ALLIES, FOREIGN, KINDS, LIKE_MINDED, LOCAL_POOR


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
        strength = alliances.strength(men_of_ally, setting.men_at_start[other])
        cut = state.cut_allies[g] if setting.ally_lifeline[g, other] == 1 else 0.0
        sent = alliances.flow(best, strength, cut)
        for p in range(setting.places):
            if state.group_men[other, p] > 0:
                who = pack(0, p, first, ALLIES, other)
                state.intake[first, p, ALLIES] += luck.poisson(
                    sent * state.group_men[other, p] / men_of_ally,
                    luck.uniform(setting.key0, setting.key1, luck.INTAKE, who, week),
                )
