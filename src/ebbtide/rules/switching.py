"""Fighters and commanders change sides.

A multinomial logit with staying as its base: each other group has a weight, the product of its
reach and of exponentials of scores, and the hazard grows with the sum of weights. Christia (2012),
Seymour (2014) and Staniland (2012) name the causes (cited from memory); the form is assumed, and no
weekly rate is published. Claims: poach-ttp, poach-others,
decapitated-rival, umbrella.
"""

import math

PARAMETERS = {
    "highest": {
        "unit": "1/week", "low": 0.0, "high": 0.1, "claims": ("poach-ttp", "poach-others"),
        "meaning": "highest weekly probability that a fighter changes sides by himself",
    },
    "command_highest": {
        "unit": "1/week", "low": 0.0, "high": 0.2, "claims": ("decapitated-rival",),
        "meaning": "highest weekly probability that a local command changes sides, pledges aside",
    },
    "follow": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("decapitated-rival",),
        "meaning": "share of a commander's men who follow him",
    },
    "smallest_command": {
        "unit": "men", "low": 1.0, "high": 1e4, "claims": ("decapitated-rival",),
        "meaning": "men in a place from which on they have a commander of their own",
    },
    "tendency": {
        "unit": "logits", "low": -20.0, "high": 10.0, "claims": ("poach-ttp",),
        "meaning": "score of joining an equal group, for men without cohesion, discontent or enmity",
    },
    "pay_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("poach-ttp",),
        "meaning": "rise of the score when the other side pays a factor e more",
    },
    "brand_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("poach-ttp",),
        "meaning": "rise of the score for a brand higher by 1",
    },
    "decline_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("poach-ttp",),
        "meaning": "rise of the score for a momentum of the other side higher by 1",
    },
    "cohesion_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("decapitated-rival",),
        "meaning": "rise of the score from full to no cohesion of one's own group",
    },
    "discontent_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("poach-ttp",),
        "meaning": "rise of the score from no to full discontent of one's faction",
    },
    "belief_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("poach-others",),
        "meaning": "fall of the score for beliefs that lie 1 apart",
    },
    "hostility_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("no-friends",),
        "meaning": "fall of the score towards a group that one's own fights with all its might",
    },
    "contact_scale": {
        "unit": "men", "low": 1.0, "high": 1e5, "claims": ("poach-ttp", "displacement"),
        "meaning": "men of a group near by that put 63% of others within its reach",
    },
}  # fmt: skip


def contact(men: float, men_near: float, contact_scale: float) -> float:
    """How far a group is within reach of others in a place, 0 to 1.

    1 - exp(-(men + men near) / contact_scale), with the men in neighbouring places weighted by
    nearness: those pushed over the border meet new company (¶4). Form: assumed.
    Claims: poach-ttp, displacement.
    """
    return 1.0 - math.exp(-(men + men_near) / contact_scale)


def pull(
    brand: float, pay: float, momentum: float, brand_weight: float, pay_weight: float,
    decline_weight: float,
) -> float:  # fmt: skip
    """exp of what draws men to a group: brand, the pay that it does pay (USD/month), momentum.

    exp(brand_weight * brand + pay_weight * log(max(pay, 1)) + decline_weight * momentum).
    ¶4, ¶5, ¶10. Claims: poach-ttp.
    """
    return math.exp(
        brand_weight * brand + pay_weight * math.log(max(pay, 1.0)) + decline_weight * momentum
    )


def hold(pull: float, cohesion: float, cohesion_weight: float) -> float:
    """exp of what keeps a man where he is: his own group's pull and cohesion.

    pull * exp(cohesion_weight * cohesion). ¶5. Claims: decapitated-rival.
    """
    return pull * math.exp(cohesion_weight * cohesion)


def openness(
    belief: float, other_belief: float, hostility: float, belief_weight: float,
    hostility_weight: float,
) -> float:  # fmt: skip
    """How open men of one group are to another, 0 to 1: less for other beliefs and for enemies.

    exp(-belief_weight * abs(belief - other_belief) - hostility_weight * hostility), with the
    hostility of their own group towards the other. ¶5, ¶15. Claims: poach-others, no-friends.
    """
    return math.exp(-belief_weight * abs(belief - other_belief) - hostility_weight * hostility)


def grievance(discontent: float, tendency: float, discontent_weight: float) -> float:
    """exp of the tendency to change sides of a faction with this discontent.

    exp(tendency + discontent_weight * discontent), the discontent being 0 in a group without
    factions. ¶4, ¶5. Claims: poach-ttp.
    """
    return math.exp(tendency + discontent_weight * discontent)


def weight(contact: float, pull: float, openness: float, hold: float, grievance: float) -> float:
    """Weight of one other group against staying (whose weight is 1)."""
    return contact * pull * openness * grievance / hold


def hazard(total_weight: float, highest: float) -> float:
    """Weekly probability of changing sides, from the summed weights; at most `highest`.

    highest * total / (1 + total). Claims: poach-ttp, poach-others.
    """
    return highest * total_weight / (1.0 + total_weight)
