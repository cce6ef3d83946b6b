"""The groups recruit: the poor, the like-minded, foreigners and men whom allies send."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.appeal import poor_acceptance, weights_of_appeal, what_appeal_rests_on
from ebbtide.engine.counts import men_now
from ebbtide.engine.identity import pack
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.ties import along_tie, centre_behind
from ebbtide.rules import alliances, finance, media, recruitment, resistance, violence
from ebbtide.world.codes import KINDS, RECRUITED, Kind

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Integers, Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


class Terms(NamedTuple):
    """On what terms the factions of a group recruit, by place.

    The men already taken from the poor there, and from those of like mind; its appeal, and how many
    men a recruiter approaches a week.
    """

    hired: Numbers
    won: Numbers
    appeal: Numbers
    pace: Numbers


@compiled
def count_taken(world: World, state: State, g: int, hired: Numbers, won: Numbers) -> None:
    """Count the men already taken from each place's pools: who enlisted there, wherever they are.

    Of the like-minded, those who now serve a group as far as this one is open to it.
    """
    hired[:] = 0.0
    won[:] = 0.0
    for other in range(world.groups):
        openness, enlisted = state.openness[g, other], state.enlisted[other]
        poor, like_minded = enlisted[Kind.LOCAL_POOR], enlisted[Kind.LIKE_MINDED]
        for p in range(world.places):
            hired[p] += poor[p]
            won[p] += recruitment.taken(openness, float(like_minded[p]))


@compiled
def weigh_appeal(
    world: World, parameters: Parameters, state: State, g: int, appeal: Numbers, pace: Numbers
) -> None:
    """Work out, by place, the group's appeal, and how many men one who recruits for it approaches."""
    held, resistant = state.held[g], state.resistance[g]
    cover, local_institutions = world.cover, world.local_institutions
    weights = weights_of_appeal(parameters)
    for p in range(world.places):
        appeal[p] = recruitment.appeal(what_appeal_rests_on(state, g, p), weights)
        freedom = recruitment.freedom(
            held[p],
            cover[p],
            local_institutions[p],
            int(world.full[g]),
            parameters.recruitment_least_freedom,
            parameters.recruitment_outside,
        )
        freedom = resistance.left(freedom, resistant[p], parameters.resistance_refusal)
        pace[p] = recruitment.pace(world.recruitment[g], freedom, parameters.recruitment_rate)


@compiled
def recruit_poor(
    world: World,
    parameters: Parameters,
    state: State,
    g: int,
    terms: Terms,
    men: Integers,
    poor: Numbers,
) -> None:
    """Fill `poor` with the locals whom a faction's `men` hire, in expectation, by place."""
    population, poverty = world.population, world.poverty
    pay = finance.paid(state.wage[g], state.pay_share[g])
    for p in range(world.places):
        poor[p] = 0.0
        if men[p] == 0:  # rests on `recruitment.joining`: nobody joins whom nobody asks
            continue
        poor[p] = recruitment.joining(
            float(men[p]),
            terms.pace[p],
            recruitment.untaken(
                recruitment.pool(population[p], parameters.recruitment_pool_poor, poverty[p]),
                terms.hired[p],
            ),
            poor_acceptance(parameters, terms.appeal[p], pay),
        )


@compiled
def recruit_like_minded(
    world: World,
    parameters: Parameters,
    state: State,
    g: int,
    terms: Terms,
    recruiters: Numbers,
    like_minded: Numbers,
) -> None:
    """Fill `like_minded` with the locals won for the cause, in expectation, by place.

    `recruiters` are a faction's men and what the media that recruit for it are worth in men.
    """
    population, sympathy = world.population, world.sympathy
    drawn_by_violence = 0.0
    if parameters.violence_on == 1:
        drawn_by_violence = violence.attraction(state.notoriety[g], parameters.violence_draw)
    for p in range(world.places):
        like_minded[p] = 0.0
        if recruiters[p] <= 0.0:  # rests on `recruitment.joining`: nobody joins whom nobody asks
            continue
        like_minded[p] = recruitment.joining(
            recruiters[p],
            terms.pace[p],
            recruitment.untaken(
                recruitment.pool(
                    population[p], parameters.recruitment_pool_like_minded, sympathy[p]
                ),
                terms.won[p],
            ),
            recruitment.acceptance(
                recruitment.like_minded_score(
                    terms.appeal[p], drawn_by_violence, parameters.recruitment_like_minded_tendency
                )
            ),
        )


