"""Fighters and commanders change sides.

A multinomial logit with staying as its base: each other group has a weight, the product of its
reach and of exponentials of scores, and the hazard grows with the sum of weights. Christia (2012),
Seymour (2014) and Staniland (2012) name the causes: who wins, what the other side offers, and feuds
over who leads (cited from memory); the form is assumed, and no weekly rate is published.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "nobody changes sides but by founding and pledge"

PARAMETERS = {
    "highest": Parameter(
        "1/week", 0.0, 0.1, "highest weekly probability that a fighter changes sides by himself"
    ),
    "command_highest": Parameter(
        "1/week",
        0.0,
        0.2,
        "highest weekly probability that a local command changes sides, pledges aside",
    ),
    "follow": Parameter("share", 0.0, 1.0, "share of a commander's men who follow him"),
    "gathers": Parameter(
        "share",
        0.0,
        1.0,
        "share of commanders going over who bring their men to the new group; others stay in place",
    ),
    "smallest_command": Parameter(
        "men", 1.0, 1e4, "men in a place from which on they have a commander of their own"
    ),
    "tendency": Parameter(
        "logits",
        -20.0,
        10.0,
        "score of joining an equal group that courts nobody, for men without cohesion, discontent "
        "or enmity",
    ),
    "courting_weight": Parameter(
        "logits",
        0.0,
        20.0,
        "rise of the score from a group that courts nobody to one that does all",
    ),
    "pay_weight": Parameter(
        "logits", 0.0, 20.0, "rise of the score when the other side pays a factor e more"
    ),
    "brand_weight": Parameter("logits", 0.0, 20.0, "rise of the score for a brand higher by 1"),
    "decline_weight": Parameter(
        "logits", 0.0, 20.0, "rise of the score for a momentum of the other side higher by 1"
    ),
    "cohesion_weight": Parameter(
        "logits", 0.0, 20.0, "rise of the score from full to no cohesion of one's own group"
    ),
    "discontent_weight": Parameter(
        "logits",
        0.0,
        20.0,
        "rise of the score from no to full discontent of one's faction, in full dispute",
    ),
    "belief_weight": Parameter(
        "logits", 0.0, 20.0, "fall of the score for beliefs that lie 1 apart"
    ),
    "hostility_weight": Parameter(
        "logits",
        0.0,
        20.0,
        "fall of the score towards a group that one's own fights with all its might",
    ),
    "contact_scale": Parameter(
        "men", 1.0, 1e5, "men of a group near by that put 63% of others within its reach"
    ),
}


@rule("1 - exp(-(men + men_near) / contact_scale)", within=(0.0, 1.0))
def contact(men: float, men_near: float, contact_scale: float) -> float:
    """How far a group is within reach of others in a place.

    The men in neighbouring places are weighted by nearness: those pushed over the border meet new
    company.
    """
    return 1.0 - math.exp(-(men + men_near) / contact_scale)


@rule(
    "exp(brand_weight * brand + pay_weight * log(max(pay, 1)) + decline_weight * momentum)",
    within=(0.0, math.inf),
)
def pull(
    brand: float, pay: float, momentum: float, brand_weight: float, pay_weight: float,
    decline_weight: float,
) -> float:  # fmt: skip
    """exp of what draws men to a group: brand, the pay that it does pay (USD/month), momentum."""
    return math.exp(
        brand_weight * brand + pay_weight * math.log(max(pay, 1.0)) + decline_weight * momentum
    )


@rule("pull * exp(cohesion_weight * cohesion)", within=(0.0, math.inf))
def hold(pull: float, cohesion: float, cohesion_weight: float) -> float:
    """exp of what keeps a man where he is: his own group's pull and cohesion."""
    return pull * math.exp(cohesion_weight * cohesion)


@rule(
    "exp(-belief_weight * abs(belief - other_belief) - hostility_weight * hostility)",
    within=(0.0, 1.0),
)
def openness(
    belief: float, other_belief: float, hostility: float, belief_weight: float,
    hostility_weight: float,
) -> float:  # fmt: skip
    """How open men of one group are to another: less for other beliefs and for enemies.

    `hostility` is that of their own group towards the other.
    """
    return math.exp(-belief_weight * abs(belief - other_belief) - hostility_weight * hostility)


