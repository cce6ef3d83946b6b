"""Posts stand empty for a while, and those who fill them count for less.

Claims: leaders-lost, decapitated-rival.
"""

PARAMETERS = {
    "vacancy": {
        "unit": "weeks", "low": 0.0, "high": 520.0, "claims": ("leaders-lost",),
        "meaning": "weeks a post stands empty before it is filled",
    },
    "inheritance": {
        "unit": "ratio", "low": 0.0, "high": 1.0, "claims": ("leaders-lost",),
        "meaning": "standing of a successor relative to his predecessor, on average",
    },
    "spread": {
        "unit": "share", "low": 0.0, "high": 1.0, "claims": ("leaders-lost",),
        "meaning": "half-width of the uniform noise around a successor's standing",
    },
}  # fmt: skip


def successor_standing(predecessor: float, luck: float, inheritance: float, spread: float) -> float:
    """Standing (0 to 1) of the man who fills a post, from his predecessor's and a uniform draw.

    inheritance * predecessor + spread * (2 * luck - 1), kept in 0..1: key posts go to low-profile
    men (¶12). The literature disagrees on what follows: Price (2012), Jordan (2009).
    Form: assumed. Claims: leaders-lost.
    """
    return min(1.0, max(0.0, inheritance * predecessor + spread * (2.0 * luck - 1.0)))
