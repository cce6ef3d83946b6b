"""A group's name: what it promises to those who might join or pledge.

Each week it closes a share `speed` of the gap to its resting level (`morale.towards`).
Claims: overshadow, foreign, magnets, recruits-lost, centre-falls.
"""

import math

PARAMETERS = {
    "speed": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("overshadow",),
        "meaning": "share of the gap to its resting level that a brand closes in a week",
    },
    "centre_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("centre-falls", "foreign"),
        "meaning": "gain of brand from a centre in full health and of full brand",
    },
    "momentum_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("overshadow",),
        "meaning": "change of brand for a momentum of 1",
    },
    "media_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("media",),
        "meaning": "gain of brand from no to full media reach",
    },
    "command_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("leaders-lost",),
        "meaning": "fall of brand from the best leaders to none",
    },
    "memory": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("overshadow", "recruits-lost"),
        "meaning": "weight of the newest week in momentum",
    },
    "growth_scale": {
        "unit": "1/week", "low": 1e-4, "high": 1.0, "claims": ("overshadow", "recruits-lost"),
        "meaning": "weekly growth of a group that brings its momentum to 0.76 if it lasts",
    },
}  # fmt: skip


def next_momentum(momentum: float, growth: float, memory: float, growth_scale: float) -> float:
    """The sense of winning (-1 to 1) a week later, after a weekly growth rate of the group.

    momentum + memory * (tanh(growth / growth_scale) - momentum), with growth the change of its
    fighters in a week relative to the week before. Form: assumed; ¶12, ¶15.
    Claims: overshadow, recruits-lost, morale.
    """
    return momentum + memory * (math.tanh(growth / growth_scale) - momentum)


def resting_brand(
    base: float,
    centre: float,
    momentum: float,
    media: float,
    command: float,
    centre_weight: float,
    momentum_weight: float,
    media_weight: float,
    command_weight: float,
) -> float:
    """The brand (0 to 1) towards which a group's name drifts.

    logistic(logit(base) + centre_weight * centre + momentum_weight * momentum + media_weight *
    (media - 0.5) + command_weight * (command - 0.5)), with centre the health (0 to 1) of the
    centre that stands behind the group, times that centre's own brand. Form: assumed; ¶4, ¶10,
    ¶12. Claims: overshadow, foreign, magnets, centre-falls.
    """
    within = min(max(base, 1e-6), 1.0 - 1e-6)
    score = (
        math.log(within / (1.0 - within))
        + centre_weight * centre
        + momentum_weight * momentum
        + media_weight * (media - 0.5)
        + command_weight * (command - 0.5)
    )
    return 1.0 / (1.0 + math.exp(-score))
