"""The groups' attacks: on state forces and civilians, in held ground, beyond it and in cities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.appeal import poor_acceptance, weights_of_appeal, what_appeal_rests_on
from ebbtide.engine.choice import along
from ebbtide.engine.chronicle import note_great_attack
from ebbtide.engine.counts import men_now
from ebbtide.engine.flows import begin_with_attacks
from ebbtide.engine.identity import pack
from ebbtide.engine.peace import leaves_alone
from ebbtide.engine.phases.predation import take_loot
from ebbtide.engine.pressure import capacity_of
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import attacks, recruitment
from ebbtide.world.codes import (
    ATTACK_KINDS,
    GREAT_ATTACK,
    TARGETS,
    DecisionMaker,
    Ground,
    Target,
)

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Flags, Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def mourn(world: World, state: State, g: int, p: int, killed: int, who: int, week: int) -> None:
    """Lay the members of state forces killed in one attack to one force of the place, if any is there.

    It is none that is at peace with the group.
    """
    weights = np.zeros(world.forces)
    for f in range(world.forces):
        if leaves_alone(world, state, f, g, p) == 0:
            k = state.stationed[f, p]
            capacity = capacity_of(world, state, k) if k >= 0 else 0.0
            weights[f] = attacks.offered(world.exposed[f], capacity, int(k >= 0))
    drawn = random_numbers.draw(world, Decision.OF_FORCE, who, week)
    whose = along(weights, drawn * sum(weights))
    if whose >= 0:
        state.lost[whose, g] += killed


@compiled
def share_for_hire(world: World, parameters: Parameters, state: State, g: int, p: int) -> float:
    """The share of a group's attacks beyond held ground in a place for which somebody is hired."""
    if parameters.recruitment_on == 0:
        return 0.0
    accepted = poor_acceptance(
        parameters,
        recruitment.appeal(what_appeal_rests_on(state, g, p), weights_of_appeal(parameters)),
        attacks.as_pay(parameters.attacks_fee),
    )
    return attacks.for_hire(
        world.poverty[p],
        accepted,
        state.pay_share[g],
        parameters.attacks_offers,
    )


@compiled
def harmed_by(world: World, parameters: Parameters, g: int, where: int, drawn: float) -> int:
    """People whom one attack of a group harms, by where it falls."""
    return attacks.harmed(
        drawn,
        world.attack_severity[g],
        int(where == Ground.CITY),
        parameters.attacks_mounted_least,
        parameters.attacks_mounted_exponent,
        parameters.attacks_carried_least,
        parameters.attacks_carried_exponent,
    )


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
) -> int:
    """Write down so many attacks of one kind in one place, who is hired for them and whom they harm.

    Returns to how many of them men of the group went who may fall: to those outside held ground for
    which nobody was hired.
    """
    where, target = divmod(kind, TARGETS)
    state.attacks[g, p, target] += count
    if where != Ground.INSIDE:
        state.attacks_outside[g] += count
    if where == Ground.CITY:
        state.attacks_in_cities[g, p] += count
    take_loot(world, parameters, state, g, p, kind, count)
    for_hire = 0.0
    if where != Ground.INSIDE:  # only here, since most places see no attack in a week
        for_hire = share_for_hire(world, parameters, state, g, p)
    own = 0
    for ordinal in range(count):
        who = pack(kind, p, g, DecisionMaker.CELL, ordinal)
        if where != Ground.INSIDE:
            asked = random_numbers.draw(world, Decision.HIRED, who, week)
            hired = int(attacks.is_hired(asked, for_hire))
            state.attackers_hired[g] += hired
            own += 1 - hired
        drawn = random_numbers.draw(world, Decision.SEVERITY, who, week)
        harmed = harmed_by(world, parameters, g, where, drawn)
        if target == Target.CIVILIANS:
            state.civilians_harmed[g, p] += harmed
        elif harmed > 0:
            state.state_harmed[g] += harmed
            rounding = random_numbers.draw(world, Decision.FATAL, who, week)
            killed = attacks.killed(harmed, rounding, parameters.attacks_fatal)
            if killed > 0:
                mourn(world, state, g, p, killed, who, week)
        if harmed >= GREAT_ATTACK:
            note_great_attack(state, week, group=g, place=p, target=target, harmed=harmed)
    return own


@compiled
def look_for_sanctuary(world: World, state: State, g: int, sanctuary: Flags) -> None:
    """Fill `sanctuary` with the places in which the group attacks nobody."""
    for p in range(world.places):
        forces, peaceful = 0, 0
        for f in range(world.forces):
            if state.stationed[f, p] >= 0:
                forces += 1
                peaceful += leaves_alone(world, state, f, g, p)
        sanctuary[p] = attacks.sanctuary(forces, peaceful)


@compiled
def look_for_cities(world: World, sanctuary: Flags, p: int, pulls: Numbers) -> float:
    """Fill `pulls` with how much cities draw the men of a place: its own city, then one a border.

    None in the group's sanctuary draws them. Returns the sum.
    """
    start, stop = world.border_start[p], world.border_start[p + 1]
    pulls[0] = 0.0 if sanctuary[p] else attacks.city_pull(world.city_draw[p], 1.0)
    pull = pulls[0]
    for b in range(start, stop):
        q = world.border_to[b]
        pulls[1 + b - start] = 0.0
        if not sanctuary[q]:
            pulls[1 + b - start] = attacks.city_pull(world.city_draw[q], world.border_nearness[b])
        pull += pulls[1 + b - start]
    return pull