@rule("exp(courting_weight * courts)", within=(1.0, math.inf))
def courtship(courts: float, courting_weight: float) -> float:
    """exp of what draws men to a group that sends for them: envoys, offers, oaths taken.

    `courts` is how far a group tries to unite others under itself. Few do.
    """
    return math.exp(courting_weight * courts)


@rule("exp(tendency + discontent_weight * discontent * dispute)", within=(0.0, math.inf))
def grievance(
    discontent: float, dispute: float, tendency: float, discontent_weight: float
) -> float:
    """exp of the tendency to change sides of a faction with this discontent.

    It counts as far as it is disputed who leads the group (`cohesion.disputed`), and is 0 in a group
    without factions.
    """
    return math.exp(tendency + discontent_weight * discontent * dispute)


@rule("grievance * (1 - promised)", within=(0.0, "grievance"))
def unpromised(grievance: float, promised: float) -> float:
    """What is left of a faction's tendency to go elsewhere when a share has promised to go."""
    return grievance * (1.0 - promised)


@rule("contact * pull * courtship * openness * grievance / hold", within=(0.0, math.inf))
def weight(
    contact: float, pull: float, courtship: float, openness: float, hold: float, grievance: float
) -> float:
    """Weight of one other group against staying (whose weight is 1)."""
    return contact * pull * courtship * openness * grievance / hold


@rule(
    "highest * total_weight / (1 + total_weight)",
    within=(0.0, "highest"),
    parameters={"highest": ("highest", "command_highest")},
)
def hazard(total_weight: float, highest: float) -> float:
    """Weekly probability of changing sides, from the summed weights; of a man, or of a command."""
    return highest * total_weight / (1.0 + total_weight)


@rule("men >= smallest_command")
def commanded(men: float, smallest_command: float) -> bool:
    """Whether the men of a faction in a place have a commander who can take them along."""
    return men >= smallest_command


@rule("drawn < hazard", source=BY_DEFINITION)
def command_leaves(drawn: float, hazard: float) -> bool:
    """Whether a local command goes over this week."""
    return drawn < hazard


@rule("1 if leads == 1 else follow", within=(0.0, 1.0))
def loyalty(leads: int, follow: float) -> float:
    """The chance that a man goes over with his command: who holds a post in it leads the others."""
    return 1.0 if leads == 1 else follow


@rule("drawn < loyalty", source=BY_DEFINITION)
def follows(drawn: float, loyalty: float) -> bool:
    """Whether a man goes over with his command: his draw falls below the chance."""
    return drawn < loyalty


@rule("drawn < gathers")
def brings_men(drawn: float, gathers: float) -> bool:
    """Whether a commander who goes over brings his men to where the new group is, or holds out."""
    return drawn < gathers


@rule("drawn / gathers if gathers > 0 else 0", within=(0.0, math.inf), source=BY_DEFINITION)
def drawn_among(drawn: float, gathers: float) -> float:
    """The same draw among those who bring their men, uniform there: it says to which place."""
    return drawn / gathers if gathers > 0.0 else 0.0


@rule("men / of_all if of_all > 0 else 0", within=(0.0, math.inf))
def gathering(men: float, of_all: float) -> float:
    """The chance that a command that goes over brings its men to a place: by the new group's men."""
    return men / of_all if of_all > 0.0 else 0.0


@rule("share * men", within=(0.0, "men"))
def leaving_soon(share: float, men: float) -> float:
    """Men whom a group counts as gone: the promised share of a faction."""
    return share * men


@rule("men - leaving", source=BY_DEFINITION)
def staying(men: float, leaving: float) -> float:
    """Men whom a group counts as its own, without those whom it counts as gone (`leaving_soon`)."""
    return men - leaving


@rule("men")
def drawing_newcomers(men: int) -> int:
    """What draws a newcomer to one of his new group's factions: its men where he is.

    He joins the faction that draws most, of equal ones the first; the counts are those with which the
    week began.
    """
    return men


@rule("nearness * men", within=(0.0, "men"))
def near_by(nearness: float, men: float) -> float:
    """Men of a neighbouring place who are within reach of a place, by the tie of the two."""
    return nearness * men
