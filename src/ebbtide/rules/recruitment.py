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
        "meaning": "men whom a recruiter approaches a week where he is free and the pool untouched",
    },
    "pool_poor": {
        "unit": "share", "low": 0.0, "high": 0.1, "claims": ("magnets", "poor-recruits"),
        "meaning": "share of the people who are young, male and for hire, at full poverty and support",
    },
    "pool_like_minded": {
        "unit": "share", "low": 0.0, "high": 0.1, "claims": ("magnets",),
        "meaning": "share of the people who could be won for the cause, at full sympathy and support",
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
    "poor_appeal_weight": {
        "unit": "ratio", "low": 0.0, "high": 1.0, "claims": ("poor-recruits", "recruits-lost"),
        "meaning": "what the group's appeal counts for the poor, as against the like-minded",
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
    """Probability that a man approached says yes: logistic(score).

    The score of a like-minded man is `like_minded_tendency`, plus the appeal, plus the group's
    notoriety times `violence.draw`; that of a poor man is the next rule. Form: assumed.
    """
    return 1.0 / (1.0 + math.exp(-score))


def poor_score(
    tendency: float,
    appeal: float,
    pay: float,
    outside_wage: float,
    appeal_weight: float,
    wage_weight: float,
) -> float:
    """A poor man's score: tendency + appeal_weight * appeal + wage_weight * log(pay / outside wage).

    Pay recruits the poor even when belief does not (¶13): the cause counts for them a part
    (`appeal_weight`) of what it counts for the like-minded. `pay` is what the group does pay, at
    least 1 USD a month. Form: assumed; evidence against a strong effect of pay:
    Berman, Callen, Felter and Shapiro (2011). Claims: poor-recruits.
    """
    return tendency + appeal_weight * appeal + wage_weight * math.log(max(pay, 1.0) / outside_wage)


def pool(people: float, share: float, reach: float, support: float) -> float:
    """Men in a place who could be won: people * share * reach * support.

    `share` is `pool_poor` (of the hired) or `pool_like_minded`, `reach` the place's poverty or
    sympathy, `support` the local support for the group. ¶3, ¶13.
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

    max(0, 1 - taken / pool), and 0 where there is no pool. From the poor the armed men of all groups
    there are taken; from the like-minded those of the own group, and of each other as many as the
    own group is open to it (`switching.openness`). Claims: magnets.
    """
    if pool <= 0.0:
        return 0.0
    return max(0.0, 1.0 - taken / pool)


def joining(recruiters: float, rate: float, untaken: float, acceptance: float) -> float:
    """Men who join a week, in expectation: rate * recruiters * untaken * acceptance.

    `rate` is the rules' rate times the group's `recruitment` and its freedom there. With acceptance
    constant, dn/dt = r * n * (1 - n / K). Claims: magnets.
    """
    return rate * recruiters * untaken * acceptance


def foreign(best: float, brand: float, centre: float, border_control: float) -> float:
    """Men from abroad a week, in expectation: best * brand * centre * (1 - border control).

    `best` is the group's `foreign`. The inflow follows its brand, in which its centre's has a part,
    and the centre's health (1 for a group that has none). Form: assumed; ¶10.
    Claims: foreign, centre-falls.
    """
    return best * brand * centre * (1.0 - border_control)
