"""Men go home or give themselves up when the pay stops and the mood is lost.

Claims: morale, money-crisis.
"""

import math

PARAMETERS = {
    "highest": {
        "unit": "1/week", "low": 0.0, "high": 0.1, "claims": ("morale",),
        "meaning": "highest weekly probability that a fighter deserts",
    },
    "tendency": {
        "unit": "logits", "low": -10.0, "high": 10.0, "claims": ("morale",),
        "meaning": "score of deserting when paid in full and of middling morale",
    },
    "arrears_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("money-crisis",),
        "meaning": "rise of that score when no wage is paid at all",
    },
    "morale_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("morale",),
        "meaning": "rise of that score from highest to lowest morale",
    },
    "surrender_highest": {
        "unit": "1/week", "low": 0.0, "high": 0.1, "claims": ("morale",),
        "meaning": "highest weekly probability that a fighter surrenders to the state",
    },
    "surrender_tendency": {
        "unit": "logits", "low": -10.0, "high": 10.0, "claims": ("morale",),
        "meaning": "score of surrendering at middling morale without an amnesty",
    },
    "amnesty_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("morale",),
        "meaning": "rise of that score under a full amnesty",
    },
}  # fmt: skip


def desertion_hazard(
    pay_share: float,
    morale: float,
    highest: float,
    tendency: float,
    arrears_weight: float,
    morale_weight: float,
) -> float:
    """Weekly probability that a fighter goes home; at most `highest`.

    highest * logistic(tendency + arrears_weight * (1 - pay share) + morale_weight * (0.5 - morale)).
    Arrears and lost morale raise leaving (¶15). Form: assumed. Claims: morale, money-crisis.
    """
    score = tendency + arrears_weight * (1.0 - pay_share) + morale_weight * (0.5 - morale)
    return highest / (1.0 + math.exp(-score))


def surrender_hazard(
    morale: float,
    amnesty: float,
    highest: float,
    tendency: float,
    morale_weight: float,
    amnesty_weight: float,
) -> float:
    """Weekly probability that a fighter gives himself up; at most `highest`.

    highest * logistic(tendency + morale_weight * (0.5 - morale) + amnesty_weight * amnesty).
    Form: assumed. Claims: morale.
    """
    score = tendency + morale_weight * (0.5 - morale) + amnesty_weight * amnesty
    return highest / (1.0 + math.exp(-score))
