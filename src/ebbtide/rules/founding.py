"""A group is founded by a dated event: men who cross over, men and money from elsewhere."""

import math

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


@rule("1 if near == 1 else far", within=(0.0, 1.0))
def reach(near: int, far: float) -> float:
    """Chance that a man of a place crosses to the founders, relative to one near them.

    `near` is 1 in a founding place or beside one and 0 elsewhere: those whom an offensive drove over
    the border meet the new group there. Where the event states shares by place, they stand instead.
    """
    return 1.0 if near == 1 else far


@rule("share * reach", within=(0.0, "share"))
def crossing_share(share: float, reach: float) -> float:
    """The share of a seeding faction's men in a place who cross over to the founders.

    `share` is the seed share that the event states for the faction, `reach` how much of it holds in
    the place.
    """
    return share * reach


@rule("1 if named == 1 else 0", within=(0.0, 1.0), source=BY_DEFINITION)
def share_of_named(named: int) -> float:
    """The probability that a leader crosses where founders have named each who does: those go for sure."""
    return 1.0 if named == 1 else 0.0


@rule("(nth + 1) % posts", within=(0.0, "posts"), source=BY_DEFINITION)
def asked(nth: int, posts: int) -> int:
    """The rank of the holder of a post who is asked as the nth (from 0) to go with founders.

    They are asked by rank, but the head (rank 0) last.
    """
    return (nth + 1) % posts


@rule("expected >= gone + 0.5", source=BY_DEFINITION)
def leader_goes(expected: float, gone: int) -> bool:
    """Whether one more holder of a post goes with founders who take a stated share of them.

    `expected` is the sum of the shares over the holders asked so far, `gone` how many of them go: so
    the share holds to half a man, evenly over the ranks, and which of them go is no matter of luck.
    """
    return expected >= gone + 0.5


@rule("rank * groups + group", within=(0.0, math.inf), source=BY_DEFINITION)
def turn(rank: int, group: int, groups: int) -> int:
    """When one who goes with founders is given a post of the new group: the lowest first.

    They are given in the order of their ranks; of equal ranks to the group that the scenario has first.
    """
    return rank * groups + group


@rule("since >= 0 and since <= week and week <= founding_week", source=BY_DEFINITION)
def promised(week: int, since: int, founding_week: int) -> bool:
    """Whether a faction stands by a promise to a group that is yet to be founded.

    `since` is the week of the promise, -1 for none. The share of its men that will cross over goes
    nowhere else meanwhile, and its group counts them as gone; they cross late in the founding week.
    """
    return since >= 0 and since <= week and week <= founding_week


@rule("event > asked_by", source=BY_DEFINITION)
def has_its_men(event: int, asked_by: int) -> bool:
    """Whether a founding gets the men of a faction that another of its week asks for too (`asked_by`).

    Of several the last in the scenario's order does; `asked_by` is -1 where none has asked.
    """
    return event > asked_by


@rule("drawn < share", source=BY_DEFINITION)
def crosses_over(drawn: float, share: float) -> bool:
    """Whether a man of a seeding faction is among the founders: his draw falls below the share."""
    return drawn < share


@rule("1 if founding_place == 1 or beside == 1 else 0", within=(0.0, 1.0))
def near(founding_place: int, beside: int) -> int:
    """Whether a place is near a founding: one of its places, or across a border from one."""
    return 1 if founding_place == 1 or beside == 1 else 0
