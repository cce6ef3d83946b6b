"""What forces bring against groups, place by place: what offensives weigh, and the pressure felt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.peace import leaves_alone
from ebbtide.rules import attention, displacement, targeting

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


class Among(NamedTuple):
    """What a force shares its fire among: men of all groups who draw it, and who meet its offensives.

    `stretched` (1 or more) is how far it is asked for more fire than it has.
    """

    of_all: float
    under_offensive: float
    stretched: float


@compiled
def capacity_of(world: World, state: State, k: int) -> float:
    """What contingent `k` of a force can hit a week at full aim, as it is deployed now."""
    return targeting.deployed(world.contingent_capacity[k], state.scale[k])


@compiled
def targets_under(others: float, targets: Numbers, acts: Numbers) -> float:
    """The men who draw a force's fire in all places at which policy aims acts of one kind.

    `others` are those of other groups under acts that groups share.
    """
    under = others
    for p in range(targets.size):
        under += targeting.under_act(targets[p], acts[p])
    return under


class Facing(NamedTuple):
    """A force against the men of a group in a place: what it could hit a week, and what it knows."""

    capacity: float
    known: float
    men: float
    population: float


@compiled
def weight_here(
    parameters: Parameters, strength: float, targets: float, among: float, facing: Facing
) -> float:
    """What an effort of a force against a group weighs in a place.

    `targets` are the group's men there who draw its fire, `among` all whom the effort is aimed at.
    """
    if strength <= 0.0:
        return 0.0  # rests on `targeting.weight_on` and `targeting.weight_awaiting`
    if facing.men == 0.0:
        return targeting.weight_awaiting(strength, facing.capacity)
    met = targeting.share_of_fire(targets, among)
    brought = targeting.men_hit(facing.capacity, met, facing.known, facing.men, facing.population)
    return targeting.weight_on(strength, brought, facing.men, parameters.targeting_half_fire)


@compiled
def routine_against(world: World, state: State, f: int, g: int) -> float:
    """The share of its capacity that a force would spend by itself on a group, wherever it is."""
    return attention.routine_fire(world.routine[f], state.attention_paid[f, g])


@compiled
def usual_effort(world: World, state: State, f: int, g: int, p: int, routine: float) -> float:
    """What it spends there in a place without any act of policy; `routine` is `routine_against`."""
    return targeting.routine_effort(
        routine,
        state.levers.community_engagement[g, p],
        state.resistance[g, p],
        float(world.local[f]),
    )


@compiled
def press(
    world: World,
    parameters: Parameters,
    state: State,
    f: int,
    k: int,
    g: int,
    among: Among,
    targets: Numbers,
) -> None:
    """Set what its offensives weigh and its pressure on one group, wherever contingent `k` operates.

    Men who come to a place where their group has none yet will meet it.
    """
    stationed, men, known = state.stationed[f], state.group_men[g], state.intelligence[f, g]
    pressure, onslaught = state.force_pressure[f, g], state.force_onslaught[f, g]
    strikes, offensive = state.levers.strikes[f, g], state.levers.offensive[f, g]
    under_strike = targets_under(0.0, targets, strikes)
    routine = routine_against(world, state, f, g)
    capacity, population = capacity_of(world, state, k), world.population
    for p in range(world.places):
        if stationed[p] != k:
            continue
        facing = Facing(capacity, known[p], float(men[p]), population[p])
        ordered = targeting.given(offensive[p], among.stretched)
        onslaught[p] = weight_here(parameters, ordered, targets[p], among.under_offensive, facing)
        usual = 0.0
        if leaves_alone(world, state, f, g, p) == 0:
            asked = usual_effort(world, state, f, g, p, routine)
            usual = targeting.given(asked, among.stretched)
        directed = targeting.given(strikes[p], among.stretched)
        pressure[p] = displacement.pressure(
            targeting.standing_weight(
                weight_here(parameters, usual, targets[p], among.of_all, facing),
                weight_here(parameters, directed, targets[p], under_strike, facing),
            ),
            onslaught[p],
            parameters.displacement_effort_weight,
        )
