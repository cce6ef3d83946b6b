"""Violence makes a name: it draws recruits of like mind and turns others away.

What it costs a group in local support is the matter of `support`; the two work against each other, so
the net sign is uncertain.
"""

import math

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "notoriety draws nobody"

PARAMETERS = {
    "memory": Parameter("1/week", 0.0, 1.0, "weight of the newest week in notoriety"),
    "harm_scale": Parameter(
        "people/week", 0.1, 1e4, "people harmed a week that bring 63% of full notoriety"
    ),
    "draw": Parameter(
        "logits", 0.0, 10.0, "rise of a like-minded man's score from no to full notoriety"
    ),
}


@rule("notoriety + memory * (1 - exp(-harmed / harm_scale) - notoriety)", within=(0.0, 1.0))
def next_notoriety(notoriety: float, harmed: float, memory: float, harm_scale: float) -> float:
    """Notoriety a week later, after `harmed` civilians were killed or injured."""
    return notoriety + memory * (1.0 - math.exp(-harmed / harm_scale) - notoriety)


@rule("draw * notoriety", within=(0.0, math.inf))
def attraction(notoriety: float, draw: float) -> float:
    """What a group's name for violence adds to a like-minded man's score (logits)."""
    return draw * notoriety
