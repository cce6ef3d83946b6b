"""How men join: the poor for pay, the like-minded for the cause, foreigners for the brand.

The rate is men who recruit times the share of the pool not yet taken (so that recruitment alone follows
a logistic curve), times the probability that a man approached says yes. A place's pools are its own
people: men who came from elsewhere recruit there and take nothing from them, and whoever was recruited
there is taken as long as he serves, wherever he is. Whether pay recruits is disputed: Berman, Callen,
Felter and Shapiro (2011) find no more violence where work is scarce.
"""

import math
from typing import NamedTuple

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = (
    "nobody is recruited, nor hired for an attack: men come by founding, from allies and from other "
    "groups alone"
)

PARAMETERS = {
    "rate": Parameter(
        "1/week",
        0.0,
        1.0,
        "men whom a recruiter approaches a week where he is free and the pool untouched",
    ),
    "pool_poor": Parameter(
        "share",
        0.0,
        0.1,
        "share of the people who are young, male and for hire, at full poverty",
    ),
    "pool_like_minded": Parameter(
        "share",
        0.0,
        0.1,
        "share of the people who could be won for the cause, at full sympathy",
    ),
    "least_freedom": Parameter(
        "share", 0.0, 1.0, "freedom to recruit in open country where the state alone orders life"
    ),
    "outside": Parameter(
        "share",
        0.0,
        1.0,
        "freedom to recruit where a full group holds no ground and nobody sees it, as against held ground",
    ),
    "media_men": Parameter(
        "men", 0.0, 1e4, "recruiters that full media reach is worth in a place of full sympathy"
    ),
    "absorption": Parameter(
        "1/week",
        1e-4,
        10.0,
        "locals whom a group takes in a week for each of its men at most",
    ),
    "poor_tendency": Parameter(
        "logits",
        -10.0,
        10.0,
        "score of a poor man's yes to the same when the pay equals the outside wage",
    ),
    "like_minded_tendency": Parameter(
        "logits",
        -10.0,
        10.0,
        "score of a like-minded man's yes to a group in full force, all else middling",
    ),
    "outside_wage": Parameter("USD/month", 1.0, 1e5, "what a young man earns otherwise"),
    "poor_appeal_weight": Parameter(
        "ratio", 0.0, 1.0, "what the group's appeal counts for the poor, as against the like-minded"
    ),
    "wage_weight": Parameter(
        "logits/log", 0.0, 20.0, "rise of a poor man's score when the pay grows by a factor e"
    ),
    "money_weight": Parameter(
        "logits", 0.0, 20.0, "fall of the score from full pay to none (logistics included)"
    ),
    "brand_weight": Parameter("logits", 0.0, 20.0, "rise of the score from no to full brand"),
    "momentum_weight": Parameter(
        "logits", 0.0, 20.0, "change of the score for a momentum of 1 (winning mood)"
    ),
    "command_weight": Parameter(
        "logits", 0.0, 20.0, "fall of the score from the best leaders to none"
    ),
    "cohesion_weight": Parameter(
        "logits", 0.0, 20.0, "fall of the score from full to no cohesion (capability)"
    ),
    "ground_weight": Parameter(
        "logits",
        0.0,
        20.0,
        "fall of the score from the most ground that it has held to none (places)",
    ),
    "support_weight": Parameter(
        "logits", 0.0, 20.0, "rise of the score from no to full local support"
    ),
    "risk_weight": Parameter(
        "logits", 0.0, 500.0, "fall of the score for a weekly risk of death of 1"
    ),
}


class Circumstances(NamedTuple):
    """How a group stands in a place; `risk` is its men's weekly risk of death there."""

    brand: float
    momentum: float
    command: float
    cohesion: float
    ground: float
    pay_share: float
    support: float
    risk: float


class Weights(NamedTuple):
    """What each of them counts for."""

    brand_weight: float
    momentum_weight: float
    command_weight: float
    cohesion_weight: float
    ground_weight: float
    money_weight: float
    support_weight: float
    risk_weight: float


