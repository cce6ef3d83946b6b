"""Fire on fighters and leaders, aimed with intelligence, blind without; and the fire that comes back.

Of a force's fire a share, its intelligence, is aimed; the rest falls on all who are there, armed
or not. The fire of those whom it meets is always aimed: a force stands in the open. After Deitchman
(1962) and Kress and Szechtman (2009).
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

LEAST_DRAWING = 1e-100  # men; shares of what is smaller overflow

WHEN_OFF = (
    "no fire at men or leaders and none that comes back, no arrests, no harm by forces, no deaths in "
    "offensives; pressure stays"
)

PARAMETERS = {
    "highest": Parameter(
        "1/week",
        0.0,
        0.2,
        "highest weekly probability that one force's aimed fire kills a man of usual exposure",
    ),
    "fire_highest": Parameter(
        "1/week",
        0.0,
        0.2,
        "highest weekly probability that a fighter falls to fire of any side, outside offensives",
    ),
    "arrest_highest": Parameter(
        "1/week", 0.0, 0.1, "highest weekly probability that a fighter is captured"
    ),
    "leader_highest": Parameter(
        "1/week", 0.0, 0.5, "highest weekly probability that a leader in a post is killed"
    ),
    "leader_worth": Parameter(
        "ratio", 0.0, 1.0, "leaders hit with the fire that would hit one fighter"
    ),
    "half_fire": Parameter(
        "1/week",
        1e-4,
        10.0,
        "men hit a week for each man there, at full effort, with which an offensive has half its effect",
    ),
    "half_aimed": Parameter(
        "men hit/week",
        1e-3,
        100.0,
        "men it could hit with aim, at which a force's strikes on money and media have half their effect",
    ),
    "return_fire": Parameter(
        "men/man", 0.0, 10.0, "members of a force killed for each insurgent whom it meets in a week"
    ),
    "toll": Parameter(
        "men/man",
        0.0,
        10.0,
        "members of a force killed for each insurgent whom the effort that it spends could hit or catch",
    ),
    "outsider_weight": Parameter(
        "logs",
        0.0,
        5.0,
        "growth of a stranger's exposure from full to no support",
    ),
}


@rule("stated * scale", within=(0.0, math.inf), source=BY_DEFINITION)
def deployed(stated: float, scale: float) -> float:
    """What a force or contingent can do as it is deployed now, of what its entry states.

    It is capacity (men hit/week) or arrests (men captured/week).
    """
    return stated * scale


@rule("intelligence * men", within=(0.0, "men"), source=BY_DEFINITION)
def known_of(intelligence: float, men: float) -> float:
    """Men of a group in a place whom a force knows of."""
    return intelligence * men


@rule(
    "capacity * effort * (intelligence + (1 - intelligence) * men / (men + population))",
    within=(0.0, math.inf),
    source="Kress and Szechtman (2009)",
)
def men_hit(
    capacity: float, effort: float, intelligence: float, men: float, population: float
) -> float:
    """Insurgents a force hits a week in a place, in expectation (men/week).

    Fire that is not aimed hits insurgents by their share of all who are there; `effort` is the share
    of the force's capacity spent there.
    """
    return capacity * effort * (intelligence + (1.0 - intelligence) * men / (men + population))


@rule(
    "min(1, men * highest / (fire * intelligence)) if fire * intelligence > 0 else 1",
    within=(0.0, 1.0),
)
def worthwhile(fire: float, intelligence: float, men: float, highest: float) -> float:
    """The share of its fire that a force finds targets for.

    `fire` is the men that the force could hit a week, and `highest` the highest weekly risk of death
    by it: aimed fire is not wasted on more targets than that, so that strikes fade as a group does.
    Nothing else levels off what a force does.
    """
    aimed = fire * intelligence
    if aimed <= 0.0:
        return 1.0
    return min(1.0, men * highest / aimed)


@rule(
    "capacity * effort * harm * (1 - intelligence) * population / (men + population)",
    within=(0.0, math.inf),
    source="Kress and Szechtman (2009)",
)
def civilians_harmed(
    capacity: float, effort: float, intelligence: float, men: float, population: float, harm: float
) -> float:
    """Civilians killed or injured a week by that fire, in expectation (people/week)."""
    return capacity * effort * harm * (1.0 - intelligence) * population / (men + population)


@rule(
    "highest * (1 - exp(-hit * exposure / (men * highest))) if men > 0 and highest > 0 else 0",
    within=(0.0, "highest"),
    parameters={"highest": ("arrest_highest", "leader_highest")},
)
def hazard(hit: float, men: float, exposure: float, highest: float) -> float:
    """Weekly probability that one of `men` leaders is among the `hit`, or a fighter among the captured.

    Close to `hit * exposure / men` while that is small, and levels off below its bound.
    """
    if men <= 0.0 or highest <= 0.0:
        return 0.0
    return highest * (1.0 - math.exp(-hit * exposure / (men * highest)))


@rule("min(1, hit / men) if men > 0 else 0", within=(0.0, 1.0))
def struck(hit: float, men: float) -> float:
    """Weekly probability that one of `men` fighters is among those whom one side hits."""
    return min(1.0, hit / men) if men > 0.0 else 0.0


@rule("min(fire_highest, 1 - spared)", within=(0.0, "fire_highest"))
def fire_hazard(spared: float, fire_highest: float) -> float:
    """Weekly probability that a fighter falls to fire, of which all sides together spare so much.

    Each force, the rivals together and his group's own attacks act independently
    (`displacement.spared`), so that two forces kill more than one that does all it can.
    """
    return min(fire_highest, 1.0 - spared)


@rule("hit * exposure", within=(0.0, math.inf))
def exposed_to(hit: float, exposure: float) -> float:
    """Men whom a force hits in a place (men/week), if all there were as exposed as one of them is.

    It is for forces alone: as many fall on both sides of a fight between groups, and as many in a
    group's own attacks as it sends.
    """
    return hit * exposure


@rule("1 if abroad == 1 else outsider", within=(0.0, 1.0))
def stranger(abroad: int, outsider: float) -> float:
    """How far a man is a stranger where he fights: from abroad in full, else as far as his group is."""
    return 1.0 if abroad == 1 else outsider


@rule("exp(outsider_weight * stranger * (0.5 - support))", within=(0.0, math.inf))
def exposure(support: float, stranger: float, outsider_weight: float) -> float:
    """How exposed a man is to what is fired at his group, relative to a local among his own.

    The more of a `stranger` he is, the less can he survive without local support. What the people know
    of locals the force's intelligence tells (`intelligence.level`), so that support does not count again
    here for a group of locals.
    """
    return math.exp(outsider_weight * stranger * (0.5 - support))


@rule("1 if spares == 1 and strongest == 0 else 0", source=BY_DEFINITION)
def at_peace(spares: int, strongest: float) -> int:
    """Whether a force and a group leave each other alone in a place.

    They do where the force spares the group (`spares` 1) and no act of policy sends it against the
    group there: `strongest` is the strongest act that does.
    """
    return 1 if spares == 1 and strongest == 0.0 else 0


@rule(
    "seen = intelligence * men if known_of_all > 0 else men;"
    " drawing = seen * resistance if local > 0 else seen; drawing if drawing >= 1e-100 else 0",
    within=(0.0, "men"),
)
def drawing_fire(
    intelligence: float, men: float, known_of_all: float, resistance: float, local: float
) -> float:
    """Men of a group in a place who draw a force's fire: those it knows of.

    Where it knows of none at all (`known_of_all`), all who are where it operates draw it. Armed locals
    (`local` 1) turn on whom people there resist: a group's men draw their fire by the resistance to it.
    Less than any share that arithmetic can tell from none draws no fire.
    """
    seen = intelligence * men if known_of_all > 0.0 else men
    drawing = seen * resistance if local > 0.0 else seen
    return drawing if drawing >= LEAST_DRAWING else 0.0


@rule("min(1, routine + engagement) * resistance if local > 0 else routine", within=(0.0, 1.0))
def routine_effort(routine: float, engagement: float, resistance: float, local: float) -> float:
    """The share of its capacity that a force spends without any act of policy.

    `routine` is the force's own times its attention. Armed locals (`local` 1) spend more where communities
    are engaged against the group, and as much of it as there is resistance to it.
    """
    return min(1.0, routine + engagement) * resistance if local > 0.0 else routine


@rule("drawing if strength > 0 else 0", within=(0.0, "drawing"), source=BY_DEFINITION)
def under_act(drawing: float, strength: float) -> float:
    """Men in a place who draw a force's fire where an act of policy is aimed at them, of this strength."""
    return drawing if strength > 0.0 else 0.0


