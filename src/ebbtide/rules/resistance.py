"""Tribes resist what threatens their tradition.

Resistance grows where a group harms people or rules as an outsider in a tribal place, and where
the state engages tribes; it gives intelligence and arms local forces.
"""

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "resistance stays as it started"

PARAMETERS = {
    "rise": Parameter(
        "ratio",
        0.0,
        100.0,
        "missing resistance gained for each unit of support lost, in a wholly tribal place",
    ),
    "engaged_rise": Parameter(
        "1/week",
        0.0,
        1.0,
        "missing resistance gained a week under full engagement of a wholly tribal place",
    ),
    "fade": Parameter("1/week", 0.0, 1.0, "share of resistance lost in a week"),
}


@rule(
    "max(0, resistance + min(1, tribal * (rise * offended + engaged_rise * engagement))"
    " * (1 - resistance) - fade * resistance)",
    within=(0.0, 1.0),
)
def next_resistance(
    resistance: float, tribal: float, offended: float, engagement: float, rise: float,
    engaged_rise: float, fade: float,
) -> float:  # fmt: skip
    """Resistance to a group in a place a week later.

    `offended` is what the group's own harm and rule cost it in support this week
    (`support.loss_by_harm` and `support.loss_by_rule`, summed).
    """
    gain = min(1.0, tribal * (rise * offended + engaged_rise * engagement))
    return max(0.0, resistance + gain * (1.0 - resistance) - fade * resistance)
