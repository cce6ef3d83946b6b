"""The mood of a group's men in a place: pay, losses, leaders and the sense of winning."""

import math
from typing import NamedTuple

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "morale stays as it started"

PARAMETERS = {
    "speed": Parameter(
        "1/week", 0.0, 1.0, "share of the gap to its resting level that morale closes in a week"
    ),
    "tendency": Parameter(
        "logits",
        -10.0,
        10.0,
        "score of the resting morale of men paid in full, under the best leaders, without losses, neither"
        " winning nor losing",
    ),
    "pay_weight": Parameter("logits", 0.0, 20.0, "fall of morale from full pay to none"),
    "momentum_weight": Parameter("logits", 0.0, 20.0, "change of morale for a momentum of 1"),
    "command_weight": Parameter(
        "logits", 0.0, 20.0, "fall of morale from the best leaders to none"
    ),
    "losses_weight": Parameter(
        "logits", 0.0, 500.0, "fall of morale for a weekly risk of death of 1"
    ),
}


class Circumstances(NamedTuple):
    """What men's mood rests on; `risk` is their weekly risk of death."""

    pay_share: float
    momentum: float
    command: float
    risk: float


class Weights(NamedTuple):
    """What men's mood is when all is well, and what each of those counts for."""

    tendency: float
    pay_weight: float
    momentum_weight: float
    command_weight: float
    losses_weight: float


@rule(
    "logistic(tendency - pay_weight * (1 - pay_share) + momentum_weight * momentum"
    " - command_weight * (1 - command) - losses_weight * risk)",
    within=(0.0, 1.0),
)
def resting_morale(circumstances: Circumstances, weights: Weights) -> float:
    """The morale towards which men drift: what they lack in pay and leaders lowers it, as losses do."""
    score = (
        weights.tendency
        - weights.pay_weight * (1.0 - circumstances.pay_share)
        + weights.momentum_weight * circumstances.momentum
        - weights.command_weight * (1.0 - circumstances.command)
        - weights.losses_weight * circumstances.risk
    )
    return 1.0 / (1.0 + math.exp(-score))


@rule("men > 0 or voice > 0 or held > 0 or supporters > 0")
def at_work(men: float, voice: float, held: float, supporters: float) -> bool:
    """Whether a group is at work in a place: with men, media, ground or supporters.

    `voice` is what its media are worth in men at most. Where it is not at work the mood stays as it was,
    and nothing else of it is there to change.
    """
    return men > 0.0 or voice > 0.0 or held > 0.0 or supporters > 0.0


@rule(
    "level + speed * (target - level)",
    within=(0.0, 1.0),
    parameters={"speed": ("speed", "brand.speed")},
)
def towards(level: float, target: float, speed: float) -> float:
    """A level a week later that closes a share `speed` of its gap to `target`."""
    return level + speed * (target - level)
