"""A group is founded by a dated event: men who cross over, men and money from elsewhere.

Announced in January 2015 under a former commander of another group, out of one province (¶6).
Claims: launch, poach-ttp.
"""

PARAMETERS = {
    "far": {
        "unit": "ratio", "low": 0.0, "high": 1.0, "claims": ("launch", "displacement"),
        "meaning": "chance that a man far from the founding places crosses, relative to one near",
    },
}  # fmt: skip


def crossing_share(share: float, near: int, far: float) -> float:
    """The share of a seeding faction's men in a place who cross over to the founders.

    share * (near + far * (1 - near)), with `near` 1 in a founding place or beside one and 0
    elsewhere: those whom an offensive drove over the border met the new group there (¶4). `share` is
    the seed share that the event states for the faction. Form: assumed.
    Claims: launch, poach-ttp, displacement.
    """
    return share if near == 1 else far * share


def crosses_over(luck: float, share: float) -> bool:
    """Whether a man of a seeding faction is among the founders: his draw falls below the share."""
    return luck < share
