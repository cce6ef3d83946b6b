"""Money: what a group takes in, what its men are used to, and what it can pay.

Income is what comes from a centre, from taxes where the group holds ground, from crime and from
allies, less what is cut off. Men measure their pay by what is customary: the wage of a group drifts
towards what its income bears, so that arrears tell of a fall and not of a promise made long ago. The
reference wage is Kahneman, Knetsch and Thaler's (1986), in whose survey a cut is unfair where a rise
not given is none, so that a wage falls more slowly than it rises; partial adjustment is the usual form
(both cited from memory). No series of any group's money exists to bear out a size.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WEEKS_A_MONTH = 365.25 / 12.0 / 7.0

WHEN_OFF = "all dues are paid, at the wage that the scenario states"

PARAMETERS = {
    "tax": Parameter(
        "USD/head/month",
        0.0,
        100.0,
        "taken from each person under the group's rule, all levies in one",
    ),
    "people_a_man": Parameter(
        "people/man",
        0.0,
        1e6,
        "people for each armed man in a place where a man makes half of what few would make there",
    ),
    "wage_speed": Parameter(
        "1/week", 0.0, 1.0, "weekly part of the way from the customary wage up to the one sought"
    ),
    "wage_cut_speed": Parameter("1/week", 0.0, 1.0, "the same where the one sought is lower"),
    "overhead": Parameter(
        "ratio", 0.0, 10.0, "arms, food, propaganda and command, relative to the wages due"
    ),
    "savings_spent": Parameter(
        "1/week", 0.0, 1.0, "share of the reserve that may be spent in a week"
    ),
}


@rule("due * pay_share", within=(0.0, "due"))
def paid(due: float, pay_share: float) -> float:
    """What a group pays of a wage, or of wages together, as far as its money goes."""
    return due * pay_share


@rule("men * wage * pay_share", within=(0.0, math.inf), source=BY_DEFINITION)
def paid_together(men: float, wage: float, pay_share: float) -> float:
    """What so many men of a group are paid together, USD a month."""
    return men * wage * pay_share


@rule("men + others", within=(0.0, math.inf), source=BY_DEFINITION)
def armed(men: float, others: float) -> float:
    """Armed men in a place, who live off the same people: a group's and those of others."""
    return men + others


@rule("people_held * tax / (365.25 / 12 / 7) / 1000", within=(0.0, math.inf))
def taxes(people_held: float, tax: float) -> float:
    """Thousand USD a week from `people_held` at `tax` USD a head and month, of 4.348 weeks."""
    return people_held * tax / WEEKS_A_MONTH / 1000.0


@rule(
    "men * each * population / (population + people_a_man * armed) / (365.25 / 12 / 7) / 1000",
    within=(0.0, math.inf),
)
def crime(men: float, each: float, population: float, armed: float, people_a_man: float) -> float:
    """Thousand USD a week that `men` make in a place (smuggling, kidnapping, extortion).

    `each` is what one makes, USD a month, where armed men are few. The armed men of all groups live off
    the same people and their trade, so that what a place yields saturates: a man makes half where
    `people_a_man` people come on each of them, and all of them together never more than
    `each * population / people_a_man`.
    """
    return men * each * population / (population + people_a_man * armed) / WEEKS_A_MONTH / 1000.0


@rule(
    "men * pay * (1 + overhead) / (365.25 / 12 / 7) / 1000",
    within=(0.0, math.inf),
    source=BY_DEFINITION,
)
def cost(men: float, pay: float, overhead: float) -> float:
    """Thousand USD due a week for `men` at the customary wage (`pay`, USD a month), with overhead."""
    return men * pay * (1.0 + overhead) / WEEKS_A_MONTH / 1000.0


@rule(
    "max(0, income) * 1000 * (365.25 / 12 / 7) / (men * (1 + overhead)) if men > 0 else 0",
    within=(0.0, math.inf),
    source=BY_DEFINITION,
)
def able(income: float, men: float, overhead: float) -> float:
    """The wage (USD a month) that income alone would pay, reserve left untouched, with overhead."""
    if men <= 0.0:
        return 0.0
    return max(0.0, income) * 1000.0 * WEEKS_A_MONTH / (men * (1.0 + overhead))


@rule(
    "paid / men if men > 0 else outside_wage",
    within=(0.0, math.inf),
    parameters={"outside_wage": ("recruitment.outside_wage",)},
)
def elsewhere(paid: float, men: float, outside_wage: float) -> float:
    """What a man of the group would get elsewhere in a place, USD a month.

    Men in arms measure themselves by men in arms: by what the `men` of other groups there are paid, in
    the mean (`paid` is the sum); where there are none, by the outside wage.
    """
    return paid / men if men > 0.0 else outside_wage


