"""How runs of a bank are weighed."""

from enum import StrEnum


class By(StrEnum):
    """By how likely a run makes what was published, or by how near to it its own publications are."""

    LIKELIHOOD = "likelihood"
    NEAREST = "nearest"
