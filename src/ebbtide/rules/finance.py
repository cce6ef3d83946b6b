"""Money: what a group takes in, what it owes its men, and what it can pay.

Income is what comes from a centre, from taxes where the group holds ground, from crime and from
allies, less what is cut off.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WEEKS_A_MONTH = 365.25 / 12.0 / 7.0

WHEN_OFF = "all dues are paid"

PARAMETERS = {
    "tax": Parameter(
        "USD/head/month",
        0.0,
        100.0,
        "taken from each person under the group's rule, all levies in one",
    ),
    "overhead": Parameter(
        "ratio", 0.0, 10.0, "arms, food, propaganda and command, relative to the wages due"
    ),
    "savings_spent": Parameter(
        "1/week", 0.0, 1.0, "share of the reserve that may be spent in a week"
    ),
}


@rule("people_held * tax / (365.25 / 12 / 7) / 1000", within=(0.0, math.inf))
def taxes(people_held: float, tax: float) -> float:
    """Thousand USD a week from `people_held` at `tax` USD a head and month, of 4.348 weeks."""
    return people_held * tax / WEEKS_A_MONTH / 1000.0


@rule("men * each / (365.25 / 12 / 7) / 1000", within=(0.0, math.inf))
def crime(men: float, each: float) -> float:
    """Thousand USD a week that `men` make at `each` USD a month (smuggling, kidnapping, extortion)."""
    return men * each / WEEKS_A_MONTH / 1000.0


@rule(
    "men * pay * (1 + overhead) / (365.25 / 12 / 7) / 1000",
    within=(0.0, math.inf),
    source=BY_DEFINITION,
)
def cost(men: float, pay: float, overhead: float) -> float:
    """Thousand USD due a week for `men` at `pay` USD a month, with overhead."""
    return men * pay * (1.0 + overhead) / WEEKS_A_MONTH / 1000.0


@rule("min(1, max(0, income + savings_spent * reserve) / due) if due > 0 else 1", within=(0.0, 1.0))
def pay_share(reserve: float, income: float, due: float, savings_spent: float) -> float:
    """The share of what is due that a group can pay from income and reserve."""
    if due <= 0.0:
        return 1.0
    return min(1.0, max(0.0, income + savings_spent * reserve) / due)


@rule("max(0, reserve + income - paid)", within=(0.0, math.inf), source=BY_DEFINITION)
def next_reserve(reserve: float, income: float, paid: float) -> float:
    """Reserve (thousand USD) a week later: what came in less what was paid."""
    return max(0.0, reserve + income - paid)


@rule("centre_money * health", source=BY_DEFINITION)
def transfers(centre_money: float, health: float) -> float:
    """Thousand USD a week from a centre whose health is so much (0 to 1)."""
    return centre_money * health


@rule("kept * (1 - stopped)", within=(0.0, 1.0))
def arriving(kept: float, stopped: float) -> float:
    """The share of its income that reaches a group after one more act has stopped a share of it."""
    return kept * (1.0 - stopped)