@rule("drawing * effort", within=(0.0, "drawing"))
def asked_here(drawing: float, effort: float) -> float:
    """What the men of a cell ask of a force's fire: the effort meant for them, once for each who draws it.

    Added up over cells, as a share of all who draw it (`share_of_fire`), it is the effort as it falls on
    all of them together.
    """
    return drawing * effort


@rule("drawing / of_all if of_all > 0 else 0", within=(0.0, math.inf))
def share_of_fire(drawing: float, of_all: float) -> float:
    """The share of an effort that a cell draws: by the men there who draw fire.

    `of_all` are the men who draw it in all cells that the effort is aimed at: routine at all groups, an
    act of policy at those that it names.
    """
    return drawing / of_all if of_all > 0.0 else 0.0


@rule("effort * share", within=(0.0, "effort"))
def falling_here(effort: float, share: float) -> float:
    """What falls on a cell of an effort: the share that it draws (`share_of_fire`)."""
    return effort * share


@rule("drawing > 0")
def engages(drawing: float) -> bool:
    """Whether a force turns on a group in a place at all: where men draw its fire.

    Elsewhere it neither fires nor arrests, harms nobody and brings no pressure.
    """
    return drawing > 0.0


@rule("asked + effort", within=(0.0, math.inf))
def asked_with(asked: float, effort: float) -> float:
    """What is asked of a force's fire, as a share of its capacity, with one effort more.

    The efforts are its routine, its offensives, and for each group the strongest strike of the places
    where the force has men of the group within reach.
    """
    return asked + effort


