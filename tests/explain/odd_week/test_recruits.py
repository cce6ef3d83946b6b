"""Groups recruit."""

from types import SimpleNamespace

import numpy as np
import pytest

from ebbtide.engine import random_numbers
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import alliances, finance, predation, recruitment
from ebbtide.world.codes import Ground, Kind, Target
from ebbtide.world.identity import pack

from .reading import appeal_of, cells, drawn
from .struck import mounted


def test_recruit_wins_so_many(world: SimpleNamespace) -> None:
    fixed, state, rules = world.fixed, world.state, world.rules
    came = np.add.reduceat(state.intake, np.array(fixed.group_start[:-1]), axis=0)
    enlisted = state.enlisted - came.transpose(0, 2, 1)
    expected: dict[tuple[int, int, int], float] = {}
    for c in range(fixed.factions):
        g = fixed.faction_group[c]
        first = c == fixed.group_start[g]
        strength = world.now[fixed.group_start[g] : fixed.group_start[g + 1]].sum()
        centre = fixed.centre[g]
        health = fixed.centre_health[world.week, centre] if centre >= 0 else 1
        for p in range(fixed.places):
            men = world.now[c, p]
            by_media = rules.recruitment_media_men * state.media[g] * fixed.sympathy[p]
            appeal = appeal_of(world, g, p)
            rate = rules.recruitment_rate * fixed.recruitment[g] * recruitment.freedom(
                state.held[g, p], fixed.cover[p], fixed.local_institutions[p], fixed.full[g],
                rules.recruitment_least_freedom, rules.recruitment_outside,
            )  # fmt: skip
            rate *= 1 - rules.resistance_refusal * state.resistance[g, p]
            poor = recruitment.pool(
                fixed.population[p], rules.recruitment_pool_poor, fixed.poverty[p]
            )
            like = recruitment.pool(
                fixed.population[p], rules.recruitment_pool_like_minded, fixed.sympathy[p]
            )
            poor_says = recruitment.poor_score(
                rules.recruitment_poor_tendency, appeal, state.wage[g] * state.pay_share[g],
                rules.recruitment_outside_wage, rules.recruitment_poor_appeal_weight,
                rules.recruitment_wage_weight,
            )  # fmt: skip
            like_says = rules.recruitment_like_minded_tendency + appeal
            like_says += rules.violence_draw * state.notoriety[g]
            means = {
                Kind.LOCAL_POOR: recruitment.joining(
                    men, rate, recruitment.untaken(poor, enlisted[:, Kind.LOCAL_POOR, p].sum()),
                    recruitment.acceptance(poor_says),
                ),
                Kind.LIKE_MINDED: recruitment.joining(
                    men + (by_media if first and strength else 0), rate,
                    recruitment.untaken(
                        like, (fixed.openness[g] * enlisted[:, Kind.LIKE_MINDED, p]).sum()
                    ),
                    recruitment.acceptance(like_says),
                ),
                Kind.FOREIGN: recruitment.foreign(
                    fixed.foreign[g], state.brand[g], health, state.levers.border_control[p]
                ) * men / max(1, strength),
            }  # fmt: skip
            expected |= {(c, p, kind): mean for kind, mean in means.items()}
    for g in range(fixed.groups):
        hired = [
            key
            for key in expected
            if fixed.faction_group[key[0]] == g and key[2] == Kind.LOCAL_POOR
        ]
        cost = finance.cost(
            sum(expected[key] for key in hired), state.wage[g], rules.finance_overhead
        )
        for key in hired:
            expected[key] *= min(1, state.left_over[g] / cost) if cost > 0 else 1
        strength = world.now[fixed.group_start[g] : fixed.group_start[g + 1]].sum()
        locals_of = [
            key
            for key in expected
            if fixed.faction_group[key[0]] == g and key[2] in (Kind.LOCAL_POOR, Kind.LIKE_MINDED)
        ]
        coming = sum(expected[key] for key in locals_of)
        for key in locals_of:
            expected[key] *= (
                min(1, rules.recruitment_absorption * strength / coming) if coming else 1
            )
    for (c, p, kind), mean in expected.items():
        draw = drawn(world, Decision.INTAKE, pack(0, p, c, kind, 0))
        assert state.intake[c, p, kind] == random_numbers.poisson(mean, draw)


def test_take_by_force_takes_so_many_and_is_felt(world: SimpleNamespace) -> None:
    fixed, state, rules = world.fixed, world.state, world.rules
    came = np.add.reduceat(state.intake, np.array(fixed.group_start[:-1]), axis=0)
    enlisted = state.enlisted - came.transpose(0, 2, 1)
    wronged = np.zeros_like(state.wronged)
    for g, p, where, target, count in mounted(world):
        if target == Target.CIVILIANS and where != Ground.CITY:
            wronged[g, p] += rules.predation_looting_weight * fixed.loot[g] * count
    for g, p in cells(world):
        first, last = fixed.group_start[g : g + 2]
        here = world.now[first:last, p].sum()
        gone = enlisted[:, [Kind.LOCAL_POOR, Kind.LIKE_MINDED, Kind.FORCED], p].sum()
        taken = predation.men_taken(
            here, fixed.abduction[g], predation.within_reach(state.held[g, p], state.pressure[g, p]),
            rules.predation_fit * fixed.population[p] - gone,
        )  # fmt: skip
        for c in range(first, last):
            mean = taken * world.now[c, p] / here if here else 0
            draw = drawn(world, Decision.INTAKE, pack(0, p, c, Kind.FORCED, 0))
            men = random_numbers.poisson(mean, draw)
            assert state.intake[c, p, Kind.FORCED] == men
            wronged[g, p] += rules.predation_taking_weight * men
    assert state.intake[:, :, Kind.FORCED].any()
    assert state.wronged == pytest.approx(wronged)


def test_allies_send_men(world: SimpleNamespace) -> None:
    fixed, state, rules = world.fixed, world.state, world.rules
    here = np.add.reduceat(world.now, np.array(fixed.group_start[:-1]), axis=0)

    for g in range(fixed.groups):
        came = np.zeros(fixed.places, int)
        for ally in np.nonzero(fixed.ally_men[g])[0]:
            men, total = world.men[ally].sum(), here[g].sum()
            if men == 0 or total == 0:
                continue
            strength = alliances.strength(men, fixed.fighters[ally])
            worth = alliances.worth(
                world.men[g].sum(), state.greatest[g], rules.alliances_worth_power
            )
            sent = fixed.ally_men[g, ally] * strength * worth
            for p in range(fixed.places):
                mean = alliances.sent_to(
                    sent, here[g, p], total, world.men[ally, p], men, rules.alliances_stay
                )
                who = pack(0, p, fixed.group_start[g], Kind.ALLIES, ally)
                came[p] += random_numbers.poisson(mean, drawn(world, Decision.INTAKE, who))
        assert (state.intake[fixed.group_start[g], :, Kind.ALLIES] == came).all()