@compiled
def take_in_from_allies(
    world: World, parameters: Parameters, state: State, week: int, g: int, men: Integers
) -> None:
    """Decide how many men allies give the group, which has `men`, and where they serve."""
    if parameters.alliances_on == 0:
        return
    total, joined = sum(men), recruitment.leading_faction(world.group_start[g])
    for other in range(world.groups):
        sent = along_tie(
            world, state, week, g, other, total, world.ally_men[g, other], state.worth[g]
        )
        if sent <= 0.0:  # rests on `alliances.sent_to`: of nothing, nothing comes anywhere
            continue
        for p in range(world.places):
            coming = alliances.sent_to(
                sent,
                float(men[p]),
                float(total),
                float(state.group_men[other, p]),
                float(state.strength[other]),
                parameters.alliances_stay,
            )
            if coming > 0.0:
                who = pack(0, p, joined, Kind.ALLIES, other)
                drawn = random_numbers.draw(world, Decision.INTAKE, who, week)
                state.intake[joined, p, Kind.ALLIES] += random_numbers.poisson(coming, drawn)


@compiled
def admit(coming: Numbers, share: float) -> None:
    """Leave, of those who would join by faction and place, the share whom the group takes."""
    factions, places = coming.shape
    for c in range(factions):
        for p in range(places):
            coming[c, p] = recruitment.admitted(coming[c, p], share)


@compiled
def recruit(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Decide how many men join this week, by faction, place and kind."""
    first, last = world.group_start[g], world.group_start[g + 1]
    if state.founded[g] == 0:
        return
    mustered = men_now(world, state, g)
    total = sum(mustered)
    take_in_from_allies(world, parameters, state, week, g, mustered)
    if parameters.recruitment_on == 0:
        return
    centre = recruitment.NO_CENTRE
    if state.backed_by[g] >= 0:
        centre = centre_behind(world, state, week, g)
    places = world.places
    terms = Terms(np.empty(places), np.empty(places), np.empty(places), np.empty(places))
    count_taken(world, state, g, terms.hired, terms.won)
    weigh_appeal(world, parameters, state, g, terms.appeal, terms.pace)
    poor = np.empty((last - first, places))
    for c in range(first, last):
        recruit_poor(world, parameters, state, g, terms, state.men[c], poor[c - first])
    if parameters.finance_on == 1:
        cost = finance.cost(poor.sum(), state.wage[g], parameters.finance_overhead)
        admit(poor, recruitment.taken_on(state.left_over[g], cost))
    like_minded, recruiters = np.empty((last - first, places)), np.empty(places)
    for c in range(first, last):
        men = state.men[c]
        reach = 0.0
        if c == recruitment.leading_faction(first):
            reach = media.heard(state.media[g], float(total))
        for p in range(places):
            recruiters[p] = recruitment.recruiters(
                float(men[p]), reach, world.sympathy[p], parameters.recruitment_media_men
            )
        recruit_like_minded(world, parameters, state, g, terms, recruiters, like_minded[c - first])
    share = recruitment.taken_in(
        poor.sum() + like_minded.sum(), float(total), parameters.recruitment_absorption
    )
    admit(poor, share)
    admit(like_minded, share)
    drawn = np.empty((KINDS, places))
    for c in range(first, last):
        men, intake = state.men[c], state.intake[c]
        for kind in RECRUITED:
            who = world.intake_ids[c, kind]
            random_numbers.draws(world, Decision.INTAKE, who, week, drawn[kind])
        for p in range(places):
            intake[p, Kind.LOCAL_POOR] = random_numbers.poisson(
                poor[c - first, p], drawn[Kind.LOCAL_POOR, p]
            )
            intake[p, Kind.LIKE_MINDED] = random_numbers.poisson(
                like_minded[c - first, p], drawn[Kind.LIKE_MINDED, p]
            )
            if men[p] > 0:  # rests on `recruitment.arriving_here`: nobody comes where nobody is
                from_abroad = recruitment.foreign(
                    world.foreign[g], state.brand[g], centre, state.levers.border_control[p]
                )
                intake[p, Kind.FOREIGN] = random_numbers.poisson(
                    recruitment.arriving_here(from_abroad, float(men[p]), float(total)),
                    drawn[Kind.FOREIGN, p],
                )