@rule("max(1, asked)", within=(1.0, math.inf))
def stretch(asked: float) -> float:
    """How far a force is asked for more fire than it has; each of its efforts then gets less."""
    return max(1.0, asked)


@rule("effort / stretched", within=(0.0, "effort"), source=BY_DEFINITION)
def given(effort: float, stretched: float) -> float:
    """What a force gives an effort of what is asked for it: an offensive takes from its other wars."""
    return effort / stretched


@rule("capacity * effort", within=(0.0, math.inf), source=BY_DEFINITION)
def fire_of(capacity: float, effort: float) -> float:
    """Men whom a force could hit a week with an effort, at full aim."""
    return capacity * effort


@rule("effort * worthwhile", within=(0.0, "effort"), source=BY_DEFINITION)
def fired(effort: float, worthwhile: float) -> float:
    """What is fired of an effort: as much of it as finds targets."""
    return effort * worthwhile


@rule("usual + directed + offensive", within=(0.0, math.inf), source=BY_DEFINITION)
def all_fire(usual: float, directed: float, offensive: float) -> float:
    """The share of its capacity that a force brings to a place: routine, strikes and offensive."""
    return usual + directed + offensive


@rule("usual + directed * (1 - at_leaders - at_finance - at_media)")
def effort_at_fighters(
    usual: float, directed: float, at_leaders: float, at_finance: float, at_media: float
) -> float:
    """The share of its capacity that a force spends on fighters, what is aimed elsewhere left out."""
    return usual + directed * (1.0 - at_leaders - at_finance - at_media)


@rule("leader_worth * capacity * directed * at_leaders * intelligence", within=(0.0, math.inf))
def fire_at_leaders(
    capacity: float, directed: float, at_leaders: float, intelligence: float, leader_worth: float
) -> float:
    """Leaders in a place whom fire directed at them would hit a week, in expectation: none without aim.

    It meets those who hold their post there, and no others.
    """
    return leader_worth * capacity * directed * at_leaders * intelligence


@rule("searching + raid", within=(0.0, math.inf))
def searching_with(searching: float, raid: float) -> float:
    """The effort of a force's arrests in a place: that of its routine, and what of a raid falls on it."""
    return searching + raid


@rule("arrests * effort * intelligence", within=(0.0, math.inf))
def men_captured(arrests: float, effort: float, intelligence: float) -> float:
    """Fighters captured a week in a place, in expectation: only men known of can be arrested."""
    return arrests * effort * intelligence


@rule("capacity * effort + arrests * searching", within=(0.0, math.inf), source=BY_DEFINITION)
def effort_spent(capacity: float, effort: float, arrests: float, searching: float) -> float:
    """What a force spends in a place, in men hit (or captured) a week at full aim.

    `searching` is the effort of its arrests, those of its routine and those of raids. An offensive
    spends all that was ordered: who clears a place goes through it whether or not anybody is found.
    """
    return capacity * effort + arrests * searching


@rule("week < dated", source=BY_DEFINITION)
def spared(week: int, dated: int) -> bool:
    """Whether the holder of a post is spared what chance would do to him this week.

    `dated` is the last week for which the policy dates a death in that post (-1 for none): who died
    on a known day was alive till then.
    """
    return week < dated


