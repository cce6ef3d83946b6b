"""Ground: the share of a place's districts that a group holds.

Held ground follows armed strength against what stands against it. Claims: ground-lost, no-hold.
"""

import math

PARAMETERS = {
    "men_a_district": {
        "unit": "men", "low": 1.0, "high": 1e5, "claims": ("ground-lost",),
        "meaning": "men that hold half of a place's districts, for each of its districts",
    },
    "police": {
        "unit": "men/1000 people", "low": 0.0, "high": 100.0, "claims": ("ground-lost", "no-hold"),
        "meaning": "standing men of the state that a group must match to hold half of a place",
    },
    "gain_speed": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("ground-lost",),
        "meaning": "share of the gap closed in a week when ground is gained",
    },
    "loss_speed": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("ground-lost",),
        "meaning": "share of the gap closed in a week when ground is lost",
    },
    "state_weight": {
        "unit": "ratio", "low": 0.0, "high": 1e3, "claims": ("ground-lost",),
        "meaning": "growth of what stands against a group under full state pressure, relative to none",
    },
}  # fmt: skip


def resting_share(
    men: float, command: float, support: float, pressure: float, rivals: float, districts: float,
    people: float, men_a_district: float, police: float, state_weight: float,
) -> float:  # fmt: skip
    """The share (0 to 1) of a place's districts that a group could hold for good.

    own / (own + against); own = men * (0.5 + command) * (0.5 + support); against =
    (districts * men_a_district + police * people / 1000) * (1 + state_weight * pressure) + rivals.
    A contest success function of the ratio form; `rivals` are the men of each other group there times
    the hostility towards it. Shares of groups that are not hostile may add up to more than 1.
    Form: assumed; ¶12, ¶14. Claims: ground-lost, no-hold.
    """
    own = men * (0.5 + command) * (0.5 + support)
    standing = districts * men_a_district + police * people / 1000.0
    against = standing * (1.0 + state_weight * pressure) + rivals
    return own / (own + against)


def next_share(held: float, target: float, gain_speed: float, loss_speed: float) -> float:
    """Share of districts held a week later: gained at one speed, lost at another.

    held + speed * (target - held), with `gain_speed` where the target is higher, else `loss_speed`.
    Claims: ground-lost.
    """
    return held + (gain_speed if target > held else loss_speed) * (target - held)


def held_districts(held: float, districts: float) -> float:
    """Whole districts held: the share times the number, rounded, a half upward."""
    return math.floor(held * districts + 0.5)
