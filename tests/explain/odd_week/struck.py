"""The week's attacks by hand: how many, on whom, whom they harm and kill."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np

from ebbtide.engine import random_numbers
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import attacks, recruitment
from ebbtide.world.codes import TARGETS, DecisionMaker, Ground, Target
from ebbtide.world.identity import pack

from .reading import appeal_of, at_peace, drawn


def quiet(world: SimpleNamespace) -> np.ndarray:
    """By group and place, whether the place is the group's sanctuary."""
    peace = np.array([at_peace(world, f) for f in range(world.fixed.forces)])
    here_now = world.state.stationed >= 0
    there = here_now.sum(axis=0)
    return ((peace * here_now[:, None]).sum(axis=0) == there) & (there > 0)


def pulled(world: SimpleNamespace, g: int) -> np.ndarray:
    """How much each city (columns) draws the men of a group in each place (rows)."""
    fixed = world.fixed
    near = np.eye(fixed.places)  # by where men stand, and the city
    for p in range(fixed.places):
        own = slice(fixed.border_start[p], fixed.border_start[p + 1])
        near[p, fixed.border_to[own]] = fixed.border_nearness[own]
    people = fixed.city * fixed.population
    draw = np.where(people > 0, people**world.rules.attacks_people_power, 0.0)
    return near * draw * ~quiet(world)[g] * (men_here(world)[g] > 0)[:, None]


def men_here(world: SimpleNamespace) -> np.ndarray:
    """Men of each group by place when it attacks."""
    return np.add.reduceat(world.now, np.array(world.fixed.group_start[:-1]), axis=0)


def split_among_cities(pull: np.ndarray) -> np.ndarray:
    """The share of the attacks carried from each place that each city draws."""
    return pull / np.maximum(pull.sum(axis=1), 1e-300)[:, None]


def mounted(world: SimpleNamespace) -> Iterator[tuple[int, int, int, Target, int]]:
    """Attacks of the week: whose, in which place, on which ground, on whom, and how many."""
    fixed, state, rules = world.fixed, world.state, world.rules
    here, sanctuary = men_here(world), quiet(world)
    for g in np.flatnonzero(fixed.full):
        pull = pulled(world, g)
        capability = state.capability[g]
        each = attacks.rate(1, fixed.attacks[g], capability, rules.attacks_capability_weight)
        soft, soft_in_city = (
            attacks.soft_share(
                capability, in_city, fixed.civilian_targeting[g], rules.attacks_soft_tendency,
                rules.attacks_soft_weight, rules.attacks_city_softness,
            )
            for in_city in (0.0, 1.0)
        )  # fmt: skip
        gathered = attacks.in_held(state.held[g], rules.attacks_concentration)
        network = attacks.next_network(
            world.before.network[g], pull.sum(), rules.attacks_network_speed
        )
        reach = rules.attacks_reach * network * (pull.sum(axis=1) > 0)
        beyond = here[g] * (1 - gathered)
        carried = each * ((beyond * reach)[:, None] * split_among_cities(pull)).sum(axis=0)
        for p in np.flatnonzero(~sanctuary[g]):
            grounds = (
                (each * here[g, p] * gathered[p], soft),
                (each * beyond[p] * (1 - reach[p]), soft),
                (carried[p], soft_in_city),
            )
            for where, (mean, civilian) in enumerate(grounds):
                for target in Target:
                    share = civilian if target == Target.CIVILIANS else 1 - civilian
                    who = pack(TARGETS * where + target, p, g, DecisionMaker.CELL, 0)
                    count = random_numbers.poisson(
                        mean * share, drawn(world, Decision.ATTACKS, who)
                    )
                    yield g, p, where, target, count


def struck(world: SimpleNamespace) -> Iterator[tuple[int, int, Target, int, int]]:
    """Each attack of the week: whose, in which place, on whom, people harmed, and its id."""
    fixed, rules = world.fixed, world.rules
    for g, p, where, target, count in mounted(world):
        laws = (
            rules.attacks_mounted_least, rules.attacks_mounted_exponent,
            rules.attacks_carried_least, rules.attacks_carried_exponent,
        )  # fmt: skip
        in_city = int(where == Ground.CITY)
        for ordinal in range(count):
            who = pack(TARGETS * where + target, p, g, DecisionMaker.CELL, ordinal)
            u = drawn(world, Decision.SEVERITY, who)
            harmed = attacks.harmed(u, fixed.attack_severity[g], in_city, *laws)
            yield g, p, target, harmed, who


def hired(world: SimpleNamespace) -> np.ndarray:
    """Men whom each group hires in each place for one attack beyond held ground, and for one in a city."""
    fixed, rules = world.fixed, world.rules
    count = np.zeros((fixed.groups, fixed.places, len(Ground)), int)
    for g, p, where, target, attacks_here in mounted(world):
        accepted = recruitment.acceptance(
            recruitment.poor_score(
                rules.recruitment_poor_tendency, appeal_of(world, g, p), rules.attacks_fee,
                rules.recruitment_outside_wage, rules.recruitment_poor_appeal_weight,
                rules.recruitment_wage_weight,
            )
        )  # fmt: skip
        willing = 1 - (1 - fixed.poverty[p] * accepted) ** rules.attacks_offers
        for ordinal in range(attacks_here if where != Ground.INSIDE else 0):
            who = pack(TARGETS * where + target, p, g, DecisionMaker.CELL, ordinal)
            count[g, p, where] += drawn(world, Decision.HIRED, who) < willing
    return count


def mourned(world: SimpleNamespace) -> np.ndarray:
    """Members of each force killed in each group's attacks."""
    fixed = world.fixed
    dead = np.zeros((fixed.forces, fixed.groups), int)
    for g, p, target, harmed, who in struck(world):
        if target == Target.STATE:
            rounding = drawn(world, Decision.FATAL, who)
            killed = attacks.killed(harmed, rounding, world.rules.attacks_fatal)
            foes = [1 - at_peace(world, f)[g, p] for f in range(fixed.forces)]
            offered = np.cumsum(
                fixed.exposed * fixed.capacity * (world.state.stationed[:, p] >= 0) * foes
            )
            left = offered[-1] * drawn(world, Decision.OF_FORCE, who)
            if offered[-1] > 0:
                dead[np.flatnonzero(left < offered)[0], g] += killed
    return dead
