"""Local support: lost to a group's own harm and to foreign rule, moved by the harm of others.

It is that of the people near a group, who hear of what it does or live under it: its harm and rule
and what forces do to it count by district, not thinned out over a whole place.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "support stays as it started"

PARAMETERS = {
    "usual_base": Parameter(
        "share",
        0.0,
        1.0,
        "usual support in a place without networks of like mind, for a group of locals",
    ),
    "usual_sympathy": Parameter(
        "share", 0.0, 1.0, "usual support that networks of like mind add at full reach"
    ),
    "stranger": Parameter(
        "ratio", 0.0, 1.0, "usual support where a group has no ties, relative to its own places"
    ),
    "outsider_loss": Parameter(
        "share", 0.0, 1.0, "share of usual support that a group of outsiders alone goes without"
    ),
    "supporters_speed": Parameter(
        "1/week",
        0.0,
        1.0,
        "share of the gap to its resting number that a cell's supporters close in a week",
    ),
    "mending": Parameter(
        "1/week", 0.0, 1.0, "share of the gap up to a place's usual support closed in a week"
    ),
    "fading": Parameter(
        "1/week", 0.0, 1.0, "share of support above the usual that is lost in a week"
    ),
    "outsider_weight": Parameter(
        "1/week",
        0.0,
        1.0,
        "support lost a week under wholly foreign rule at full local institutions, as a rate",
    ),
    "heard": Parameter(
        "districts", 0.1, 1e3, "districts in which people hear of what happens in one of them"
    ),
    "kin_blame": Parameter(
        "share", 0.0, 1.0, "blame that a group of locals bears for harm, relative to foreigners'"
    ),
    "own_harm_weight": Parameter(
        "1/(people/100,000)",
        0.0,
        10.0,
        "support lost for each person in 100,000 who hear of it whom a group of foreigners harms, "
        "as a rate",
    ),
    "state_harm_weight": Parameter(
        "1/(people/100,000)",
        0.0,
        10.0,
        "missing support gained for each person in 100,000 who hear of it whom a force of `taken` 1 "
        "harms",
    ),
}


@rule(
    "min(1, (usual_base * (home + (1 - home) * stranger) + usual_sympathy * sympathy)"
    " * (1 - outsider_loss * outsider))",
    within=(0.0, 1.0),
)
def usual_support(
    sympathy: float, outsider: float, home: float, usual_base: float, usual_sympathy: float,
    stranger: float, outsider_loss: float,
) -> float:  # fmt: skip
    """Support that a group of this foreignness finds in a place left alone.

    `home` is 1 in the group's own places and 0 elsewhere. Its own are those that its entry in the
    scenario names; where an event founds a group from outside is no home.
    """
    ties = home + (1.0 - home) * stranger
    found = usual_base * ties + usual_sympathy * sympathy
    return min(1.0, found * (1.0 - outsider_loss * outsider))


@rule("2 * each * drawing * support", within=(0.0, math.inf))
def drawn_supporters(drawing: float, support: float, each: float) -> float:
    """Supporters who are drawn in a place in the long run.

    `drawing` is the group's men there and what its media reach is worth in men, and `each` the
    supporters of a fighter where half of the people are behind the group. So some support a group in
    places where it has no man.
    """
    return each * drawing * 2.0 * support


@rule(
    "following = supporters + supporters_speed * (resting - supporters);"
    " following if following >= 0.01 else 0",
    within=(0.0, math.inf),
)
def next_supporters(supporters: float, resting: float, supporters_speed: float) -> float:
    """Supporters of a cell a week later, on their way to as many as are drawn there.

    The last hundredth of a supporter counts as none.
    """
    following = supporters + supporters_speed * (resting - supporters)
    return following if following >= 0.01 else 0.0


@rule(
    "rate = mending if support < usual else fading;"
    " 1 - (1 - (support + rate * (usual - support)) * exp(-lost - offended)) * exp(-gained)",
    within=(0.0, 1.0),
    literature="Condra, Felter, Iyengar and Shapiro (2010): what harm by international forces brings "
    "insurgents is seen for some six months",
)
def next_support(
    support: float, usual: float, gained: float, lost: float, offended: float, mending: float,
    fading: float,
) -> float:  # fmt: skip
    """Support for a group in a place a week later.

    First the gap to the usual level closes: trust that was lost comes back at one pace, anger at others
    that lifted support above it fades at another. What is lost takes from support, by harm of forces
    (`lost`) and by what the group does itself (`offended`), and what is gained takes from its want, all
    of them sums of weekly rates.
    """
    rate = mending if support < usual else fading
    mended = support + rate * (usual - support)
    # most often nothing is lost or gained, and exp(0) is 1
    in_all = lost + offended
    kept = mended * math.exp(-in_all) if in_all > 0.0 else mended
    return 1.0 - ((1.0 - kept) * math.exp(-gained) if gained > 0.0 else 1.0 - kept)


@rule("max(min(1, heard / districts), held)", within=(0.0, 1.0))
def nearby(held: float, districts: float, heard: float) -> float:
    """The share of a place's people who live near a group: who hear of what it does, or whom it rules.

    They are those of the districts in which one hears of what happens in one of them, or of all that
    it holds if that is more.
    """
    return max(min(1.0, heard / districts), held)


@rule("outsider_weight * min(1, held / nearby) * outsider * local_institutions", within=(0.0, 1.0))
def loss_by_rule(
    held: float, nearby: float, outsider: float, local_institutions: float, outsider_weight: float
) -> float:
    """What foreign rule costs a week, by the share of those near the group who live under it."""
    return outsider_weight * min(1.0, held / nearby) * outsider * local_institutions


@rule("at_group + nearby * max(0, by_force - at_group)", within=(0.0, math.inf))
def heard_of(at_group: float, by_force: float, nearby: float) -> float:
    """Those whom a force harms in a place (`by_force`) of whom the people near a group hear.

    What it fires at the group falls where the group's men are, and harms people near it (`at_group`).
    What it fires at others harms people anywhere in the place, those near the group by their share of
    its people.
    """
    return at_group + nearby * max(0.0, by_force - at_group)


@rule("harmed + wronged", within=(0.0, math.inf))
def own_harm(harmed: float, wronged: float) -> float:
    """A group's own harm in a place, in people harmed: what it loots and whom it takes count as such.

    `wronged` is what those weigh (`predation.wrong_of_looting`, `predation.wrong_of_taking`).
    """
    return harmed + wronged


@rule(
    "weight * harmed / (population * nearby / 100000)",
    within=(0.0, math.inf),
    literature="Condra, Felter, Iyengar and Shapiro (2010): who did the harm matters, and effects are "
    "found district by district",
    parameters={"weight": ("own_harm_weight", "state_harm_weight")},
)
def loss_by_harm(harmed: float, population: float, nearby: float, weight: float) -> float:
    """What harm to `harmed` of those of a place's people who live near it moves in a week.

    For a group's own harm `weight` is `own_harm_weight`, and blame for it is another rule. For a
    force's it is `state_harm_weight`, `harmed` those of whom one hears near the group (`heard_of`), and
    the result counts times the force's `taken`.
    """
    return weight * harmed / (population * nearby) * 100000.0


@rule(
    "cost * (kin_blame + (1 - kin_blame) * outsider)",
    within=(0.0, "cost"),
    literature="Lyall, Blair and Imai (2013), cited from memory: harm by one's own side is forgiven "
    "more readily than harm by strangers",
)
def blamed(cost: float, outsider: float, kin_blame: float) -> float:
    """What a group's own harm costs it: locals bear a part of what it would cost strangers, `cost`."""
    return cost * (kin_blame + (1.0 - kin_blame) * outsider)


@rule("by_harm + by_rule", within=(0.0, math.inf))
def offended(by_harm: float, by_rule: float) -> float:
    """What a group costs itself with the people of a place in a week: by its harm and by its rule.

    It takes from support, and raises resistance.
    """
    return by_harm + by_rule


@rule(
    "taken * loss * (1 - outsider) if taken > 0 else taken * loss",
    literature="Lyall, Blair and Imai (2013), cited from memory: harm by strangers moves people towards "
    "their own side",
)
def moved_by_force(loss: float, taken: float, outsider: float) -> float:
    """How a force's harm moves support for a group: above zero towards it, below zero away.

    Whom it drives to fighters it drives to those with ties to them, not to strangers.
    """
    return taken * loss * (1.0 - outsider) if taken > 0.0 else taken * loss


@rule("max(0, moved)", within=(0.0, math.inf), source=BY_DEFINITION)
def towards(moved: float) -> float:
    """What of a force's harm moves people towards a group: nothing of what moves them away."""
    return max(0.0, moved)


@rule("max(0, -moved)", within=(0.0, math.inf), source=BY_DEFINITION)
def away(moved: float) -> float:
    """What of it moves people away from the group."""
    return max(0.0, -moved)
