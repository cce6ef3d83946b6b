"""Fire on fighters and leaders: aimed with intelligence, blind without.

Of a force's fire a share, its intelligence, is aimed; the rest falls on all who are there, armed
or not. After Deitchman (1962) and Kress and Szechtman (2009).
"""

import math

from ebbtide.rules.declaration import Parameter, rule

PARAMETERS = {
    "highest": Parameter(
        "1/week", 0.0, 0.2, "highest weekly probability that a fighter is killed outside offensives"
    ),
    "arrest_highest": Parameter(
        "1/week", 0.0, 0.1, "highest weekly probability that a fighter is captured"
    ),
    "leader_highest": Parameter(
        "1/week", 0.0, 0.5, "highest weekly probability that a leader in a post is killed"
    ),
    "leader_worth": Parameter(
        "ratio", 0.0, 1.0, "leaders hit with the fire that would hit one fighter"
    ),
    "outsider_weight": Parameter(
        "logs",
        0.0,
        5.0,
        "growth of exposure from full to no support: half for locals, 1.5 times for foreigners",
    ),
}


@rule(
    "capacity * effort * (intelligence + (1 - intelligence) * men / (men + people))",
    within=(0.0, math.inf),
    source="Kress and Szechtman (2009)",
)
def men_hit(
    capacity: float, effort: float, intelligence: float, men: float, people: float
) -> float:
    """Insurgents a force hits a week in a place, in expectation (men/week).

    Fire that is not aimed hits insurgents by their share of all who are there; `effort` is the share
    of the force's capacity spent there.
    """
    return capacity * effort * (intelligence + (1.0 - intelligence) * men / (men + people))


@rule(
    "min(1, men * highest / (fire * intelligence)) if fire * intelligence > 0 else 1",
    within=(0.0, 1.0),
)
def worthwhile(fire: float, intelligence: float, men: float, highest: float) -> float:
    """The share of its fire that a force finds targets for.

    `fire` is the men that the force could hit a week, and `highest` the highest weekly risk of death:
    aimed fire is not wasted on more targets than that, so that strikes fade as a group does.
    """
    aimed = fire * intelligence
    if aimed <= 0.0:
        return 1.0
    return min(1.0, men * highest / aimed)


@rule(
    "capacity * effort * harm * (1 - intelligence) * people / (men + people)",
    within=(0.0, math.inf),
    source="Kress and Szechtman (2009)",
)
def civilians_harmed(
    capacity: float, effort: float, intelligence: float, men: float, people: float, harm: float
) -> float:
    """Civilians killed or injured a week by that fire, in expectation (people/week)."""
    return capacity * effort * harm * (1.0 - intelligence) * people / (men + people)


@rule(
    "highest * (1 - exp(-hit * exposure / (men * highest))) if men > 0 and highest > 0 else 0",
    within=(0.0, "highest"),
    parameters={"highest": ("highest", "arrest_highest", "leader_highest")},
)
def hazard(hit: float, men: float, exposure: float, highest: float) -> float:
    """Weekly probability that one of `men` fighters (or leaders) is among the `hit` (or captured).

    Close to `hit * exposure / men` while that is small, and levels off below its bound.
    """
    if men <= 0.0 or highest <= 0.0:
        return 0.0
    return highest * (1.0 - math.exp(-hit * exposure / (men * highest)))


@rule("exp(outsider_weight * (0.5 + foreign) * (0.5 - support))", within=(0.0, math.inf))
def exposure(support: float, foreign: float, outsider_weight: float) -> float:
    """How exposed a fighter is relative to a local with half of the people behind his group.

    `foreign` is 1 for a man from abroad and 0 for a local: without local support foreigners cannot
    survive.
    """
    return math.exp(outsider_weight * (0.5 + foreign) * (0.5 - support))
