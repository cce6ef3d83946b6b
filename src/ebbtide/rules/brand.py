"""A group's name: what it promises to those who might join or pledge.

Each week it closes a share `speed` of the gap to its resting level (`morale.towards`).
"""

import math
from typing import NamedTuple

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "a brand stays as it started, but for pledges"

PARAMETERS = {
    "speed": Parameter(
        "1/week", 0.0, 1.0, "share of the gap to its resting level that a brand closes in a week"
    ),
    "centre_weight": Parameter(
        "logits", 0.0, 20.0, "gain of brand from a centre in full health and of full brand"
    ),
    "momentum_weight": Parameter("logits", 0.0, 20.0, "change of brand for a momentum of 1"),
    "media_weight": Parameter("logits", 0.0, 20.0, "gain of brand from no to full media reach"),
    "command_weight": Parameter("logits", 0.0, 20.0, "fall of brand from the best leaders to none"),
    "memory": Parameter("1/week", 0.0, 1.0, "weight of the newest week in momentum"),
    "growth_scale": Parameter(
        "1/week", 1e-4, 1.0, "weekly growth of a group that brings its momentum to 0.76 if it lasts"
    ),
}


class Circumstances(NamedTuple):
    """What a group's name rests on."""

    base: float
    centre: float
    momentum: float
    media: float
    command: float


class Weights(NamedTuple):
    """What each of them counts for."""

    centre_weight: float
    momentum_weight: float
    media_weight: float
    command_weight: float


@rule("momentum + memory * (tanh(growth / growth_scale) - momentum)", within=(-1.0, 1.0))
def next_momentum(momentum: float, growth: float, memory: float, growth_scale: float) -> float:
    """The sense of winning a week later, after a weekly growth rate of the group.

    `growth` is the change of its fighters in a week relative to the week before.
    """
    return momentum + memory * (math.tanh(growth / growth_scale) - momentum)


@rule(
    "logistic(logit(min(max(base, 1e-6), 1 - 1e-6)) + centre_weight * centre"
    " + momentum_weight * momentum + media_weight * (media - 0.5)"
    " + command_weight * (command - 0.5))",
    within=(0.0, 1.0),
)
def resting_brand(circumstances: Circumstances, weights: Weights) -> float:
    """The brand towards which a group's name drifts.

    `centre` is the health (0 to 1) of the centre that stands behind the group, times that centre's
    own brand.
    """
    within = min(max(circumstances.base, 1e-6), 1.0 - 1e-6)
    score = (
        math.log(within / (1.0 - within))
        + weights.centre_weight * circumstances.centre
        + weights.momentum_weight * circumstances.momentum
        + weights.media_weight * (circumstances.media - 0.5)
        + weights.command_weight * (circumstances.command - 0.5)
    )
    return 1.0 / (1.0 + math.exp(-score))


@rule("health * behind", within=(0.0, 1.0))
def standing_behind(health: float, behind: float) -> float:
    """What there is of a centre for a group: how well it stands, as far as it stands behind it."""
    return health * behind


@rule("health * brand", within=(0.0, 1.0))
def centre_behind(health: float, brand: float) -> float:
    """What a centre lends to the name of a group: its own, as far as it stands."""
    return health * brand


@rule("(men - men_before) / men_before if men_before > 0 else 0", source=BY_DEFINITION)
def growth(men: float, men_before: float) -> float:
    """Weekly growth of a group, relative to the week before; none of one that had no men."""
    return (men - men_before) / men_before if men_before > 0.0 else 0.0
