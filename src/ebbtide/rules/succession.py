"""Posts stand empty for a while, and those who fill them count for less."""

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "a post is filled after a week by a man of the same standing"

PARAMETERS = {
    "vacancy": Parameter("weeks", 0.0, 520.0, "weeks a post stands empty before it is filled"),
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


@rule("weeks_empty >= vacancy")
def filled(weeks_empty: float, vacancy: float) -> bool:
    """Whether a post has stood empty long enough to be filled."""
    return weeks_empty >= vacancy


@rule("one < other")
def served_longer(one: int, other: int) -> bool:
    """Who fills a post: the man who joined first, told by ids, which begin with the week of entry."""
    return one < other