@rule("doomed == 1 or (spared == 0 and drawn < risk)")
def leader_falls(doomed: int, spared: int, drawn: float, risk: float) -> bool:
    """Whether the holder of a post is killed: by a dated act, or by fire at leaders."""
    return doomed == 1 or (spared == 0 and drawn < risk)


@rule("1 - (1 - min(1, routine)) * (1 - min(1, strike))", within=(0.0, 1.0))
def standing_weight(routine: float, strike: float) -> float:
    """What a force's routine and strikes weigh together on the men in a place, offensives aside."""
    return 1.0 - (1.0 - min(1.0, routine)) * (1.0 - min(1.0, strike))


@rule(
    "strength * (brought / (brought + half_fire * men)) if brought > 0 else 0",
    within=(0.0, "strength"),
)
def weight_on(strength: float, brought: float, men: float, half_fire: float) -> float:
    """What an effort weighs on the men in a place: its strength, by what its force brings against them.

    A contest success function of the ratio form. `brought` are the men whom the force could hit there
    a week at full strength, by its capacity and its intelligence (`men_hit`): a force of next to none
    neither kills nor drives out, nor presses. The effort is an offensive, a strike or routine.
    """
    return strength * (brought / (brought + half_fire * men)) if brought > 0.0 else 0.0


@rule("strength if capacity > 0 else 0", within=(0.0, "strength"))
def weight_awaiting(strength: float, capacity: float) -> float:
    """What an effort weighs where a group has no man yet: the first who come meet all of it."""
    return strength if capacity > 0.0 else 0.0


@rule("men * (fire / (fire + men)) if fire > 0 else 0", within=(0.0, "men"))
def men_met(fire: float, men: float) -> float:
    """Insurgents whom a force meets a week in a place, with fire that could hit so many of them.

    Nearly all of few men, and of many about as many as it could hit.
    """
    return men * (fire / (fire + men)) if fire > 0.0 else 0.0


@rule(
    "exposed * (return_fire * met + toll * spent)",
    within=(0.0, math.inf),
    source="Deitchman (1962) for those met: insurgents aim, so that a force loses by their number",
    literature=(
        "Lanchester (1916), cited from memory: the losses of who moves in the open under blind fire go by "
        "how many of him are there"
    ),
)
def force_lost(met: float, spent: float, exposed: float, return_fire: float, toll: float) -> float:
    """Members of a force killed a week against a group in a place, in expectation.

    They fall in clashes with the insurgents whom it meets, and on its way: mines and single shots take
    their toll of all that it `spent`, offensives, raids and searches among it, however few it finds.
    Those whom the group attacks on its own account are not among them (`attacks.killed`).
    """
    return exposed * (return_fire * met + toll * spent)


@rule("strike * aimed", within=(0.0, 1.0))
def aimed_at(strike: float, aimed: float) -> float:
    """The part of a strike that is aimed at leaders, money or media."""
    return strike * aimed


@rule("capacity * intelligence", within=(0.0, math.inf))
def aimed_fire(capacity: float, intelligence: float) -> float:
    """Men of a group whom a force could hit a week in a place with all its fire: those it knows of."""
    return capacity * intelligence


@rule("strike * (aimed_fire / (aimed_fire + half_aimed))", within=(0.0, "strike"))
def reaching(strike: float, aimed_fire: float, half_aimed: float) -> float:
    """What a strike aimed at money or media does to them, by what its force can bring with aim.

    A contest success function of the ratio form: a force of next to no capacity, or one that knows nobody
    of the group there, stops nothing. The form is assumed.
    """
    return strike * (aimed_fire / (aimed_fire + half_aimed))


@rule("max(strongest, strike)", within=(0.0, 1.0))
def strongest_strike(strongest: float, strike: float) -> float:
    """What strikes on a group come to with one more place: the strongest counts.

    So they are asked of a force, and reach money and media. On media the strongest of all forces counts
    too; on money forces act independently (`finance.arriving`).
    """
    return max(strongest, strike)


@rule("so_far if so_far != 0 else strength - other")
def ahead(so_far: float, strength: float, other: float) -> float:
    """How far one act is ahead of another that moves the same lever (below 0: behind).

    The stronger act is ahead; of equally strong ones it is that with the greater first aim, then the
    second, and so on. So it is asked first of their strengths, then of their aims: what was settled
    `so_far` stays.
    """
    return so_far if so_far != 0.0 else strength - other


@rule("strength > 0 and ahead > 0")
def outdoes(strength: float, ahead: float) -> bool:
    """Whether an act takes a lever over from another: where it has any strength, and is ahead of it."""
    return strength > 0.0 and ahead > 0.0
