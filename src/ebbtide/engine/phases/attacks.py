"""The groups' attacks: on state forces and civilians, in held ground and beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.chronicle import note
from ebbtide.engine.counts import men_now
from ebbtide.engine.identity import pack
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import attacks
from ebbtide.world.codes import (
    ATTACK_KINDS,
    GREAT_ATTACK,
    TARGETS,
    DecisionMaker,
    Ground,
    Note,
    Target,
)

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def count_attacks(
    world: World,
    parameters: Parameters,
    state: State,
    week: int,
    g: int,
    p: int,
    kind: int,
    count: int,
) -> None:
    """Write down so many attacks of one kind in one place, and whom they harm."""
    where, target = divmod(kind, TARGETS)
    state.attacks[g, p, target] += count
    if where == Ground.OUTSIDE:
        state.attacks_outside[g] += count
    for ordinal in range(count):
        harmed = attacks.harmed(
            random_numbers.draw(
                world, Decision.SEVERITY, pack(kind, p, g, DecisionMaker.CELL, ordinal), week
            ),
            parameters.attacks_severity_least,
            parameters.attacks_severity_exponent,
        )
        if target == Target.CIVILIANS:
            state.civilians_harmed[g, p] += harmed
        else:
            state.state_harmed[g] += harmed
        if harmed >= GREAT_ATTACK:
            note(state, week, Note.GREAT_ATTACK, g, p, target, harmed)


@compiled
def attack(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """One group's attacks this week, by place, target and whether it holds the ground.

    A share of its attacks goes into cities that its network reaches; the rest are mounted where
    its men are. Attacks outside held ground cost attackers and money, felt next week.
    """
    state.attacks_outside[g] = 0
    state.state_harmed[g] = 0
    state.attackers_lost[g] = 0.0
    state.attack_bill[g] = 0.0
    state.civilians_harmed[g, :] = 0
    state.attacks[g, :, :] = 0
    men = men_now(world, state, g)
    total = sum(men)
    if total == 0 or world.full[g] == 0 or parameters.attacks_on == 0:
        return
    city, people, contact, held = world.city, world.population, state.contact[g], state.held[g]
    pull = 0.0
    for p in range(world.places):
        pull += attacks.city_pull(city[p], people[p], contact[p])
    each = attacks.rate(
        1.0, world.attacks[g], state.capability[g], parameters.attacks_capability_weight
    )
    carried_share = attacks.carried_share(pull, parameters.attacks_reach)
    soft = attacks.soft_share(
        state.capability[g], parameters.attacks_soft_tendency, parameters.attacks_soft_weight
    )
    drawn = np.empty((ATTACK_KINDS, world.places))
    for kind in range(ATTACK_KINDS):
        who = world.attack_ids[g, kind]
        random_numbers.draws(world, Decision.ATTACKS, who, week, drawn[kind])
    for p in range(world.places):
        drawn_to_city = attacks.share_of_pull(
            attacks.city_pull(city[p], people[p], contact[p]), pull
        )
        mounted = attacks.mounted(each, men[p], carried_share)
        carried = attacks.carried(each, total, carried_share, drawn_to_city)
        inside, outside = (
            attacks.inside(mounted, held[p]),
            attacks.outside(mounted, held[p], carried),
        )
        for kind in range(ATTACK_KINDS):
            where, target = divmod(kind, TARGETS)
            mean = attacks.on_target(
                inside if where == Ground.INSIDE else outside, soft, int(target == Target.CIVILIANS)
            )
            count = random_numbers.poisson(mean, drawn[kind, p])
            if count > 0:
                count_attacks(world, parameters, state, week, g, p, kind, count)
    outside_in_all = float(state.attacks_outside[g])
    state.attackers_lost[g] = attacks.attackers_lost(outside_in_all, parameters.attacks_men_lost)
    state.attack_bill[g] = attacks.bill(outside_in_all, parameters.attacks_price)
