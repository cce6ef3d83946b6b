"""Whether a group holds together: shaken by the loss of leaders, mended by time.

What the loss of its leaders does to a group is disputed: Price (2012) finds decapitated groups
likelier to end, Jordan (2009) likelier to last. So a shock may have either sign. Both count leaders
who were killed or captured, and so does the shock; one who walks away leaves his post, no more.
"""

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "cohesion stays as it started, and no succession is disputed"

PARAMETERS = {
    "recovery": Parameter("1/week", 0.0, 1.0, "share of the lost cohesion regained in a week"),
    "head_shock": Parameter(
        "share",
        -1.0,
        1.0,
        "share of cohesion lost when the head falls; below zero: share of what is missing gained",
    ),
    "leader_shock": Parameter(
        "share",
        -1.0,
        1.0,
        "the same when all other leaders fall, less in proportion",
    ),
    "dispute_rise": Parameter(
        "share", 0.0, 1.0, "share of the way to full dispute that the loss of the head brings"
    ),
    "dispute_fade": Parameter(
        "1/week", 0.0, 1.0, "share of a dispute over who leads that is settled in a week"
    ),
}


@rule(
    "mended = cohesion + recovery * (base - cohesion);"
    " mended * (1 - shock) if shock > 0 else mended - shock * (1 - mended)",
    within=(0.0, 1.0),
    literature="Price (2012) against Jordan (2009) on whether decapitation ends groups",
)
def next_cohesion(cohesion: float, base: float, shock: float, recovery: float) -> float:
    """Cohesion a week later: a share `recovery` of the gap mended, a share `shock` lost.

    A shock below zero closes ranks: it is the share gained of what is missing. Either passes.
    """
    mended = cohesion + recovery * (base - cohesion)
    return mended * (1.0 - shock) if shock > 0.0 else mended - shock * (1.0 - mended)


@rule(
    "max(-1, 1 - (1 - head_shock * min(1, head_lost))"
    " * (1 - leader_shock * (min(1, leaders_lost / (posts - 1)) if posts > 1 else 0)))",
    within=(-1.0, 1.0),
)
def shock(
    head_lost: float, leaders_lost: float, posts: float, head_shock: float, leader_shock: float
) -> float:
    """Share of cohesion lost in a week when `head_lost` heads and `leaders_lost` others fell.

    Fallen are those killed or captured.
    """
    others = leaders_lost / (posts - 1.0) if posts > 1.0 else 0.0
    left = (1.0 - head_shock * min(1.0, head_lost)) * (1.0 - leader_shock * min(1.0, others))
    return max(-1.0, 1.0 - left)


@rule("max(-1, 1 - (1 - one) * (1 - other))", within=(-1.0, 1.0))
def joined(one: float, other: float) -> float:
    """Two shocks of one week as one: each takes its share of what the other leaves."""
    return max(-1.0, 1.0 - (1.0 - one) * (1.0 - other))


@rule("fell + went > 0")
def headless(fell: int, went: int) -> bool:
    """Whether it comes into dispute who leads: heads were lost, who fell or who went by themselves."""
    return fell + went > 0


@rule("dispute + rise * (1 - dispute)", within=(0.0, 1.0), parameters={"rise": ("dispute_rise",)})
def disputed(dispute: float, rise: float) -> float:
    """How far it is disputed who leads, once the head is lost or his death becomes known."""
    return dispute + rise * (1.0 - dispute)


@rule("dispute * (1 - dispute_fade)", within=(0.0, "dispute"))
def settled(dispute: float, dispute_fade: float) -> float:
    """The dispute a week later: a new leader is accepted in time."""
    return dispute * (1.0 - dispute_fade)
