"""Pressure moves men, and fighting drives civilians from their homes.

Offensives kill some men and drive others to quieter places, and on from there.

The moves along a border grow with the difference in pressure, the tie of the two places and the support
that waits on the other side, and all the more where those who press cannot follow: a sanctuary. Who is
driven out chooses by that alone. Others are drawn back too, to where they entered their first group, by
ground that their group holds there, as the pressure there goes.

Civilians flee by how many people are harmed where they live, and come home as it grows calm. They are
counted and nothing follows from it: whom groups recruit, tax and live among stay as they are. No source
of the model says what their flight would do to a group, and numbers without one would move every result.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "nobody moves on, is driven out or flees"

PARAMETERS = {
    "highest": Parameter(
        "1/week",
        0.0,
        0.1,
        "highest weekly probability that a fighter moves on, being driven out aside",
    ),
    "rate": Parameter(
        "1/week",
        0.0,
        1.0,
        "weekly moves a man at full tie and welcome for a difference in pressure of 1",
    ),
    "length": Parameter(
        "km", 1.0, 1e4, "distance between the middles of places over which moves fall by a factor e"
    ),
    "half_border": Parameter(
        "km",
        0.1,
        1e4,
        "length of a shared border at which the tie of two places is half of what it could be",
    ),
    "homing_weight": Parameter(
        "ratio",
        0.0,
        100.0,
        "draw of ground that is wholly held and under no pressure, as against a difference in pressure"
        " of 1",
    ),
    "sanctuary_weight": Parameter(
        "ratio",
        0.0,
        100.0,
        "growth of what drives men to a place where nobody who presses them can follow",
    ),
    "effort_weight": Parameter(
        "ratio", 0.0, 1.0, "pressure of a force's full standing effort, as against a full offensive"
    ),
    "driven_out": Parameter(
        "1/week",
        0.0,
        0.2,
        "weekly probability that a fighter is driven out under an offensive of full weight",
    ),
    "killed": Parameter(
        "1/week",
        0.0,
        0.1,
        "weekly probability that a fighter is killed under an offensive of full weight",
    ),
    "flight": Parameter(
        "people/person",
        0.0,
        1e4,
        "civilians who flee for each person harmed, where violence is far above `flight_half`",
    ),
    "flight_half": Parameter(
        "people/100,000/week",
        0.01,
        1e3,
        "people harmed a week, of those who live there, at which half as many flee for each of them",
    ),
    "homecoming": Parameter(
        "1/week", 0.0, 1.0, "share of civilians away who come home each week where nobody is harmed"
    ),
}


@rule("exp(-distance / length) * border / (border + half_border)", within=(0.0, 1.0))
def nearness(distance: float, border: float, length: float, half_border: float) -> float:
    """How strongly two adjoining places are tied; all in km.

    Men go where it is not far, and hardly through a border of a few kilometres.
    """
    return math.exp(-distance / length) * border / (border + half_border)


@rule(
    "(pressure_here - following) / pressure_here if pressure_here > following else 0",
    within=(0.0, 1.0),
)
def beyond_reach(pressure_here: float, following: float) -> float:
    """How far a place beyond a border is a sanctuary: the part of the pressure that cannot follow there.

    `following` is the pressure here of those forces alone that operate on the other side too.
    """
    if pressure_here <= following:
        return 0.0
    return (pressure_here - following) / pressure_here


@rule(
    "nearness * max(0, pressure_here - pressure_there) * (1 + sanctuary_weight * sanctuary)"
    " * welcome * (1 - closed)",
    within=(0.0, math.inf),
    literature="Salehyan (2007), from memory: rebels whom a state cannot chase over its border are safe",
)
def drive(
    nearness: float, pressure_here: float, pressure_there: float, sanctuary: float,
    welcome: float, closed: float, sanctuary_weight: float,
) -> float:  # fmt: skip
    """What drives men along one border.

    `sanctuary` is how far the other side is one (`beyond_reach`), `welcome` the support (0 to 1)
    that waits there, `closed` the share of crossings that border control stops (0 inside a country).
    """
    better = max(0.0, pressure_here - pressure_there)
    safer = 1.0 + sanctuary_weight * sanctuary
    return nearness * better * safer * welcome * (1.0 - closed)


@rule(
    "homing_weight * nearness * max(0, held_there - held_here) * (1 - pressure_there) * (1 - closed)",
    within=(0.0, "homing_weight"),
)
def homing(
    nearness: float, held_here: float, held_there: float, pressure_there: float, closed: float,
    homing_weight: float,
) -> float:  # fmt: skip
    """What draws men along one border back to ground that their group holds, where little presses.

    Assumed in form and size: men who fled return to those of their own when they can.
    """
    better = max(0.0, held_there - held_here)
    return homing_weight * nearness * better * (1.0 - pressure_there) * (1.0 - closed)


@rule("entered_at == there")
def returns(entered_at: int, there: int) -> bool:
    """Whether held ground draws a man home: to the place where he entered, and to no other."""
    return entered_at == there


@rule(
    "highest * (1 - exp(-rate * total_drive / highest)) if highest > 0 else 0",
    within=(0.0, "highest"),
)
def hazard(total_drive: float, rate: float, highest: float) -> float:
    """Weekly probability that a man moves on, with the drive along all borders of his place summed.

    What draws home those who came from there is in the sum: others whom it takes stay.
    """
    if highest <= 0.0:
        return 0.0
    return highest * (1.0 - math.exp(-rate * total_drive / highest))


@rule("offensives * killed", within=(0.0, "killed"))
def killed_hazard(offensives: float, killed: float) -> float:
    """Weekly probability of being killed in offensives of this joint weight (0 to 1)."""
    return offensives * killed


@rule("offensives * driven_out", within=(0.0, "driven_out"))
def driven_out_hazard(offensives: float, driven_out: float) -> float:
    """Weekly probability of being driven out by offensives of this joint weight (0 to 1)."""
    return offensives * driven_out


@rule("1 - (1 - min(1, offensive)) * (1 - effort_weight * min(1, effort))", within=(0.0, 1.0))
def pressure(effort: float, offensive: float, effort_weight: float) -> float:
    """State pressure on a group in a place: an offensive, by its weight, and the standing effort there."""
    return 1.0 - (1.0 - min(1.0, offensive)) * (1.0 - effort_weight * min(1.0, effort))


@rule("spared * (1 - share)", within=(0.0, 1.0))
def spared(spared: float, share: float) -> float:
    """What is spared in a place when one more force brings down a share: forces act independently."""
    return spared * (1.0 - share)


@rule("1 - spared", within=(0.0, 1.0), source=BY_DEFINITION)
def borne(spared: float) -> float:
    """What all forces together bring down on a place: what none of them spares."""
    return 1.0 - spared


@rule("max(control_here, control_there) if international == 1 else 0", within=(0.0, 1.0))
def closed(control_here: float, control_there: float, international: int) -> float:
    """How far a border is closed to men: an international one, as the stricter side controls it."""
    return max(control_here, control_there) if international == 1 else 0.0


@rule("since != week and arrived != week")
def may_move(since: int, arrived: int, week: int) -> bool:
    """Whether a man may change sides or place: nobody does so twice in a week, nor on entering."""
    return since != week and arrived != week


@rule(
    "by_group + by_forces + fallen + fallen_to_rivals", within=(0.0, math.inf), source=BY_DEFINITION
)
def people_harmed(
    by_group: float, by_forces: float, fallen: float, fallen_to_rivals: float
) -> float:
    """People harmed in a week in the fight with a group in a place, as those who live there see it.

    Civilians killed or injured in its attacks and by forces, and its men killed by forces and rivals.
    Members of forces are left out: where they die no state variable says.
    """
    return by_group + by_forces + fallen + fallen_to_rivals


@rule(
    "people = 100000 * harmed / population; people / (people + flight_half)",
    within=(0.0, 1.0),
    literature="Bohra-Mishra and Massey (2011): low to moderate violence hardly moves people, high does;"
    " Davenport, Moore and Poe (2003): they flee from threats to their person; Melander and Oeberg (2007):"
    " where the fighting is counts for more than how intense it is in all (abstracts read)",
)
def fear(harmed: float, population: float, flight_half: float) -> float:
    """How far people of a place fear for their lives, by how many were harmed there this week."""
    people = 1e5 * harmed / population
    return people / (people + flight_half)


@rule("max(0, population - away)", within=(0.0, "population"), source=BY_DEFINITION)
def at_home(population: float, away: float) -> float:
    """People of a place who are at home."""
    return max(0.0, population - away)


@rule("at_home * (1 - exp(-flight * fear * harmed / population))", within=(0.0, "at_home"))
def fleeing(at_home: float, harmed: float, population: float, fear: float, flight: float) -> float:
    """Civilians who flee a place in a week, in expectation: never more than are at home."""
    return at_home * (1.0 - math.exp(-flight * fear * harmed / population))


@rule("fleeing * min(1, own / harmed) if harmed > 0 else 0", within=(0.0, "fleeing"))
def fleeing_this_fight(fleeing: float, own: float, harmed: float) -> float:
    """Of those who flee a place, who flee the fight with one group: by its part of the people harmed."""
    return fleeing * min(1.0, own / harmed) if harmed > 0.0 else 0.0


@rule("homecoming * (1 - fear) * away", within=(0.0, "away"))
def coming_home(away: float, fear: float, homecoming: float) -> float:
    """Civilians who come home to a place in a week, of those who are away: the calmer, the more."""
    return homecoming * (1.0 - fear) * away


@rule("max(0, away + fled - returned)", within=(0.0, math.inf), source=BY_DEFINITION)
def next_away(away: float, fled: float, returned: float) -> float:
    """Civilians who are away from their place at the end of a week."""
    return max(0.0, away + fled - returned)
