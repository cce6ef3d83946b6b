"""The mood of a group's men in a place: pay, losses, leaders and the sense of winning.

Claims: morale, recruits-lost.
"""

import math

PARAMETERS = {
    "speed": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("morale",),
        "meaning": "share of the gap to its resting level that morale closes in a week",
    },
    "pay_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("morale", "money-crisis"),
        "meaning": "fall of morale from full pay to none",
    },
    "momentum_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("morale",),
        "meaning": "change of morale for a momentum of 1",
    },
    "command_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("morale", "leaders-lost"),
        "meaning": "fall of morale from the best leaders to none",
    },
    "losses_weight": {
        "unit": "logits", "low": 0.0, "high": 500.0, "claims": ("morale",),
        "meaning": "fall of morale for a weekly risk of death of 1",
    },
}  # fmt: skip


def resting_morale(
    pay_share: float,
    momentum: float,
    command: float,
    risk: float,
    pay_weight: float,
    momentum_weight: float,
    command_weight: float,
    losses_weight: float,
) -> float:
    """The morale (0 to 1) towards which men drift.

    logistic(pay_weight * (pay share - 0.5) + momentum_weight * momentum + command_weight *
    (command - 0.5) - losses_weight * risk). Form: assumed; ¶15. Claims: morale.
    """
    score = (
        pay_weight * (pay_share - 0.5)
        + momentum_weight * momentum
        + command_weight * (command - 0.5)
        - losses_weight * risk
    )
    return 1.0 / (1.0 + math.exp(-score))


def towards(level: float, target: float, speed: float) -> float:
    """A level a week later that closes a share `speed` of its gap to `target`."""
    return level + speed * (target - level)
