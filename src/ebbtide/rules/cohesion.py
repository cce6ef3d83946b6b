"""Whether a group holds together: shaken by the loss of leaders, mended by time."""

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "cohesion stays as it started"

PARAMETERS = {
    "recovery": Parameter("1/week", 0.0, 1.0, "share of the lost cohesion regained in a week"),
    "head_shock": Parameter(
        "share", 0.0, 1.0, "share of cohesion lost when the head of the group is lost"
    ),
    "leader_shock": Parameter(
        "share",
        0.0,
        1.0,
        "share of cohesion lost when all other leaders are lost, less in proportion",
    ),
}


@rule(
    "(cohesion + recovery * (base - cohesion)) * (1 - shock)",
    within=(0.0, 1.0),
    literature="Price (2012) against Jordan (2009) on whether decapitation ends groups",
)
def next_cohesion(cohesion: float, base: float, shock: float, recovery: float) -> float:
    """Cohesion a week later: a share `shock` is lost, a share `recovery` of the gap mended.

    So the loss of a leader lowers cohesion for a time.
    """
    return (cohesion + recovery * (base - cohesion)) * (1.0 - shock)


@rule(
    "1 - (1 - head_shock * min(1, head_lost))"
    " * (1 - leader_shock * (min(1, leaders_lost / (posts - 1)) if posts > 1 else 0))",
    within=(0.0, 1.0),
)
def shock(
    head_lost: float, leaders_lost: float, posts: float, head_shock: float, leader_shock: float
) -> float:
    """Share of cohesion lost in a week when `head_lost` heads and `leaders_lost` others fell.

    A loss can do no harm but never mends a group, although the literature disagrees on the sign.
    """
    others = leaders_lost / (posts - 1.0) if posts > 1.0 else 0.0
    return 1.0 - (1.0 - head_shock * min(1.0, head_lost)) * (1.0 - leader_shock * min(1.0, others))


@rule("1 - (1 - one) * (1 - other)", within=(0.0, 1.0))
def joined(one: float, other: float) -> float:
    """Two shocks of one week as one: each takes its share of what the other leaves."""
    return 1.0 - (1.0 - one) * (1.0 - other)
