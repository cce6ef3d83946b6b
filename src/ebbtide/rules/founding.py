"""A group is founded by a dated event: men who cross over, men and money from elsewhere.

Announced in January 2015 under a former commander of another group, out of one province (¶6).
Claims: launch, poach-ttp.
"""

PARAMETERS: dict[str, dict] = {}


def crosses_over(luck: float, share: float) -> bool:
    """Whether a man of a seeding faction is among the founders: his draw falls below the share."""
    return luck < share
