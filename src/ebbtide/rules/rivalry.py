"""Rival groups fight where they meet."""

import math

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "rivals neither fight nor stand in the way"

PARAMETERS = {
    "deadliness": Parameter(
        "1/week",
        0.0,
        0.2,
        "men each side loses a week for each pair of men who face each other at full hostility",
    ),
}


@rule(
    "2 * deadliness * hostility * men * rivals / (men + rivals) if men > 0 and rivals > 0 else 0",
    within=(0.0, math.inf),
)
def men_lost(men: float, rivals: float, hostility: float, deadliness: float) -> float:
    """Men whom each side loses a week in a place, in expectation.

    The smaller side sets how much fighting there is, and as many fall on both sides, so that a
    surrounded minority is worn down and not routed.
    """
    if men <= 0.0 or rivals <= 0.0:
        return 0.0
    return deadliness * hostility * 2.0 * men * rivals / (men + rivals)


@rule("max(one, other) * (1 - truce)", within=(0.0, 1.0))
def hostility(one: float, other: float, truce: float) -> float:
    """Hostility between two groups: the greater of both sides' own, less what a truce stills."""
    return max(one, other) * (1.0 - truce)


@rule("hostility * men", within=(0.0, "men"))
def facing(hostility: float, men: float) -> float:
    """Men of a rival who stand in the way of a group's ground, by the hostility between the two."""
    return hostility * men


@rule("drawn * hit < rival_hit")
def killed_by_rivals(drawn: float, hit: float, rival_hit: float) -> bool:
    """Whether a man who falls to fire falls to rivals: by their share of all men hit in his place.

    `rival_hit` are those of the `hit` whom rivals hit; whom forces hit count by his exposure.
    """
    return drawn * hit < rival_hit


@rule("drawn * hit - rival_hit")
def after_rivals(drawn: float, hit: float, rival_hit: float) -> float:
    """How far into the other men hit the draw of a man falls who did not fall to rivals (men)."""
    return drawn * hit - rival_hit
