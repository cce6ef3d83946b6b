"""Attacks: how many, on whom, where, and how bad.

Attacks are Poisson in the men who can mount them (Kaplan, Mintz, Mishal and Samban 2005). A weaker
group turns from hard targets to civilians; it strikes cities that it does not hold; casualties are
heavy-tailed. Claims: soft-targets, reach, still-deadly.
"""

import math

PARAMETERS = {
    "soft_tendency": {
        "unit": "logits", "low": -10.0, "high": 10.0, "claims": ("soft-targets",),
        "meaning": "score of choosing civilians at middling capability",
    },
    "soft_weight": {
        "unit": "logits", "low": 0.0, "high": 20.0, "claims": ("soft-targets",),
        "meaning": "rise of that score from full to no capability",
    },
    "capability_weight": {
        "unit": "ratio", "low": 0.0, "high": 5.0, "claims": ("no-operations",),
        "meaning": "power of capability to which the rate of attacks is proportional",
    },
    "reach": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("reach",),
        "meaning": "share of its attacks that a group carries into cities within its network's reach",
    },
    "severity_exponent": {
        "unit": "exponent", "low": 1.5, "high": 5.0, "claims": ("still-deadly",),
        "meaning": "power-law exponent of the number harmed in one attack",
    },
    "severity_least": {
        "unit": "people", "low": 0.1, "high": 100.0, "claims": ("still-deadly",),
        "meaning": "scale of the number harmed: the least of the power law before rounding",
    },
    "men_lost": {
        "unit": "men/attack", "low": 0.0, "high": 10.0, "claims": ("reach",),
        "meaning": "attackers lost in an attack outside held ground, in expectation",
    },
    "price": {
        "unit": "thousand USD/attack", "low": 0.0, "high": 1e3, "claims": ("reach", "money-crisis"),
        "meaning": "money spent on an attack outside held ground",
    },
}  # fmt: skip

LARGEST_HARM = 5000.0


def capability(command: float, cohesion: float, pay_share: float) -> float:
    """A group's capability to operate, 0 to 1: the mean of command, cohesion and pay share.

    Form: assumed; ¶12, ¶14 name leaders, organisation and money. Claims: soft-targets,
    no-operations.
    """
    return (command + cohesion + pay_share) / 3.0


def soft_share(capability: float, soft_tendency: float, soft_weight: float) -> float:
    """The share (0 to 1) of attacks that go at civilians.

    logistic(soft_tendency + soft_weight * (0.5 - capability)).
    That civilians are attacked more after leaders are lost is what Abrahms and Mierau (2017) find
    in Afghanistan and Pakistan; that capability is what matters is assumed. ¶1, ¶14.
    Claims: soft-targets.
    """
    return 1.0 / (1.0 + math.exp(-(soft_tendency + soft_weight * (0.5 - capability))))


def rate(men: float, each: float, capability: float, capability_weight: float) -> float:
    """Attacks a week, in expectation: each / 1000 * men * (2 * capability)^weight.

    `each` counts attacks a week by 1,000 fighters at middling capability, `weight` is
    `capability_weight`. Kaplan and others (2005); bigger groups attack more often (Clauset and
    Gleditsch 2012). Claims: no-operations.
    """
    if men <= 0.0 or capability <= 0.0:
        return 0.0
    return each / 1000.0 * men * math.exp(capability_weight * math.log(2.0 * capability))


def city_pull(city: float, people: float, contact: float) -> float:
    """How much a city draws attacks: city share * people * contact (0 to 1) of the group there.

    Networks last longer than ground: contact depends on all men near by, not on what is held.
    ¶1, ¶2. Form: assumed. Claims: reach.
    """
    return city * people * contact


def harmed(luck: float, severity_least: float, severity_exponent: float) -> int:
    """People killed or injured in one attack: a power law by inversion of a uniform draw.

    floor(least * (1 - luck)^(-1 / (exponent - 1))), at most 5,000; where `severity_least` is below 1
    some attacks harm nobody. Bohorquez and others (2009) find exponents near 2.5 in nine
    insurgencies; severity does not grow with the size of the group (Clauset and Gleditsch 2012).
    Claims: still-deadly.
    """
    drawn = severity_least * math.exp(-math.log(1.0 - luck) / (severity_exponent - 1.0))
    return math.floor(min(drawn, LARGEST_HARM))