@rule("men * elsewhere", within=(0.0, math.inf), source=BY_DEFINITION)
def got_elsewhere(men: float, elsewhere: float) -> float:
    """What the men of a group in a place would get elsewhere together, USD a month."""
    return men * elsewhere


@rule("got / men if men > 0 else 0", within=(0.0, math.inf), source=BY_DEFINITION)
def elsewhere_on_average(got: float, men: float) -> float:
    """What a man of a group would get elsewhere, in the mean over its men in all places (USD a month).

    `got` is what they would get together.
    """
    return got / men if men > 0.0 else 0.0


@rule("men > 0", source=BY_DEFINITION)
def custom_moves(men: float) -> bool:
    """Whether what is customary changes: where nobody is paid it stays as it was."""
    return men > 0.0


@rule("max(min(pay, elsewhere), min(max(pay, elsewhere), able))", within=(0.0, math.inf))
def sought_wage(able: float, pay: float, elsewhere: float) -> float:
    """The wage towards which the customary one drifts: what the group is able to pay, within bounds.

    It rises at most to the stated `pay`, or to what the men would get elsewhere if that is more; it
    does not fall below the lesser of the two: so much is owed, whether it can be paid or not.
    """
    return max(min(pay, elsewhere), min(max(pay, elsewhere), able))


@rule(
    "wage + (wage_speed if sought > wage else wage_cut_speed) * (sought - wage) if wage > 0 else sought",
    within=(0.0, math.inf),
)
def next_wage(wage: float, sought: float, wage_speed: float, wage_cut_speed: float) -> float:
    """The customary wage a week later: a part of the way towards the one sought.

    What is paid for less than is customary is owed, and men feel it, until custom has come down. Where
    nothing is customary yet (0), in a new group, it is what is sought.
    """
    if wage <= 0.0:
        return sought
    return wage + (wage_speed if sought > wage else wage_cut_speed) * (sought - wage)


@rule("-given - bill", within=(-math.inf, 0.0))
def spent_first(given: float, bill: float) -> float:
    """What goes out of a week's income before men are paid (thousand USD, below zero).

    It is what is given to allies and the bill of last week's attacks. What comes in from each source
    (`received`) is added to it: that is the income of which wages are paid.
    """
    return -given - bill


@rule("min(1, max(0, income + savings_spent * reserve) / due) if due > 0 else 1", within=(0.0, 1.0))
def pay_share(reserve: float, income: float, due: float, savings_spent: float) -> float:
    """The share of what is customary that a group can pay from income and reserve."""
    if due <= 0.0:
        return 1.0
    return min(1.0, max(0.0, income + savings_spent * reserve) / due)


@rule("1", within=(0.0, 1.0), source=BY_DEFINITION)
def pay_share_without() -> float:
    """The share of what is due that is paid where finance is switched off: all of it."""
    return 1.0


@rule("pay", within=(0.0, "pay"), source=BY_DEFINITION)
def wage_without(pay: float) -> float:
    """The customary wage (USD/month) where finance is switched off: what the scenario states."""
    return pay


@rule("max(0, income + savings_spent * reserve - due)", within=(0.0, math.inf))
def left_over(reserve: float, income: float, due: float, savings_spent: float) -> float:
    """Thousand USD a week that a group could spend on more men: nothing while it is in arrears."""
    return max(0.0, income + savings_spent * reserve - due)


@rule("reserve + income - paid", source=BY_DEFINITION)
def next_reserve(reserve: float, income: float, paid: float) -> float:
    """Reserve (thousand USD) a week later: what came in less what was paid.

    Below zero is a debt, from attacks that cost more than there was: it is paid off as savings are
    spent, before wages are.
    """
    return reserve + income - paid


@rule("centre_money * health * (worth if centre_money > 0 else 1)")
def transfers(centre_money: float, health: float, worth: float) -> float:
    """Thousand USD a week that a centre whose health is so much (0 to 1) sends, or is paid if below 0.

    It sends by what the group is worth to it (`alliances.worth`).
    """
    return centre_money * health * (worth if centre_money > 0.0 else 1.0)


@rule("amount * (kept if amount > 0 else 1)")
def received(amount: float, kept: float) -> float:
    """Of money on its way to a group (thousand USD a week) what comes in: the share that is `kept`.

    What it pays (below zero) it pays in full: what stops money on its way to the group would save it
    nothing.
    """
    return amount * (kept if amount > 0.0 else 1.0)


@rule("kept * (1 - stopped)", within=(0.0, 1.0))
def arriving(kept: float, stopped: float) -> float:
    """The share of its income that reaches a group after one more act has stopped a share of it."""
    return kept * (1.0 - stopped)
