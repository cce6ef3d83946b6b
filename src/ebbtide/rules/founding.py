"""A group is founded by a dated event: men who cross over, men and money from elsewhere."""

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "no group is founded during the run"

PARAMETERS = {
    "far": Parameter(
        "ratio",
        0.0,
        1.0,
        "chance that a man far from the founding places crosses, relative to one near",
    ),
}


@rule("share if near == 1 else far * share", within=(0.0, "share"))
def crossing_share(share: float, near: int, far: float) -> float:
    """The share of a seeding faction's men in a place who cross over to the founders.

    `near` is 1 in a founding place or beside one and 0 elsewhere: those whom an offensive drove over
    the border meet the new group there. `share` is the seed share that the event states for the
    faction.
    """
    return share if near == 1 else far * share


@rule("since >= 0 and since <= week and week <= founding_week", source=BY_DEFINITION)
def promised(week: int, since: int, founding_week: int) -> bool:
    """Whether a faction stands by a promise to a group that is yet to be founded.

    `since` is the week of the promise, -1 for none. The share of its men that will cross over goes
    nowhere else meanwhile, and its group counts them as gone; they cross late in the founding week.
    """
    return since >= 0 and since <= week and week <= founding_week


@rule("drawn < share", source=BY_DEFINITION)
def crosses_over(drawn: float, share: float) -> bool:
    """Whether a man of a seeding faction is among the founders: his draw falls below the share."""
    return drawn < share


@rule("1 if founding_place == 1 or beside == 1 else 0", within=(0.0, 1.0))
def near(founding_place: int, beside: int) -> int:
    """Whether a place is near a founding: one of its places, or across a border from one."""
    return 1 if founding_place == 1 or beside == 1 else 0