@compiled
def carry_into_cities(
    world: World,
    p: int,
    by_man: float,
    beyond: float,
    carried_share: float,
    pulls: Numbers,
    pull: float,
    from_here: Numbers,
    carried: Numbers,
) -> None:
    """Fill `from_here` with the attacks that the men of a place carry into each city in reach.

    They are added to `carried`, which counts by city those from all places.
    """
    start, stop = world.border_start[p], world.border_start[p + 1]
    for k in range(1 + stop - start):
        q = p if k == 0 else world.border_to[start + k - 1]
        from_here[k] = attacks.carried(
            by_man, beyond, carried_share, attacks.share_of_pull(pulls[k], pull)
        )
        carried[q] += from_here[k]


@compiled
def lose_those_sent(
    world: World,
    parameters: Parameters,
    state: State,
    g: int,
    p: int,
    from_here: Numbers,
    carried: Numbers,
    sent: Numbers,
) -> None:
    """Lose men of a place who were sent into cities: by what was to be expected from here, of all.

    `sent` are the attacks on each city to which men of the group went, from wherever.
    """
    start, stop = world.border_start[p], world.border_start[p + 1]
    for k in range(1 + stop - start):
        q = p if k == 0 else world.border_to[start + k - 1]
        if sent[q] > 0.0:  # rests on `attacks.sent_from`: of none sent none are lost
            state.attackers_lost[g, p] += attacks.attackers_lost(
                attacks.sent_from(sent[q], from_here[k], carried[q]), parameters.attacks_men_lost
            )


@compiled
def attack(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """One group's attacks this week, by place, target and whether it holds the ground.

    Men in held districts attack where they stand; of the others' attacks a share goes into cities
    within reach of where they stand, by the group's network. Attacks outside held ground cost attackers
    and money, felt next week. In its sanctuary it attacks nobody.
    """
    begin_with_attacks(state, g)
    men = men_now(world, state, g)
    if sum(men) == 0 or world.full[g] == 0 or parameters.attacks_on == 0:
        return
    held, places = state.held[g], world.places
    sanctuary = np.zeros(places, np.uint8)
    look_for_sanctuary(world, state, g, sanctuary)
    in_held, beyond, carried_share = np.empty(places), np.empty(places), np.zeros(places)
    pull, pull_in_all, carried = np.zeros(places), 0.0, np.zeros(places)
    pulls = np.empty((places, 1 + places))  # no place has more borders than there are others
    from_here = np.empty((places, 1 + places))
    for p in range(places):
        in_held[p] = attacks.in_held(held[p], parameters.attacks_concentration)
        beyond[p] = attacks.beyond(float(men[p]), in_held[p])
        if men[p] > 0:  # rests on `attacks.carried`: nobody carries anything anywhere
            pull[p] = look_for_cities(world, sanctuary, p, pulls[p])
            pull_in_all += pull[p]
    each = attacks.rate(
        1.0, world.attacks[g], state.capability[g], parameters.attacks_capability_weight
    )
    state.network[g] = attacks.next_network(
        state.network[g], pull_in_all, parameters.attacks_network_speed
    )
    for p in range(places):
        if men[p] > 0:
            carried_share[p] = attacks.carried_share(
                pull[p], state.network[g], parameters.attacks_reach
            )
            carry_into_cities(
                world,
                p,
                each,
                beyond[p],
                carried_share[p],
                pulls[p],
                pull[p],
                from_here[p],
                carried,
            )
    soft = np.empty(2)  # of attacks mounted where the men are, and of those carried into cities
    for in_city in range(2):
        soft[in_city] = attacks.soft_share(
            state.capability[g],
            float(in_city),
            world.civilian_targeting[g],
            parameters.attacks_soft_tendency,
            parameters.attacks_soft_weight,
            parameters.attacks_city_softness,
        )
    drawn = np.empty((ATTACK_KINDS, world.places))
    for kind in range(ATTACK_KINDS):
        who = world.attack_ids[g, kind]
        random_numbers.draws(world, Decision.ATTACKS, who, week, drawn[kind])
    sent = np.zeros(places)
    for p in range(world.places):
        if sanctuary[p]:
            continue
        inside = attacks.inside(each, float(men[p]), in_held[p])
        outside = attacks.outside(each, beyond[p], carried_share[p])
        for kind in range(ATTACK_KINDS):
            where, target = divmod(kind, TARGETS)
            on_civilians = int(target == Target.CIVILIANS)
            if where == Ground.CITY:
                mean = attacks.on_target(carried[p], soft[1], on_civilians)
            else:
                mean = attacks.on_target(
                    inside if where == Ground.INSIDE else outside, soft[0], on_civilians
                )
            count = random_numbers.poisson(mean, drawn[kind, p])
            if count > 0:
                own = float(count_attacks(world, parameters, state, week, g, p, kind, count))
                if where == Ground.CITY:
                    sent[p] += own
                else:
                    state.attackers_lost[g, p] += attacks.attackers_lost(
                        own, parameters.attacks_men_lost
                    )
    for p in range(places):
        if men[p] > 0:
            lose_those_sent(world, parameters, state, g, p, from_here[p], carried, sent)
    state.attack_bill[g] = attacks.bill(
        float(state.attacks_outside[g]),
        float(state.attackers_hired[g]),
        world.attack_price[g],
        parameters.attacks_price,
        parameters.attacks_fee,
    )
