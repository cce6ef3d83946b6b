"""How men join: the poor for pay, the like-minded for the cause, foreigners for the brand.

The rate is men who recruit times the share of the pool not yet taken (so that recruitment alone
follows a logistic curve), times the probability that a man approached says yes (a logit; assumed).
Whether pay recruits is disputed: Berman, Callen, Felter and Shapiro (2011) find no more violence
where work is scarce. Claims: magnets, recruits-lost, poor-recruits, media, foreign.
"""

import math

PARAMETERS = {
    "rate": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("magnets",),
        "meaning": "men whom a recruiter approaches with success a week when all say yes",
    },
    "pool_poor": {
        "unit": "share", "low": 0.0, "high": 0.1, "claims": ("magnets", "poor-recruits"),
        "meaning": "share of the people who are poor, young, male and could be hired, at full poverty",
    },
    "pool_like_minded": {
        "unit": "share", "low": 0.0, "high": 0.1, "claims": ("magnets",),
        "meaning": "share of the people who could be won for the cause, at full sympathy",
    },
    "least_freedom": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("magnets",),
        "meaning": "freedom to recruit in open country that the state rules without tribes",
    },
    "media_men": {
        "unit": "men", "low": 0.0, "high": 1e4, "claims": ("media",),
        "meaning": "recruiters that full media reach is worth in a place of full sympathy",
    },
    "poor_tendency": {
        "unit": "logits", "low": -10.0, "high": 10.0, "claims": ("poor-recruits",),
        "meaning": "score of a poor man's yes when the pay equals the outside wage",
    },
    "like_minded_tendency": {
        "unit": "logits", "low": -10.0, "high": 10.0, "claims": ("magnets",),
        "meaning": "score of a like-minded man's yes with everything middling",
    },
    "outside_wage": {
        "unit": "USD/month", "low": 1.0, "high": 1e5, "claims": ("poor-recruits",),
        "meaning": "what a young man earns otherwise",
    },
    "wage_weight": {
        "unit": "logits/log", "low": 0.0, "high": 20.0, "claims": ("poor-recruits", "recruits-lost"),
        "meaning": "rise of a poor man's score when the pay grows by a factor e",
    },
    "money_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("recruits-lost",),
        "meaning": "fall of the score from full pay to none (logistics included)",
    },
    "brand_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("recruits-lost", "magnets"),
        "meaning": "rise of the score from no to full brand",
    },
    "momentum_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("recruits-lost",),
        "meaning": "change of the score for a momentum of 1 (winning mood)",
    },
    "command_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("recruits-lost",),
        "meaning": "fall of the score from the best leaders to none",
    },
    "cohesion_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("recruits-lost",),
        "meaning": "fall of the score from full to no cohesion (capability)",
    },
    "ground_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("recruits-lost",),
        "meaning": "rise of the score from no to all districts held (places)",
    },
    "support_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("magnets", "backlash"),
        "meaning": "rise of the score from no to full local support",
    },
    "risk_weight": {
        "unit": "logits", "low": 0.0, "high": 500.0, "claims": ("recruits-lost",),
        "meaning": "fall of the score for a weekly risk of death of 1",
    },
}  # fmt: skip


def appeal(
    brand: float, momentum: float, command: float, cohesion: float, held: float, pay_share: float,
    support: float, risk: float, brand_weight: float, momentum_weight: float,
    command_weight: float, cohesion_weight: float, ground_weight: float, money_weight: float,
    support_weight: float, risk_weight: float,
) -> float:  # fmt: skip
    """A group's appeal in a place (logits), zero when all is middling, unthreatened and landless.

    The five causes of lost recruits in ¶12 each have a term: capability (cohesion), leaders
    (command), places (held), money (pay share) and the winning mood (momentum); beside them stand
    the brand, local support and the risk of death. Form: assumed. Claims: recruits-lost, magnets.
    """
    return (
        brand_weight * (brand - 0.5)
        + momentum_weight * momentum
        + command_weight * (command - 0.5)
        + cohesion_weight * (cohesion - 0.5)
        + ground_weight * held
        + money_weight * (pay_share - 0.5)
        + support_weight * (support - 0.5)
        - risk_weight * risk
    )


def acceptance(score: float) -> float:
    """Probability that a man approached says yes: logistic(score)."""
    return 1.0 / (1.0 + math.exp(-score))


def poor_score(
    tendency: float, appeal: float, pay: float, outside_wage: float, wage_weight: float
) -> float:
    """A poor man's score: tendency + appeal / 4 + wage_weight * log(pay / outside wage).

    Pay recruits the poor even when belief does not (¶13): the cause counts a quarter of what it
    counts for the like-minded (guess). Form: assumed; evidence against a strong effect of pay:
    Berman, Callen, Felter and Shapiro (2011). Claims: poor-recruits.
    """
    return tendency + 0.25 * appeal + wage_weight * math.log(max(pay, 1.0) / outside_wage)


def pool(people: float, share: float, reach: float, support: float) -> float:
    """Men in a place who could be won: people * share * reach * support.

    `reach` is the place's poverty (for the hired) or sympathy (for the like-minded). ¶3, ¶13.
    Form: assumed. Claims: magnets, poor-recruits.
    """
    return people * share * reach * support


def freedom(held: float, cover: float, tribal: float, least_freedom: float) -> float:
    """How freely a group recruits in a place, 0 to 1.

    held + (1 - held) * (least + (1 - least) * (cover + tribal) / 2): full freedom in held ground,
    elsewhere as far as terrain and tribal order keep the state's eyes away. ¶3 (easy borders,
    location). Form: assumed. Claims: magnets.
    """
    hidden = least_freedom + (1.0 - least_freedom) * 0.5 * (cover + tribal)
    return held + (1.0 - held) * hidden


def untaken(pool: float, taken: float) -> float:
    """The share of a pool of men not yet taken, 0 to 1.

    Armed men of every group are taken from the poor; from the like-minded each other group takes
    as many as its openness to this one says (`switching.openness`). Claims: magnets.
    """
    if pool <= 0.0:
        return 0.0
    return max(0.0, 1.0 - taken / pool)


def joining(recruiters: float, rate: float, untaken: float, acceptance: float) -> float:
    """Men who join a week, in expectation: rate * recruiters * untaken * acceptance.

    With acceptance constant, dn/dt = r * n * (1 - n / K). Claims: magnets.
    """
    return rate * recruiters * untaken * acceptance


def foreign(best: float, brand: float, centre: float, border_control: float) -> float:
    """Men from abroad a week, in expectation: best * brand * centre * (1 - border control).

    The inflow follows the group's brand, in which its centre's has a part (`brand.py`), and the
    centre's health (1 for a group that has none). ¶10. Form: assumed.
    Claims: foreign, centre-falls.
    """
    return best * brand * centre * (1.0 - border_control)
