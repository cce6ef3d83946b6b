"""Local people resist what threatens their own order.

Resistance to a group grows where it harms people or rules as an outsider, without any act of policy, and
where the state engages communities against it: as far as people have institutions of their own (tribes,
clans, village councils, vigilantes) that call them together. It gives intelligence, arms local forces, and
keeps recruits and taxes from the group. That communities with strong institutions of their own stand up to
armed groups is what Arjona (2016) and Kaplan (2017) find in Colombia (cited from memory).
"""

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "resistance stays as it started"

PARAMETERS = {
    "rise": Parameter(
        "ratio",
        0.0,
        100.0,
        "missing resistance gained for each unit of support lost, at full local institutions",
    ),
    "engaged_rise": Parameter(
        "1/week",
        0.0,
        1.0,
        "missing resistance gained a week under full engagement, at full local institutions",
    ),
    "fade": Parameter("1/week", 0.0, 1.0, "share of resistance lost in a week"),
    "refusal": Parameter(
        "share",
        0.0,
        1.0,
        "share of its recruiting and taxing in a place that full resistance stops",
    ),
}


@rule(
    "max(0, resistance + min(1, local_institutions * (rise * offended + engaged_rise * engagement))"
    " * (1 - resistance) - fade * resistance)",
    within=(0.0, 1.0),
)
def next_resistance(
    resistance: float, local_institutions: float, offended: float, engagement: float, rise: float,
    engaged_rise: float, fade: float,
) -> float:  # fmt: skip
    """Resistance to a group in a place a week later.

    `offended` is what the group's own harm and rule cost it in support this week
    (`support.blamed` and `support.loss_by_rule`, summed), `engagement` the lever community engagement
    against this group.
    """
    gain = min(1.0, local_institutions * (rise * offended + engaged_rise * engagement))
    return max(0.0, resistance + gain * (1.0 - resistance) - fade * resistance)


@rule("amount * (1 - refusal * resistance)", within=(0.0, "amount"))
def left(amount: float, resistance: float, refusal: float) -> float:
    """What resisting people leave a group of its freedom to recruit, and of the people whom it taxes.

    So local forces reach recruiting and finance, and not its men alone.
    """
    return amount * (1.0 - refusal * resistance)
