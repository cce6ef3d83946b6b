"""Rival groups fight where they meet.

Claims: no-friends, overshadow, umbrella.
"""

PARAMETERS = {
    "deadliness": {
        "unit": "1/week", "low": 0.0, "high": 0.2, "claims": ("no-friends", "overshadow"),
        "meaning": "men each side loses a week for each pair of men who face each other at full hostility",
    },
}  # fmt: skip


def men_lost(men: float, rivals: float, hostility: float, deadliness: float) -> float:
    """Men whom each side loses a week in a place, in expectation.

    deadliness * hostility * 2 * men * rivals / (men + rivals): the smaller side sets how much
    fighting there is, and as many fall on both sides, so that a surrounded minority is worn down and
    not routed. ¶6, ¶10, ¶15. Form: assumed. Claims: no-friends, overshadow.
    """
    if men <= 0.0 or rivals <= 0.0:
        return 0.0
    return deadliness * hostility * 2.0 * men * rivals / (men + rivals)


def hostility(one: float, other: float, truce: float) -> float:
    """Hostility (0 to 1) between two groups: the greater of both sides' own, less what a truce stills.

    ¶15. Claims: no-friends.
    """
    return max(one, other) * (1.0 - truce)
