"""Fire from all sides on the men of a group: how likely one falls, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.rules import attacks, displacement, rivalry, targeting
from ebbtide.world.codes import End

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.columns import Numbers
    from ebbtide.world.state import State
    from ebbtide.world.world import World

BY_FORCES, BY_RIVALS, ATTACKING = (
    int(end) for end in (End.KILLED, End.KILLED_BY_RIVALS, End.KILLED_ATTACKING)
)


@compiled
def exposure_of(parameters: Parameters, state: State, g: int, p: int, stranger: float) -> float:
    """How exposed a man of the group is there, by how far he is a stranger."""
    return targeting.exposure(state.support[g, p], stranger, parameters.targeting_outsider_weight)


@compiled
def risk_of_fire(
    world: World, parameters: Parameters, state: State, g: int, p: int, stranger: float
) -> float:
    """Weekly probability that a man of the group falls to fire there, by how far he is a stranger."""
    if state.hit[g, p] <= 0.0:
        return 0.0  # rests on `targeting.struck` and `targeting.fire_hazard`: nobody is hit
    men, spared = float(state.group_men[g, p]), 1.0
    exposure = exposure_of(parameters, state, g, p, stranger)
    for f in range(world.forces):
        hit = targeting.exposed_to(state.force_hit[f, g, p], exposure)
        spared = displacement.spared(spared, targeting.struck(hit, men))
    spared = displacement.spared(spared, targeting.struck(state.rival_hit[g, p], men))
    spared = displacement.spared(spared, targeting.struck(state.attackers_lost[g, p], men))
    return targeting.fire_hazard(spared, parameters.targeting_fire_highest)


@compiled
def whose_fire(
    parameters: Parameters,
    state: State,
    g: int,
    p: int,
    stranger: float,
    at: float,
    by_forces: Numbers,
) -> tuple[int, float]:
    """How a man who falls to fire ends, and how far his draw fell into the forces' shares.

    `at` is how far into the hazard it fell (0 to 1); fills `by_forces` with those shares.
    """
    exposure = exposure_of(parameters, state, g, p, stranger)
    rivals, attackers = state.rival_hit[g, p], state.attackers_lost[g, p]
    hit = rivals + attackers
    for f in range(by_forces.size):
        by_forces[f] = targeting.exposed_to(state.force_hit[f, g, p], exposure)
        hit += by_forces[f]
    if rivalry.killed_by_rivals(at, hit, rivals):
        return BY_RIVALS, 0.0
    left = rivalry.after_rivals(at, hit, rivals)
    if attacks.fell_attacking(left, attackers):
        return ATTACKING, 0.0
    return BY_FORCES, attacks.after_attackers(left, attackers)
