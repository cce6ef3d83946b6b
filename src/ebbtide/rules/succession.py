"""Posts stand empty for a while, and those who fill them count for less."""

from ebbtide.rules.declaration import Parameter, rule

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
    "min(1, max(0, inheritance * predecessor + spread * (2 * luck - 1)))",
    within=(0.0, 1.0),
    literature="Price (2012) and Jordan (2009) disagree on what follows",
)
def successor_standing(predecessor: float, luck: float, inheritance: float, spread: float) -> float:
    """Standing of the man who fills a post, from his predecessor's and a uniform draw.

    Key posts go to men of little name.
    """
    return min(1.0, max(0.0, inheritance * predecessor + spread * (2.0 * luck - 1.0)))
