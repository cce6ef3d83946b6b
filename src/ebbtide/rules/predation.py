"""Predation: men and goods that a group takes from people by force.

A scenario says per group how much of it there is; most groups live without. Men are taken where the group
has men, most of all in ground that it holds; goods are taken in attacks. Both are felt by people as harm,
and cost support and raise resistance as harm does. That armed groups which do not depend on people's
goodwill prey on them is Weinstein's (2007) finding (cited from memory); sizes are guesses.
"""

import math

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "nobody is taken by force, and nothing is looted"

PARAMETERS = {
    "fit": Parameter(
        "share", 0.0, 0.5, "share of the people whom a group would take to fight, if it could"
    ),
    "taking_weight": Parameter(
        "people/man", 0.0, 100.0, "people harmed whom one man taken by force weighs as much as"
    ),
    "looting_weight": Parameter(
        "people/thousand USD",
        0.0,
        100.0,
        "people harmed whom a thousand USD looted from people weighs as much as",
    ),
}


@rule("held + (1 - held) * (1 - pressure)", within=(0.0, 1.0))
def within_reach(held: float, pressure: float) -> float:
    """How far a group's men in a place can take people there: wholly in ground that it holds.

    Elsewhere they raid, as far as forces leave them the freedom to: pressure on them keeps people safe.
    """
    return held + (1.0 - held) * (1.0 - pressure)


@rule("max(0, fit * population - gone)", within=(0.0, math.inf))
def to_be_taken(population: float, gone: float, fit: float) -> float:
    """People of a place who could be taken to fight: those fit for it, less men who serve some group.

    `gone` are men who were hired, won or taken there and serve any group, wherever they are.
    """
    return max(0.0, fit * population - gone)


@rule(
    "left * (1 - exp(-abduction * men * within_reach / left)) if left > 0 else 0",
    within=(0.0, "left"),
    literature="Beber and Blattman (2013), cited from memory: the Lord's Resistance Army filled its ranks "
    "by abduction",
)
def men_taken(men: float, abduction: float, within_reach: float, left: float) -> float:
    """Men whom a group of so many `men` in a place takes there by force in a week, in expectation.

    `abduction` for each of its men where they can; of the `left` who could be taken never more than all.
    """
    if left <= 0.0:
        return 0.0
    return left * (1.0 - math.exp(-abduction * men * within_reach / left))


@rule("taken * men / here if here > 0 else 0", within=(0.0, math.inf))
def taken_into(taken: float, men: float, here: float) -> float:
    """Of the men whom a group takes in a place, those who must serve a faction: by its men there."""
    return taken * men / here if here > 0.0 else 0.0


@rule("loot * attacks if in_city == 0 else 0", within=(0.0, math.inf))
def looted(attacks: int, loot: float, in_city: int) -> float:
    """Thousand USD that so many attacks bring, in money, arms and goods that are taken along.

    Attacks on state forces bring as much as those on civilians; those carried into a city bring nothing.
    """
    return loot * attacks if in_city == 0 else 0.0


@rule("taking_weight * men_taken", within=(0.0, math.inf))
def wrong_of_taking(men_taken: int, taking_weight: float) -> float:
    """What taking so many men weighs with the people of a place, as so many people harmed."""
    return taking_weight * men_taken


@rule("looting_weight * looted", within=(0.0, math.inf))
def wrong_of_looting(looted: float, looting_weight: float) -> float:
    """What looting thousands of USD weighs with the people from whom they are taken, as people harmed."""
    return looting_weight * looted