@rule(
    "brand_weight * (brand - 0.5) + momentum_weight * momentum - command_weight * (1 - command)"
    " - cohesion_weight * (1 - cohesion) - ground_weight * (1 - ground) - money_weight * (1 - pay_share)"
    " + support_weight * (support - 0.5) - risk_weight * risk"
)
def appeal(circumstances: Circumstances, weights: Weights) -> float:
    """A group's appeal in a place (logits): zero in full force, of middling name and support.

    In full force it has the best leaders, holds together, pays in full and has all the ground that it
    ever held. What it lacks of capability (cohesion), leaders (command), places (ground) and money (pay
    share) lowers the appeal; the winning mood (momentum) moves it, and so do the brand, local support and
    the risk of death. Momentum and leaders count a second time, and later, in the brand: a man sees how
    the group stands where he is, and hears what is made of it elsewhere.
    """
    return (
        weights.brand_weight * (circumstances.brand - 0.5)
        + weights.momentum_weight * circumstances.momentum
        - weights.command_weight * (1.0 - circumstances.command)
        - weights.cohesion_weight * (1.0 - circumstances.cohesion)
        - weights.ground_weight * (1.0 - circumstances.ground)
        - weights.money_weight * (1.0 - circumstances.pay_share)
        + weights.support_weight * (circumstances.support - 0.5)
        - weights.risk_weight * circumstances.risk
    )


@rule("logistic(score)", within=(0.0, 1.0))
def acceptance(score: float) -> float:
    """Probability that a man approached says yes.

    The score of a like-minded man is `like_minded_tendency`, plus the appeal, plus the group's
    notoriety times `violence.draw`; that of a poor man is the next rule.
    """
    return 1.0 / (1.0 + math.exp(-score))


@rule(
    "poor_tendency + poor_appeal_weight * appeal + wage_weight * log(max(pay, 1) / outside_wage)",
    literature="Berman, Callen, Felter and Shapiro (2011), against a strong effect of pay",
)
def poor_score(
    poor_tendency: float,
    appeal: float,
    pay: float,
    outside_wage: float,
    poor_appeal_weight: float,
    wage_weight: float,
) -> float:
    """A poor man's score.

    Pay recruits the poor even when belief does not: the cause counts for them a part of what it
    counts for the like-minded. `pay` is what the group does pay, at least 1 USD a month.
    """
    return (
        poor_tendency
        + poor_appeal_weight * appeal
        + wage_weight * math.log(max(pay, 1.0) / outside_wage)
    )


@rule(
    "population * share * reach",
    within=(0.0, "population"),
    parameters={"share": ("pool_poor", "pool_like_minded")},
)
def pool(population: float, share: float, reach: float) -> float:
    """Men in a place who could be won.

    `share` is `pool_poor` (of the hired) or `pool_like_minded`, `reach` the place's poverty or
    sympathy. Support for the group acts on how many say yes, and on nothing here.
    """
    return population * share * reach


@rule(
    "held + (1 - held) * (outside if full == 1 else 1)"
    " * (least_freedom + (1 - least_freedom) * (cover + local_institutions) / 2)",
    within=(0.0, 1.0),
    literature="Kalyvas (2006): control brings collaboration (from memory); its size is assumed",
)
def freedom(
    held: float,
    cover: float,
    local_institutions: float,
    full: int,
    least_freedom: float,
    outside: float,
) -> float:
    """How freely a group recruits in a place.

    Full freedom in held ground. Elsewhere as far as terrain and people's own order keep the state's eyes
    away, and of that the part that is to be had without control: who does not rule a village can
    neither protect those who join nor punish those who inform. The ground of a simple group (`full` 0) is
    not modelled: what control it has stands in its `recruitment`, and nothing is taken off.
    """
    hidden = least_freedom + (1.0 - least_freedom) * 0.5 * (cover + local_institutions)
    return held + (1.0 - held) * (outside if full == 1 else 1.0) * hidden


