"""Whether a group holds together: shaken by the loss of leaders, mended by time.

Claims: decapitated-rival, leaders-lost.
"""

PARAMETERS = {
    "recovery": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("decapitated-rival",),
        "meaning": "share of the lost cohesion regained in a week",
    },
    "head_shock": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("decapitated-rival",),
        "meaning": "share of cohesion lost when the head of the group is lost",
    },
    "leader_shock": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("leaders-lost",),
        "meaning": "share of cohesion lost when all other leaders are lost, less in proportion",
    },
}  # fmt: skip


def next_cohesion(cohesion: float, base: float, shock: float, recovery: float) -> float:
    """Cohesion (0 to 1) a week later: a share `shock` is lost, a share `recovery` of the gap mended.

    (cohesion + recovery * (base - cohesion)) * (1 - shock). Losing a leader lowers cohesion for a
    time (¶5). Whether decapitation ends groups is disputed: Price (2012) against Jordan (2009).
    Form: assumed. Claims: decapitated-rival, leaders-lost.
    """
    return (cohesion + recovery * (base - cohesion)) * (1.0 - shock)


def shock(
    head_lost: float, leaders_lost: float, posts: float, head_shock: float, leader_shock: float
) -> float:
    """Share of cohesion lost in a week when `head_lost` (0 or 1) and `leaders_lost` others fell.

    1 - (1 - head_shock * head lost) * (1 - leader_shock * min(1, leaders lost / (posts - 1))). A
    loss can do no harm but never mends a group, although the literature disagrees on the sign.
    Form: assumed; ¶5, ¶12. Claims: decapitated-rival, leaders-lost.
    """
    others = leaders_lost / (posts - 1.0) if posts > 1.0 else 0.0
    return 1.0 - (1.0 - head_shock * head_lost) * (1.0 - leader_shock * min(1.0, others))
