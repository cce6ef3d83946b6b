"""What a force knows: the share of its fire that is aimed.

Intelligence rises with attention and with the trust of locals, and falls where insurgents have
their support and where the terrain hides them. Kress and Szechtman (2009). Claims: strikes,
local-need, backlash.
"""

import math

PARAMETERS = {
    "support_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("strikes", "local-need"),
        "meaning": "fall of intelligence from no to full local support for the group",
    },
    "cover_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("strikes",),
        "meaning": "fall of intelligence from open ground to high mountains",
    },
    "locals_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("backlash", "no-friends"),
        "meaning": "gain of intelligence from full tribal resistance",
    },
}  # fmt: skip


def level(
    best: float,
    attention: float,
    support: float,
    cover: float,
    resistance: float,
    support_weight: float,
    cover_weight: float,
    locals_weight: float,
) -> float:
    """The share (0 to best) of a force's fire on a group in a place that is aimed.

    mu = best * attention * logistic(support_weight * (0.5 - support) - cover_weight * (cover - 0.5)
    + locals_weight * resistance). That mu rises with popular support for the state is Kress and
    Szechtman (2009); the logistic form is assumed. ¶11, ¶14. Claims: strikes, local-need, backlash.
    """
    score = (
        support_weight * (0.5 - support) - cover_weight * (cover - 0.5) + locals_weight * resistance
    )
    return best * attention / (1.0 + math.exp(-score))
