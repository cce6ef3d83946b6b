"""What a step by hand reads of a week: cells, draws, hostilities and weights."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from ebbtide.engine import random_numbers
from ebbtide.rules import recruitment, rivalry


def cells(world: SimpleNamespace) -> list[tuple[int, int]]:
    return [(g, p) for g in range(world.fixed.groups) for p in range(world.fixed.places)]


def drawn(world: SimpleNamespace, decision: int, who: int) -> float:
    return random_numbers.uniform(world.fixed.key0, world.fixed.key1, decision, who, world.week)


def hostility(world: SimpleNamespace, g: int, other: int) -> float:
    own, others = world.fixed.hostility[g, other], world.fixed.hostility[other, g]
    return rivalry.hostility(own, others, world.state.levers.truce[g, other])


def at_peace(world: SimpleNamespace, f: int) -> np.ndarray:
    """By group and place, whether a force and a group leave each other alone: 1 or 0."""
    levers = world.state.levers
    sought = levers.strikes[f] + levers.raids[f] + levers.offensive[f]
    return (world.fixed.spares[f][:, None] == 1) * (sought == 0) * 1


def weights_of(kind: Any, mechanism: str, rules: Any) -> Any:
    return kind(**{name: getattr(rules, f"{mechanism}_{name}") for name in kind._fields})


def appeal_of(world: SimpleNamespace, g: int, p: int) -> float:
    """The appeal of a group in a place when it attacks and recruits."""
    state = world.state
    return recruitment.appeal(
        recruitment.Circumstances(
            state.brand[g], state.momentum[g], state.command[g], state.cohesion[g],
            state.ground[g], state.pay_share[g], state.support[g, p], state.risk[g, p],
        ),
        weights_of(recruitment.Weights, "recruitment", world.rules),
    )  # fmt: skip


def fire(world: SimpleNamespace, g: int, p: int, exposure: float) -> float:
    """The chance that a man so exposed falls to forces, to rivals or in an attack of his group."""
    men = float(world.men[g, p])
    if men == 0.0:
        return 0.0
    attackers = world.before.attackers_lost[g, p]
    sides = [*(world.state.force_hit[:, g, p] * exposure), world.state.rival_hit[g, p], attackers]
    return min(
        world.rules.targeting_fire_highest, 1 - np.prod([1 - min(1, hit / men) for hit in sides])
    )
