"""How a state force comes to attend to a group: slowly at first, faster as it becomes visible.

Governments that underestimate a new group let it rise (¶3); a force that tracks it from its first
day starts with high attention (¶11). Claims: inattention, strikes.
"""

import math

PARAMETERS = {
    "rise": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("inattention",),
        "meaning": "share of the missing attention gained a week when a group is fully visible",
    },
    "fade": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("inattention",),
        "meaning": "share of attention lost a week when a group is not visible at all",
    },
    "men_scale": {
        "unit": "men", "low": 1.0, "high": 1e6, "claims": ("inattention",),
        "meaning": "men in a force's places that make a group 63% visible",
    },
    "violence_scale": {
        "unit": "people/week", "low": 0.1, "high": 1e5, "claims": ("inattention",),
        "meaning": "people killed or injured a week that make a group 63% visible",
    },
}  # fmt: skip


def visibility(men: float, violence: float, men_scale: float, violence_scale: float) -> float:
    """How visible a group is to a force, 0 to 1.

    Visibility = 1 - exp(-(men / men_scale + violence / violence_scale)): size and violence add
    up, with diminishing returns. Form: assumed; ¶3. Claims: inattention.
    """
    return 1.0 - math.exp(-(men / men_scale + violence / violence_scale))


def next_attention(attention: float, visible: float, rise: float, fade: float) -> float:
    """A force's attention (0 to 1) to a group a week later.

    Attention' = attention + rise * visible * (1 - attention) - fade * (1 - visible) * attention,
    which stays in 0..1 for rates in 0..1. Form: assumed; ¶3, ¶11. Claims: inattention.
    """
    return attention + rise * visible * (1.0 - attention) - fade * (1.0 - visible) * attention
