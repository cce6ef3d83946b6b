"""How a state force comes to attend to a group: slowly at first, faster as it becomes visible.

Governments that underestimate a new group let it rise; a force that tracks it from its first day
starts with high attention.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "every force attends to every group in full: attention is 1"

PARAMETERS = {
    "rise": Parameter(
        "1/week",
        0.0,
        1.0,
        "share of the missing attention gained a week when a group is fully visible",
    ),
    "fade": Parameter(
        "1/week", 0.0, 1.0, "share of attention lost a week when a group is not visible at all"
    ),
    "men_scale": Parameter(
        "men", 1.0, 1e6, "men in a force's places that make a group 63% visible"
    ),
    "violence_scale": Parameter(
        "people/week", 0.1, 1e5, "people killed or injured a week that make a group 63% visible"
    ),
}


@rule("1 - exp(-(men / men_scale + violence / violence_scale))", within=(0.0, 1.0))
def visibility(men: float, violence: float, men_scale: float, violence_scale: float) -> float:
    """How visible a group is to a force: size and violence add up, with diminishing returns."""
    return 1.0 - math.exp(-(men / men_scale + violence / violence_scale))


@rule(
    "attention + rise * visible * (1 - attention) - fade * (1 - visible) * attention",
    within=(0.0, 1.0),
)
def next_attention(attention: float, visible: float, rise: float, fade: float) -> float:
    """A force's attention to a group a week later."""
    return attention + rise * visible * (1.0 - attention) - fade * (1.0 - visible) * attention


@rule("1", within=(0.0, 1.0), source=BY_DEFINITION)
def paid_without() -> float:
    """The attention that a force pays where attention is switched off: to every group in full."""
    return 1.0


@rule("max(attention, required)", within=(0.0, 1.0))
def paid(attention: float, required: float) -> float:
    """The attention that a force pays: its own, or what policy requires of it if that is more."""
    return max(attention, required)


@rule("routine * attention", within=(0.0, 1.0))
def routine_fire(routine: float, attention: float) -> float:
    """The share of its capacity that a force spends of its own accord: by the attention it pays."""
    return routine * attention
