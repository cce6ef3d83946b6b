"""Local support: lost to a group's own harm and to foreign rule, moved by the harm of others.

Claims: backlash, no-friends, state-harm, magnets.
"""

import math

PARAMETERS = {
    "usual_base": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("magnets",),
        "meaning": "usual support in a place without networks of like mind, for a group of locals",
    },
    "usual_sympathy": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("magnets",),
        "meaning": "usual support that networks of like mind add at full reach",
    },
    "stranger": {
        "unit": "ratio", "low": 0.0, "high": 1.0, "claims": ("magnets", "no-friends"),
        "meaning": "usual support where a group has no ties, relative to its own places",
    },
    "outsider_loss": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("no-friends", "local-need"),
        "meaning": "share of usual support that a group of outsiders alone goes without",
    },
    "supporters_speed": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("size",),
        "meaning": "share of the gap to its resting number that a cell's supporters close in a week",
    },
    "mending": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("backlash",),
        "meaning": "share of the gap to a place's usual support closed in a week",
    },
    "outsider_weight": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("backlash", "no-friends"),
        "meaning": "support lost a week under wholly foreign rule of a wholly tribal place, as a rate",
    },
    "own_harm_weight": {
        "unit": "1/(people/100,000)", "low": 0.0, "high": 10.0, "claims": ("backlash",),
        "meaning": "support lost for each person in 100,000 whom the group harms, as a rate",
    },
    "state_harm_weight": {
        "unit": "1/(people/100,000)", "low": 0.0, "high": 10.0, "claims": ("state-harm",),
        "meaning": "missing support gained for each person in 100,000 whom a force of `taken` 1 harms",
    },
}  # fmt: skip


def usual_support(
    sympathy: float, outsider: float, home: float, usual_base: float, usual_sympathy: float,
    stranger: float, outsider_loss: float,
) -> float:  # fmt: skip
    """Support (0 to 1) that a group of this foreignness finds in a place left alone.

    min(1, (usual_base * ties + usual_sympathy * sympathy) * (1 - outsider_loss * outsider)), with
    ties 1 at home (the group's own places) and `stranger` elsewhere. Form: assumed; ¶3, ¶14, ¶15.
    Claims: magnets, no-friends.
    """
    ties = home + (1.0 - home) * stranger
    found = usual_base * ties + usual_sympathy * sympathy
    return min(1.0, found * (1.0 - outsider_loss * outsider))


def next_supporters(
    supporters: float, drawing: float, support: float, each: float, supporters_speed: float
) -> float:
    """Supporters of a cell a week later, on their way to as many as are drawn there.

    supporters + supporters_speed * (2 * each * drawing * support - supporters), with `drawing` the
    group's men there and what its media reach is worth in men, and `each` the supporters of a
    fighter where half of the people are behind the group. So some support a group in places where
    it has no man. The last hundredth of a supporter counts as none. Form: assumed; ¶9.
    Claims: size, spread, media.
    """
    following = supporters + supporters_speed * (each * drawing * 2.0 * support - supporters)
    return following if following >= 0.01 else 0.0


def next_support(support: float, usual: float, gained: float, lost: float, mending: float) -> float:
    """Support (0 to 1) for a group in a place a week later.

    First the gap to the usual level closes: mended = support + mending * (usual - support). What
    is lost takes from support, and what is gained takes from its want:
    1 - (1 - mended * exp(-lost)) * exp(-gained), with both sums of weekly rates. Form: assumed, so
    that it never leaves 0..1; ¶14, ¶15. Claims: backlash, no-friends, state-harm.
    """
    mended = support + mending * (usual - support)
    kept = mended * math.exp(-lost)
    return 1.0 - (1.0 - kept) * math.exp(-gained)


def loss_by_rule(held: float, outsider: float, tribal: float, outsider_weight: float) -> float:
    """What foreign rule costs a week: outsider_weight * held * outsider * tribal.

    Form: assumed; ¶14. Claims: backlash, no-friends.
    """
    return outsider_weight * held * outsider * tribal


def loss_by_harm(harmed: float, people: float, weight: float) -> float:
    """What harm to `harmed` of `people` moves in a week: weight * harmed / (people / 100,000).

    For a group's own harm `weight` is `own_harm_weight`; for a force's it is `state_harm_weight`, and
    the result counts times the force's `taken`. That who did the harm matters is Condra, Felter,
    Iyengar and Shapiro (2010); the form is assumed. ¶14. Claims: backlash, state-harm.
    """
    return weight * harmed / people * 100000.0
