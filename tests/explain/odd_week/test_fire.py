"""Forces watch and strike."""

from types import SimpleNamespace

import numpy as np
import pytest

from ebbtide.engine import random_numbers
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import displacement, targeting

from .reading import at_peace, cells, drawn
from .struck import mourned


def weight_on(
    strength: float, among: float, *, capacity: float, drawing: float, known: float, men: float,
    population: float, half_fire: float,
) -> float:  # fmt: skip
    """What an effort weighs on the men in a place, of `among` whom it is aimed at."""
    if men == 0:
        return strength
    met = drawing / among if among > 0 else 0
    brought = targeting.men_hit(capacity, met, known, men, population)
    return targeting.weight_on(strength, brought, men, half_fire)


def routine_shares(world: SimpleNamespace, f: int, peace: np.ndarray) -> np.ndarray:
    """What the force spends by itself, by group and place."""
    fixed, state = world.fixed, world.state
    attention = np.maximum(state.attention[f], state.levers.attention[f])
    shares = np.repeat((fixed.routine[f] * attention)[:, None], fixed.places, axis=1)
    if fixed.local[f]:
        engaged = np.minimum(1, shares + state.levers.community_engagement)
        shares = engaged * world.before.resistance
    return shares * (1 - peace)


def test_watch_and_strike_shares_out_fire(world: SimpleNamespace) -> None:
    fixed, state, rules = world.fixed, world.state, world.rules
    for f in range(fixed.forces):
        mu = state.intelligence[f]
        peace = at_peace(world, f)
        seen = mu * world.men * (state.stationed[f] >= 0) * (1 - peace)
        if fixed.local[f]:
            seen = seen * world.before.resistance
        within = (world.men > 0) & (state.stationed[f] >= 0)
        storm = state.levers.offensive[f]
        asked = (state.levers.strikes[f] * within).max(axis=1).sum()
        asked += (seen * routine_shares(world, f, peace)).sum() / max(seen.sum(), 1e-300)
        asked += (seen * storm).sum() / max(seen[storm > 0].sum(), 1e-300)
        stretched = max(1.0, asked)
        leaders, effort = np.zeros((fixed.groups, fixed.places)), np.zeros(fixed.groups)
        lost = mourned(world)[f]
        for g, p in cells(world):
            s = seen[g, p]
            share = routine_shares(world, f, peace)[g, p]
            strike, raid = state.levers.strikes[f, g], state.levers.raids[f, g]
            capacity, men, known = fixed.capacity[f], world.men[g, p], mu[g, p]
            facing = {
                "capacity": capacity,
                "drawing": s,
                "known": known,
                "men": men,
                "population": fixed.population[p],
                "half_fire": rules.targeting_half_fire,
            }
            weight = weight_on(storm[g, p] / stretched, seen[storm > 0].sum(), **facing)
            assert state.force_onslaught[f, g, p] == pytest.approx(weight)
            standing = targeting.standing_weight(
                weight_on(share / stretched, seen.sum(), **facing),
                weight_on(strike[p] / stretched, seen[g, strike > 0].sum(), **facing),
            )
            pressed = displacement.pressure(standing, weight, rules.displacement_effort_weight)
            assert state.force_pressure[f, g, p] == pytest.approx(
                pressed * (state.stationed[f, p] >= 0)
            )
            if s <= 0:
                assert state.force_hit[f, g, p] == 0
                continue
            searched = share * s / seen.sum()
            u = searched / stretched
            k = strike[p] / stretched * s / seen[g, strike > 0].sum() if strike[p] > 0 else 0
            q = raid[p] * s / seen[g, raid > 0].sum() if raid[p] > 0 else 0
            at_leaders = state.levers.strikes_leaders[f, g, p]
            at_men = 1 - at_leaders - state.levers.strikes_finance[f, g, p]
            at_men -= state.levers.strikes_media[f, g, p]
            w = targeting.worthwhile(capacity * (u + k), known, men, rules.targeting_highest)
            hit = targeting.men_hit(
                capacity, w * u + w * k * at_men, known, men, fixed.population[p]
            )
            assert state.force_hit[f, g, p] == pytest.approx(hit)
            assert state.force_caught[f, g, p] == pytest.approx(
                fixed.arrests[f] * (searched + q) * known
            )
            o = storm[g, p] / stretched * s / seen[storm > 0].sum() if storm[g, p] > 0 else 0
            rolling = o * targeting.worthwhile(capacity * o, known, men, rules.targeting_highest)
            leaders[g, p] = rules.targeting_leader_worth * capacity * w * k * at_leaders * known
            fire = capacity * (w * (u + k) + rolling)
            spent = capacity * (w * (u + k) + o) + fixed.arrests[f] * (searched + q)
            effort[g] += spent
            clashes = targeting.force_lost(
                targeting.men_met(fire, men), spent, fixed.exposed[f],
                rules.targeting_return_fire, rules.targeting_toll,
            )  # fmt: skip
            who = int(fixed.harm_ids[f, g, p])
            lost[g] += random_numbers.poisson(clashes, drawn(world, Decision.LOSSES, who))
        assert state.leader_fire[f] == pytest.approx(leaders)
        assert state.effort[f] == pytest.approx(effort)
        assert state.lost[f].tolist() == lost.tolist()
