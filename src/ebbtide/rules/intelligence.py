"""What a force knows: the share of its fire that is aimed.

Intelligence rises with attention and with the trust of locals, and falls where insurgents have
their support and where the terrain hides them.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "the aimed share of a force's fire is its `intelligence`"

PARAMETERS = {
    "support_weight": Parameter(
        "logits", 0.0, 20.0, "fall of intelligence from no to full local support for the group"
    ),
    "cover_weight": Parameter(
        "logits", 0.0, 20.0, "fall of intelligence from open ground to high mountains"
    ),
    "locals_weight": Parameter(
        "logits", 0.0, 20.0, "gain of intelligence from full resistance of local people"
    ),
}


@rule(
    "best * attention * logistic(support_weight * (0.5 - support)"
    " - cover_weight * (cover - 0.5) + locals_weight * resistance)",
    within=(0.0, "best"),
    literature="Kress and Szechtman (2009): it rises with popular support for the state",
)
def level(
    best: float,
    attention: float,
    support: float,
    cover: float,
    resistance: float,
    support_weight: float,
    cover_weight: float,
    locals_weight: float,
) -> float:
    """The share of a force's fire on a group in a place that is aimed."""
    score = (
        support_weight * (0.5 - support) - cover_weight * (cover - 0.5) + locals_weight * resistance
    )
    return best * attention / (1.0 + math.exp(-score))


@rule("intelligence", within=(0.0, "intelligence"), source=BY_DEFINITION)
def level_without(intelligence: float) -> float:
    """The aimed share of a force's fire where intelligence is switched off: what is stated of it."""
    return intelligence
