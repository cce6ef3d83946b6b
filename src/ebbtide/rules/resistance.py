"""Tribes resist what threatens their tradition.

Resistance grows where a group harms people or rules as an outsider in a tribal place, and where
the state engages tribes; it gives intelligence and arms local forces (¶14). Claims: backlash,
local-levers.
"""

PARAMETERS = {
    "rise": {
        "unit": "ratio", "low": 0.0, "high": 100.0, "claims": ("backlash",),
        "meaning": "missing resistance gained for each unit of support lost, in a wholly tribal place",
    },
    "engaged_rise": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("local-levers",),
        "meaning": "missing resistance gained a week under full engagement of a wholly tribal place",
    },
    "fade": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("backlash",),
        "meaning": "share of resistance lost in a week",
    },
}  # fmt: skip


def next_resistance(
    resistance: float, tribal: float, offended: float, engagement: float, rise: float,
    engaged_rise: float, fade: float,
) -> float:  # fmt: skip
    """Resistance (0 to 1) to a group in a place a week later.

    gain = tribal * (rise * offended + engaged_rise * engagement), cut at 1, with `offended` what the
    group's own harm and rule cost it in support this week (`support.loss_by_harm` and
    `support.loss_by_rule`, summed); resistance + gain * (1 - resistance) - fade * resistance, never
    below 0. Form: assumed; ¶14. Claims: backlash, local-levers.
    """
    gain = min(1.0, tribal * (rise * offended + engaged_rise * engagement))
    return max(0.0, resistance + gain * (1.0 - resistance) - fade * resistance)
