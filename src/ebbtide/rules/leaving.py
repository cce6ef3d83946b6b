"""Men go home or give themselves up when the pay stops and the mood is lost.

Not all are alike: what brought a man decides what keeps him. Weinstein (2007) has those who come for
gain go with it and those who come for a cause stay, and soldiers' first months are their loosest
(McLauchlin 2015); both cited from memory, and sizes are guesses.

How these ends of a week and all others compete for a man stands here too, and holds in any case.
"""

import math

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "nobody goes home or gives up"

PARAMETERS = {
    "highest": Parameter("1/week", 0.0, 0.1, "highest weekly probability that a fighter deserts"),
    "tendency": Parameter(
        "logits", -10.0, 10.0, "score of deserting when paid in full and of middling morale"
    ),
    "arrears_weight": Parameter(
        "logits", 0.0, 20.0, "rise of that score when no wage is paid at all"
    ),
    "morale_weight": Parameter(
        "logits", 0.0, 20.0, "rise of that score from highest to lowest morale"
    ),
    "hired_weight": Parameter(
        "ratio", 1.0, 10.0, "what arrears count for a hired man, as against the others"
    ),
    "like_minded_tie": Parameter(
        "logits", 0.0, 20.0, "fall of that score for a man won for the cause"
    ),
    "foreign_tie": Parameter(
        "logits",
        0.0,
        20.0,
        "fall of that score for a man from abroad, who has no home to melt into",
    ),
    "forced_weight": Parameter(
        "logits", 0.0, 20.0, "rise of that score for a man who was taken by force"
    ),
    "newcomer_weight": Parameter(
        "logits", 0.0, 20.0, "rise of that score for a man who has just joined"
    ),
    "settling": Parameter("weeks", 1.0, 520.0, "weeks of service that wear that off to a third"),
    "surrender_highest": Parameter(
        "1/week", 0.0, 0.1, "highest weekly probability that a fighter surrenders to the state"
    ),
    "surrender_tendency": Parameter(
        "logits", -10.0, 10.0, "score of surrendering at middling morale without an amnesty"
    ),
    "amnesty_weight": Parameter("logits", 0.0, 20.0, "rise of that score under a full amnesty"),
}


@rule(
    "highest * logistic(tendency + arrears_weight * (hired_weight if hired == 1 else 1)"
    " * (1 - pay_share) + morale_weight * (0.5 - morale) - tie)",
    within=(0.0, "highest"),
)
def desertion_hazard(
    pay_share: float,
    morale: float,
    hired: int,
    tie: float,
    highest: float,
    tendency: float,
    arrears_weight: float,
    morale_weight: float,
    hired_weight: float,
) -> float:
    """Weekly probability that a fighter goes home: arrears and lost morale raise it, ties lower it.

    Arrears count more for a man who was `hired` for pay (1) than for the others.
    """
    arrears = (1.0 - pay_share) * (hired_weight if hired == 1 else 1.0)
    score = tendency + arrears_weight * arrears + morale_weight * (0.5 - morale) - tie
    return highest / (1.0 + math.exp(-score))


@rule("1 if with_founding == 1 or came_over == 1 else 0", within=(0.0, 1.0))
def seasoned(with_founding: int, came_over: int) -> int:
    """Whether a man was no newcomer when he joined.

    So were those who stood there at the start or founded the group, and those who came over from
    another, with their commander and their comrades as a rule.
    """
    return 1 if with_founding == 1 or came_over == 1 else 0


@rule("0 if seasoned == 1 else exp(-weeks_served / settling)", within=(0.0, 1.0))
def newness(seasoned: int, weeks_served: float, settling: float) -> float:
    """How new a man is to the life: wholly when he joins, less with every week; the seasoned never."""
    return 0.0 if seasoned == 1 else math.exp(-weeks_served / settling)


@rule(
    "like_minded_tie * like_minded + foreign_tie * abroad - forced_weight * forced"
    " - newcomer_weight * newness",
    literature="Gates (2002) and (2017), Beber and Blattman (2013), cited from memory: who was forced to "
    "join is held by fear of punishment, runs when he can, and comes to belong if he stays",
)
def tie(
    like_minded: int,
    abroad: int,
    forced: int,
    newness: float,
    like_minded_tie: float,
    foreign_tie: float,
    forced_weight: float,
    newcomer_weight: float,
) -> float:
    """What ties a man to his group beyond pay and mood (logits).

    A cause, or having no home near by to go to; those who have just come are tied least, and those whom
    the group took by force (`forced` 1) least of all.
    """
    ties = like_minded_tie * like_minded + foreign_tie * abroad
    return ties - forced_weight * forced - newcomer_weight * newness


@rule(
    "surrender_highest * logistic(surrender_tendency + morale_weight * (0.5 - morale)"
    " + amnesty_weight * amnesty)",
    within=(0.0, "surrender_highest"),
)
def surrender_hazard(
    morale: float,
    amnesty: float,
    surrender_highest: float,
    surrender_tendency: float,
    morale_weight: float,
    amnesty_weight: float,
) -> float:
    """Weekly probability that a fighter gives himself up."""
    score = surrender_tendency + morale_weight * (0.5 - morale) + amnesty_weight * amnesty
    return surrender_highest / (1.0 + math.exp(-score))


@rule("beginning + width", within=(0.0, math.inf))
def slice_stop(beginning: float, width: float) -> float:
    """Where one end's slice of [0, 1) stops: it is as wide as that end's highest hazard.

    One draw a week falls into one slice, so that no two ends come for one man. The slices lie one
    behind the other in an order that changes no chance: an end comes with its hazard wherever it lies.
    """
    return beginning + width


@rule("drawn - beginning < hazard")
def end_comes(drawn: float, beginning: float, hazard: float) -> bool:
    """Whether an end comes for a man whose draw fell into its slice: in the part that the hazard fills."""
    return drawn - beginning < hazard
