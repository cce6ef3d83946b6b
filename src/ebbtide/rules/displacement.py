"""Pressure moves men: offensives kill some and drive others to quieter places, and on from there.

Beside those driven out, the moves along a border grow with the difference in pressure, the tie of the two
places and the support that waits on the other side. Claims: displacement.
"""

import math

PARAMETERS = {
    "highest": {
        "unit": "1/week", "low": 0.0, "high": 0.1, "claims": ("displacement",),
        "meaning": "highest weekly probability that a fighter moves on, being driven out aside",
    },
    "rate": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("displacement",),
        "meaning": "weekly moves a man at full tie and welcome for a difference in pressure of 1",
    },
    "length": {
        "unit": "km", "low": 1.0, "high": 1e4, "claims": ("displacement",),
        "meaning": "distance between the middles of places over which moves fall by a factor e",
    },
    "half_border": {
        "unit": "km", "low": 0.1, "high": 1e4, "claims": ("displacement",),
        "meaning": "length of a shared border at which the tie of two places is half of what it could be",
    },
    "effort_weight": {
        "unit": "ratio", "low": 0.0, "high": 1.0, "claims": ("displacement", "ground-lost"),
        "meaning": "pressure of a force's full standing effort, as against a full offensive",
    },
    "driven_out": {
        "unit": "1/week", "low": 0.0, "high": 0.2, "claims": ("displacement",),
        "meaning": "weekly probability that a fighter under a full offensive is driven out",
    },
    "killed": {
        "unit": "1/week", "low": 0.0, "high": 0.1, "claims": ("displacement", "killed"),
        "meaning": "weekly probability that a fighter under a full offensive is killed",
    },
}  # fmt: skip


def nearness(distance: float, border: float, length: float, half_border: float) -> float:
    """How strongly two adjoining places are tied, 0 to 1; all in km.

    exp(-distance / length) * border / (border + half_border): men go where it is not far, and
    hardly through a border of a few kilometres. Form: assumed; ¶3. Claims: displacement, magnets.
    """
    return math.exp(-distance / length) * border / (border + half_border)


def drive(
    nearness: float, pressure_here: float, pressure_there: float, welcome: float, closed: float
) -> float:
    """What drives men along one border: nearness * [pressure here - there]+ * welcome * (1 - closed).

    `welcome` is the support (0 to 1) that waits on the other side, `closed` the share of crossings
    that border control stops (0 inside a country). ¶3, ¶4. Claims: displacement, magnets.
    """
    return nearness * max(0.0, pressure_here - pressure_there) * welcome * (1.0 - closed)


def hazard(total_drive: float, rate: float, highest: float) -> float:
    """Weekly probability that a man moves on; at most `highest`.

    highest * (1 - exp(-rate * total drive / highest)), with the drive along all borders of his place
    summed. Form: assumed. Claims: displacement.
    """
    if highest <= 0.0:
        return 0.0
    return highest * (1.0 - math.exp(-rate * total_drive / highest))


def killed_hazard(offensives: float, killed: float) -> float:
    """Weekly probability of being killed in offensives of this joint strength (0 to 1).

    offensives * killed. ¶4. Form: assumed. Claims: displacement, killed.
    """
    return offensives * killed


def driven_out_hazard(offensives: float, driven_out: float) -> float:
    """Weekly probability of being driven out by offensives of this joint strength (0 to 1).

    offensives * driven_out. ¶4. Form: assumed. Claims: displacement.
    """
    return offensives * driven_out


def pressure(effort: float, offensive: float, effort_weight: float) -> float:
    """State pressure on a group in a place, 0 to 1: offensives and the standing effort there.

    1 - (1 - offensive) * (1 - effort_weight * effort), with effort and offensive cut at 1. Form:
    assumed. Claims: displacement, ground-lost.
    """
    return 1.0 - (1.0 - min(1.0, offensive)) * (1.0 - effort_weight * min(1.0, effort))
