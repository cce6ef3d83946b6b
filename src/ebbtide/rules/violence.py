"""Violence makes a name: it draws recruits of like mind and turns others away.

What it costs a group in local support is the matter of `support` (¶14); the two work against each
other, so the net sign is uncertain. Claims: brutality-draws, backlash.
"""

import math

PARAMETERS = {
    "memory": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("brutality-draws",),
        "meaning": "weight of the newest week in notoriety",
    },
    "harm_scale": {
        "unit": "people/week", "low": 0.1, "high": 1e4, "claims": ("brutality-draws",),
        "meaning": "people harmed a week that bring 63% of full notoriety",
    },
    "draw": {
        "unit": "logits", "low": 0.0, "high": 10.0, "claims": ("brutality-draws",),
        "meaning": "rise of a like-minded man's score from no to full notoriety",
    },
}  # fmt: skip


def next_notoriety(notoriety: float, harmed: float, memory: float, harm_scale: float) -> float:
    """Notoriety (0 to 1) a week later, after `harmed` civilians were killed or injured.

    notoriety + memory * (1 - exp(-harmed / harm_scale) - notoriety). ¶1, ¶10. Form: assumed.
    Claims: brutality-draws.
    """
    return notoriety + memory * (1.0 - math.exp(-harmed / harm_scale) - notoriety)
