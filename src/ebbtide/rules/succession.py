"""Posts stand empty for a while, and those who fill them count for less.

Posts go to factions and places by their men, and there to those who have served longest.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "a post is filled after a week by a man of the same standing"

PARAMETERS = {
    "vacancy": Parameter(
        "weeks", 0.0, 520.0, "weeks the lowest post of a group stands empty before it is filled"
    ),
    "seniority": Parameter(
        "ratio", 0.0, 20.0, "how much longer the head's post stands empty than the lowest, beyond 1"
    ),
    "inheritance": Parameter(
        "ratio", 0.0, 1.0, "standing of a successor relative to his predecessor, on average"
    ),
    "spread": Parameter(
        "share", 0.0, 1.0, "half-width of the uniform noise around a successor's standing"
    ),
}


@rule(
    "min(1, max(0, inheritance * predecessor + spread * (2 * drawn - 1)))",
    within=(0.0, 1.0),
    literature="Price (2012) and Jordan (2009) disagree on what follows",
)
def successor_standing(
    predecessor: float, drawn: float, inheritance: float, spread: float
) -> float:
    """Standing of the man who fills a post, from his predecessor's and a uniform draw.

    Key posts go to men of little name.
    """
    return min(1.0, max(0.0, inheritance * predecessor + spread * (2.0 * drawn - 1.0)))


@rule("standing / posts", within=(0.0, 1.0))
def command(standing: float, posts: float) -> float:
    """How well a group is led: the mean standing of its posts, empty ones counting zero.

    `standing` is the sum over the posts that are filled.
    """
    return standing / posts


@rule(
    "vacancy * (1 + seniority * ((1 - min(1, rank / (posts - 1))) if posts > 1 else 0))",
    within=(0.0, math.inf),
)
def empty_for(rank: float, posts: float, vacancy: float, seniority: float) -> float:
    """Weeks that a post stands empty: the higher its rank (0 for the head), the longer.

    Few men are accepted in the posts that count most. A group's only post is as its lowest.
    """
    above = 1.0 - min(1.0, rank / (posts - 1.0)) if posts > 1.0 else 0.0
    return vacancy * (1.0 + seniority * above)


@rule("1", within=(0.0, math.inf), source=BY_DEFINITION)
def empty_without() -> float:
    """Weeks that a post stands empty where succession is switched off."""
    return 1.0


@rule("first_holder == 1 or weeks_empty >= stands_empty")
def filled(first_holder: int, weeks_empty: float, stands_empty: float) -> bool:
    """Whether an empty post is filled: at once where nobody held it before, else after a while."""
    return first_holder == 1 or weeks_empty >= stands_empty


@rule("split_off == 1 or (headed == 0 and had_head == 0)")
def names_first(split_off: int, headed: int, had_head: int) -> bool:
    """Whether a group names its first leaders this week: it never had a head, or has one who came with it.

    `split_off` is 1 where its head came over this week with those who founded it: other posts are open.
    """
    return split_off == 1 or (headed == 0 and had_head == 0)


@rule("week > 0", source=BY_DEFINITION)
def counts_at_once(week: int) -> bool:
    """Whether a group is led by its first leaders from the week on in which they are named.

    On the first day (week 0) it is led as well as the scenario states.
    """
    return week > 0


@rule(
    "men / (2 * leaders + 1)",
    within=(0.0, "men"),
    literature="seats are shared out so in parliaments, Sainte-Laguë (1910), cited from memory",
)
def due(men: float, leaders: float) -> float:
    """What a faction's men in a place are due of the group's posts, of which they hold `leaders`.

    The next post goes where most is due, of equal ones to the first: so posts lie as men do, and a fallen
    leader's post mostly stays with his own.
    """
    return men / (2.0 * leaders + 1.0)


@rule("-identity")
def length_of_service(identity: int) -> int:
    """How long a man has served: he who has served longest fills the post due where he is.

    It is no number of weeks, but tells one from another: ids begin with the week of entry.
    """
    return -identity
