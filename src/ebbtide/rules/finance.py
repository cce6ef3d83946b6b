"""Money: what a group takes in, what it owes its men, and what it can pay.

Income is what comes from a centre, from taxes where the group holds ground, from crime and from
allies (¶5, ¶7, ¶8, ¶10), less what is cut off (¶11). The article names wealth, smuggling and
kidnapping; taxes and extortion are assumed. A month has 4.348 weeks.
Claims: wealth, lean-allies, lifeline, money-crisis, local-levers.
"""

WEEKS_A_MONTH = 365.25 / 12.0 / 7.0

PARAMETERS = {
    "tax": {
        "unit": "USD/head/month", "low": 0.0, "high": 100.0, "claims": ("wealth",),
        "meaning": "taken from each person under the group's rule, all levies in one",
    },
    "overhead": {
        "unit": "ratio", "low": 0.0, "high": 10.0, "claims": ("money-crisis",),
        "meaning": "arms, food, propaganda and command, relative to the wages due",
    },
    "savings_spent": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("money-crisis",),
        "meaning": "share of the reserve that may be spent in a week",
    },
}  # fmt: skip


def taxes(people_held: float, tax: float) -> float:
    """Thousand USD a week from `people_held` at `tax` USD a head and month.

    Form: assumed; no paragraph names taxes. Claims: wealth.
    """
    return people_held * tax / WEEKS_A_MONTH / 1000.0


def crime(men: float, each: float) -> float:
    """Thousand USD a week that `men` make at `each` USD a month (smuggling, kidnapping, extortion).

    ¶10. Claims: wealth.
    """
    return men * each / WEEKS_A_MONTH / 1000.0


def cost(men: float, pay: float, overhead: float) -> float:
    """Thousand USD due a week for `men` at `pay` USD a month, with overhead. Claims: money-crisis."""
    return men * pay * (1.0 + overhead) / WEEKS_A_MONTH / 1000.0


def pay_share(reserve: float, income: float, due: float, savings_spent: float) -> float:
    """The share (0 to 1) of what is due that a group can pay from income and reserve.

    min(1, [income + savings_spent * reserve]+ / due), and 1 when nothing is due. Form: assumed; ¶15.
    Claims: wealth, money-crisis.
    """
    if due <= 0.0:
        return 1.0
    return min(1.0, max(0.0, income + savings_spent * reserve) / due)


def next_reserve(reserve: float, income: float, paid: float) -> float:
    """Reserve (thousand USD) a week later: what came in less what was paid, never below zero."""
    return max(0.0, reserve + income - paid)
