"""Fire on fighters and leaders: aimed with intelligence, blind without.

Of a force's fire a share mu, its intelligence, is aimed; the rest falls on all who are there, armed
or not. After Deitchman (1962) and Kress and Szechtman (2009).
Claims: strikes, leaders-lost, killed, state-harm, local-need.
"""

import math

PARAMETERS = {
    "highest": {
        "unit": "1/week", "low": 0.0, "high": 0.2, "claims": ("killed", "strikes"),
        "meaning": "highest weekly probability that a fighter is killed outside offensives",
    },
    "arrest_highest": {
        "unit": "1/week", "low": 0.0, "high": 0.1, "claims": ("strikes",),
        "meaning": "highest weekly probability that a fighter is captured",
    },
    "leader_highest": {
        "unit": "1/week", "low": 0.0, "high": 0.5, "claims": ("leaders-lost",),
        "meaning": "highest weekly probability that a leader in a post is killed",
    },
    "leader_worth": {
        "unit": "ratio", "low": 0.0, "high": 1.0, "claims": ("leaders-lost",),
        "meaning": "leaders hit with the fire that would hit one fighter",
    },
    "outsider_weight": {
        "unit": "logs", "low": 0.0, "high": 5.0, "claims": ("local-need", "no-friends"),
        "meaning": "growth of exposure from full to no support: half for locals, 1.5 times for foreigners",
    },
}  # fmt: skip


def men_hit(
    capacity: float, effort: float, intelligence: float, men: float, people: float
) -> float:
    """Insurgents a force hits a week in a place, in expectation (men/week).

    capacity * effort * [mu + (1 - mu) * men / (men + people)]: fire that is not aimed hits
    insurgents by their share of all who are there, with mu the intelligence and `effort` the share
    of the force's capacity spent there. Kress and Szechtman (2009); ¶11. Claims: strikes.
    """
    return capacity * effort * (intelligence + (1.0 - intelligence) * men / (men + people))


def worthwhile(fire: float, intelligence: float, men: float, risk: float) -> float:
    """The share (0 to 1) of its fire that a force finds targets for.

    min(1, men * risk / (fire * intelligence)), and 1 when no fire is aimed, with `fire` the men that
    the force could hit a week and `risk` the highest weekly risk of death: aimed fire is not wasted
    on more targets than that, so that strikes fade as a group does. Form: assumed.
    Claims: strikes, state-harm.
    """
    aimed = fire * intelligence
    if aimed <= 0.0:
        return 1.0
    return min(1.0, men * risk / aimed)


def civilians_harmed(
    capacity: float, effort: float, intelligence: float, men: float, people: float, harm: float
) -> float:
    """Civilians killed or injured a week by that fire, in expectation (people/week).

    capacity * effort * harm * (1 - mu) * people / (men + people). Kress and Szechtman (2009).
    Claims: state-harm.
    """
    return capacity * effort * harm * (1.0 - intelligence) * people / (men + people)


def hazard(hit: float, men: float, exposure: float, highest: float) -> float:
    """Weekly probability that one of `men` fighters is among the `hit`; at most `highest`.

    highest * (1 - exp(-hit * exposure / (men * highest))): close to hit * exposure / men while that
    is small, and levels off below its bound. Form: assumed. Claims: killed, strikes.
    """
    if men <= 0.0 or highest <= 0.0:
        return 0.0
    return highest * (1.0 - math.exp(-hit * exposure / (men * highest)))


def exposure(support: float, foreign: float, outsider_weight: float) -> float:
    """How exposed a fighter is relative to a local with half of the people behind his group.

    exp(outsider_weight * (0.5 + foreign) * (0.5 - support)), with foreign 1 for a man from abroad
    and 0 for a local: without local support foreigners cannot survive (¶14). Form: assumed.
    Claims: local-need, no-friends.
    """
    return math.exp(outsider_weight * (0.5 + foreign) * (0.5 - support))
