"""The groups recruit: the poor, the like-minded, foreigners and men whom allies send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.counts import men_now
from ebbtide.engine.identity import pack
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import alliances, recruitment, violence
from ebbtide.world.codes import KINDS, Kind

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Integers, Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def count_armed(world: World, state: State, g: int, armed: Numbers, of_like_mind: Numbers) -> None:
    """Count, by place, the men already armed, and how many of them think like the group."""
    armed[:] = 0.0
    of_like_mind[:] = 0.0
    for other in range(world.groups):
        men, openness = state.group_men[other], world.openness[g, other]
        for p in range(men.size):
            armed[p] += men[p]
            of_like_mind[p] += recruitment.taken(openness, float(men[p]))


@compiled
def recruit_locals(
    world: World,
    parameters: Parameters,
    state: State,
    g: int,
    recruiters: Numbers,
    men: Integers,
    armed: Numbers,
    of_like_mind: Numbers,
    poor: Numbers,
    like_minded: Numbers,
) -> None:
    """Fill `poor` and `like_minded` with the locals who join, in expectation, by place.

    `men` recruit by hand; `recruiters` are these and what the media are worth in men; `armed` and
    `of_like_mind` are taken from the pools.
    """
    held, supported, risk = state.held[g], state.support[g], state.risk[g]
    people, poverty, sympathy = world.population, world.poverty, world.sympathy
    cover, tribal = world.cover, world.tribal
    drawn_by_violence = 0.0
    if parameters.violence_on == 1:
        drawn_by_violence = violence.attraction(state.notoriety[g], parameters.violence_draw)
    weights = recruitment.Weights(
        brand_weight=parameters.recruitment_brand_weight,
        momentum_weight=parameters.recruitment_momentum_weight,
        command_weight=parameters.recruitment_command_weight,
        cohesion_weight=parameters.recruitment_cohesion_weight,
        ground_weight=parameters.recruitment_ground_weight,
        money_weight=parameters.recruitment_money_weight,
        support_weight=parameters.recruitment_support_weight,
        risk_weight=parameters.recruitment_risk_weight,
    )
    for p in range(world.places):
        poor[p], like_minded[p] = 0.0, 0.0
        if recruiters[p] <= 0.0:
            continue
        appeal = recruitment.appeal(
            recruitment.Circumstances(
                brand=state.brand[g],
                momentum=state.momentum[g],
                command=state.command[g],
                cohesion=state.cohesion[g],
                held=held[p],
                pay_share=state.pay_share[g],
                support=supported[p],
                risk=risk[p],
            ),
            weights,
        )
        freedom = recruitment.freedom(
            held[p], cover[p], tribal[p], parameters.recruitment_least_freedom
        )
        rate = recruitment.pace(world.recruitment[g], freedom, parameters.recruitment_rate)
        if men[p] > 0:
            poor[p] = recruitment.joining(
                float(men[p]),
                rate,
                recruitment.untaken(
                    recruitment.pool(
                        people[p], parameters.recruitment_pool_poor, poverty[p], supported[p]
                    ),
                    armed[p],
                ),
                recruitment.acceptance(
                    recruitment.poor_score(
                        parameters.recruitment_poor_tendency,
                        appeal,
                        state.wage[g] * state.pay_share[g],
                        parameters.recruitment_outside_wage,
                        parameters.recruitment_poor_appeal_weight,
                        parameters.recruitment_wage_weight,
                    )
                ),
            )
        like_minded[p] = recruitment.joining(
            recruiters[p],
            rate,
            recruitment.untaken(
                recruitment.pool(
                    people[p], parameters.recruitment_pool_like_minded, sympathy[p], supported[p]
                ),
                of_like_mind[p],
            ),
            recruitment.acceptance(
                recruitment.like_minded_score(
                    appeal, drawn_by_violence, parameters.recruitment_like_minded_tendency
                )
            ),
        )


@compiled
def recruit(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Decide how many men join this week, by faction, place and kind."""
    first, last = world.group_start[g], world.group_start[g + 1]
    state.intake[first:last, :, Kind.LOCAL_POOR :] = 0
    if state.founded[g] == 0:
        return
    total = sum(men_now(world, state, g))
    centre = 1.0
    if world.centre[g] >= 0:
        centre = world.centre_health[week, world.centre[g]]
    armed, of_like_mind = np.empty(world.places), np.empty(world.places)
    count_armed(world, state, g, armed, of_like_mind)
    drawn, recruiters = np.empty((KINDS, world.places)), np.empty(world.places)
    poor, like_minded = np.zeros(world.places), np.zeros(world.places)
    for c in range(first, last):
        men, intake = state.men[c], state.intake[c]
        media = state.media[g] if c == first and total > 0 else 0.0
        for p in range(world.places):
            recruiters[p] = recruitment.recruiters(
                float(men[p]), media, world.sympathy[p], parameters.recruitment_media_men
            )
        if parameters.recruitment_on == 1:
            recruit_locals(
                world,
                parameters,
                state,
                g,
                recruiters,
                men,
                armed,
                of_like_mind,
                poor,
                like_minded,
            )
        for kind in range(Kind.LOCAL_POOR, Kind.FOREIGN + 1):
            who = world.intake_ids[c, kind]
            random_numbers.draws(world, Decision.INTAKE, who, week, drawn[kind])
        for p in range(world.places):
            intake[p, Kind.LOCAL_POOR] = random_numbers.poisson(poor[p], drawn[Kind.LOCAL_POOR, p])
            intake[p, Kind.LIKE_MINDED] = random_numbers.poisson(
                like_minded[p], drawn[Kind.LIKE_MINDED, p]
            )
            if men[p] > 0 and parameters.recruitment_on == 1:
                from_abroad = recruitment.foreign(
                    world.foreign[g], state.brand[g], centre, state.levers.border_control[p]
                )
                intake[p, Kind.FOREIGN] = random_numbers.poisson(
                    recruitment.arriving_here(from_abroad, float(men[p]), float(total)),
                    drawn[Kind.FOREIGN, p],
                )
    if parameters.alliances_on == 0 or total == 0:
        return
    for other in range(world.groups):
        best, men_of_ally = world.ally_men[g, other], state.strength_before[other]
        start = world.ally_start[g, other]
        if best <= 0.0 or not alliances.stands(week, start, total, men_of_ally):
            continue
        strength = alliances.strength(men_of_ally, world.fighters[other])
        cut = alliances.cut(state.levers.cut_allies[g], world.ally_lifeline[g, other])
        sent = alliances.flow(best, strength, cut)
        for p in range(world.places):
            if state.group_men[other, p] > 0:
                who = pack(0, p, first, Kind.ALLIES, other)
                state.intake[first, p, Kind.ALLIES] += random_numbers.poisson(
                    alliances.sent_from(sent, float(state.group_men[other, p]), float(men_of_ally)),
                    random_numbers.draw(world, Decision.INTAKE, who, week),
                )