@rule("max(0, 1 - taken / pool) if pool > 0 else 0", within=(0.0, 1.0))
def untaken(pool: float, taken: float) -> float:
    """The share of a pool of men not yet taken.

    From the poor all are taken who were hired there and serve any group; from the like-minded those who
    were won there and serve the own group, and of each other as many as the own group is open to it
    (`switching.openness`). Men who were there at the start, came with a founding, from abroad or from
    allies were never of a pool.
    """
    if pool <= 0.0:
        return 0.0
    return max(0.0, 1.0 - taken / pool)


@rule("pace * recruiters * untaken * acceptance", within=(0.0, math.inf))
def joining(recruiters: float, pace: float, untaken: float, acceptance: float) -> float:
    """Men who join a week, in expectation.

    `pace` is how many men a recruiter approaches. With pace and acceptance constant, men who recruit
    themselves from a pool K grow from `s` as `dn/dt = r * n * (1 - (n - s) / K)`.
    """
    return pace * recruiters * untaken * acceptance


@rule("min(1, left_over / dues) if dues > 0 else 1", within=(0.0, 1.0))
def taken_on(left_over: float, dues: float) -> float:
    """The share of those who would serve for pay whom a group takes on: as many as it can pay.

    `dues` is what all of them would cost (thousand USD a week). Who comes for the cause is never sent
    away.
    """
    return min(1.0, left_over / dues) if dues > 0.0 else 1.0


@rule(
    "min(1, absorption * men / coming) if coming > 0 else 1",
    within=(0.0, 1.0),
    literature="Hegghammer (2013), cited from memory: recruiters vet those who come, which takes time",
)
def taken_in(coming: float, men: float, absorption: float) -> float:
    """The share of the locals who would join in a week whom a group of so many `men` takes in.

    Somebody must vouch for each of them, watch and train him, so that a group doubles no faster than
    its men can see to. The others are let go, and stay in the pool.
    """
    return min(1.0, absorption * men / coming) if coming > 0.0 else 1.0


@rule("coming * share", within=(0.0, "coming"), source=BY_DEFINITION)
def admitted(coming: float, share: float) -> float:
    """Of the men who would join in a week, those whom a group takes: a share of them."""
    return coming * share


NO_CENTRE = 1.0  # what comes to a group that has none waits for none


@rule("best * brand * centre * (1 - border_control)", within=(0.0, "best"))
def foreign(best: float, brand: float, centre: float, border_control: float) -> float:
    """Men from abroad a week, in expectation.

    `best` is the group's `foreign`. The inflow follows its brand, in which its centre's has a part,
    and the centre's health (`NO_CENTRE` for a group that has none).
    """
    return best * brand * centre * (1.0 - border_control)


@rule("men + media_men * media * sympathy", within=(0.0, math.inf))
def recruiters(men: float, media: float, sympathy: float, media_men: float) -> float:
    """Men who win others for the cause in a place, and what the group's media are worth in men."""
    return men + media_men * media * sympathy


@rule("rate * recruitment * freedom", within=(0.0, math.inf))
def pace(recruitment: float, freedom: float, rate: float) -> float:
    """Men whom one recruiter approaches a week: the rules' rate, the group's own and its freedom."""
    return rate * recruitment * freedom


@rule("like_minded_tendency + appeal + drawn_by_violence")
def like_minded_score(
    appeal: float, drawn_by_violence: float, like_minded_tendency: float
) -> float:
    """A like-minded man's score; what violence adds is the matter of `violence.attraction`."""
    return like_minded_tendency + appeal + drawn_by_violence


@rule("openness * men", within=(0.0, "men"))
def taken(openness: float, men: float) -> float:
    """Men of one group who are taken from the pool of another that is so open to it."""
    return openness * men


@rule("arrivals * men / total", within=(0.0, math.inf))
def arriving_here(arrivals: float, men: float, total: float) -> float:
    """Of men from abroad, those who come to a place: by the group's men there."""
    return arrivals * men / total


@rule("first")
def leading_faction(first: int) -> int:
    """The faction that stands for its group: the first that the scenario names.

    The group's media recruit for it, and men whom allies send or who come from elsewhere to a founding
    join it.
    """
    return first
