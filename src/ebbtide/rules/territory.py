"""Ground: the share of a place's districts that a group holds, and where it is said to be present.

Held ground follows armed strength against what stands against it. Presence is not control.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "no ground is held; presence is reported all the same"

PARAMETERS = {
    "men_a_district": Parameter(
        "men", 1.0, 1e5, "men that hold half of a place's districts, for each of its districts"
    ),
    "police": Parameter(
        "men/1000 people",
        0.0,
        100.0,
        "standing men of the state that a group must match to hold half of a place",
    ),
    "gain_speed": Parameter(
        "1/week", 0.0, 1.0, "share of the gap closed in a week when ground is gained"
    ),
    "loss_speed": Parameter(
        "1/week", 0.0, 1.0, "share of the gap closed in a week when ground is lost"
    ),
    "state_weight": Parameter(
        "ratio",
        0.0,
        1e3,
        "growth of what stands against a group under full state pressure, relative to none",
    ),
    "unseen": Parameter(
        "people",
        0.1,
        1e5,
        "affiliates in a place at whom a group is reported there in 63% of cases",
    ),
}


@rule(
    "own = men * (0.5 + command) * (0.5 + support); against ="
    " (districts * men_a_district + police * population / 1000) * (1 + state_weight * pressure) + rivals;"
    " own / (own + against)",
    within=(0.0, 1.0),
)
def resting_share(
    men: float, command: float, support: float, pressure: float, rivals: float, districts: float,
    population: float, men_a_district: float, police: float, state_weight: float,
) -> float:  # fmt: skip
    """The share of a place's districts that a group could hold for good.

    A contest success function of the ratio form; `rivals` are the men of each other group there times
    the hostility towards it. Shares of groups that are not hostile may add up to more than 1.
    """
    own = men * (0.5 + command) * (0.5 + support)
    standing = districts * men_a_district + police * population / 1000.0
    against = standing * (1.0 + state_weight * pressure) + rivals
    return own / (own + against)


@rule("held + (gain_speed if target > held else loss_speed) * (target - held)", within=(0.0, 1.0))
def next_share(held: float, target: float, gain_speed: float, loss_speed: float) -> float:
    """Share of districts held a week later: gained at one speed, lost at another."""
    return held + (gain_speed if target > held else loss_speed) * (target - held)


@rule("floor(held * districts + 0.5)", within=(0.0, math.inf), source=BY_DEFINITION)
def held_districts(held: float, districts: float) -> float:
    """Whole districts held: the share times the number, rounded, a half upward."""
    return math.floor(held * districts + 0.5)


@rule("held * districts", within=(0.0, "districts"))
def ground(held: float, districts: float) -> float:
    """The districts held in a place, not whole."""
    return held * districts


@rule("population * held", within=(0.0, "population"))
def people_held(population: float, held: float) -> float:
    """The people of a place who live under a group's rule: as if they lived evenly over its districts."""
    return population * held


@rule("max(most, in_all)", within=(0.0, math.inf), source=BY_DEFINITION)
def most(most: float, in_all: float) -> float:
    """The most ground that a group has held so far (districts, in all places)."""
    return max(most, in_all)


@rule("min(1, in_all / most) if most >= 1 else 1", within=(0.0, 1.0))
def ground_left(in_all: float, most: float) -> float:
    """What a group holds of the most that it has held: who never held a whole district lost none."""
    return min(1.0, in_all / most) if most >= 1.0 else 1.0


@rule("men + min(supporters, drawn)", within=(0.0, math.inf))
def in_sight(men: float, supporters: float, drawn: float) -> float:
    """Affiliates who can be seen in a place: its men and the supporters whom they have drawn.

    `drawn` is how many supporters the men there draw by themselves (`support.drawn_supporters`). Whom
    media alone have won is no sign that a group is there.
    """
    return men + min(supporters, drawn)


@rule("1 - exp(-affiliates / unseen)", within=(0.0, 1.0))
def reported(affiliates: float, unseen: float) -> float:
    """Probability that a group's presence in a place is reported, by its affiliates in sight."""
    return 1.0 - math.exp(-affiliates / unseen)
