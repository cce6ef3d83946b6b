"""A group pledges to another: its name first, then part of its commands.

Of a command that goes over, the men follow as they follow any commander (`switching.follow`).
¶9, ¶10. Form: assumed. Claims: pledges, umbrella.
"""

PARAMETERS: dict[str, dict] = {}


def command_follows(luck: float, share: float) -> bool:
    """Whether a local command of the pledging group goes over: its draw falls below the share."""
    return luck < share


def lifted_brand(brand: float, lift: float) -> float:
    """The brand (0 to 1) of the group pledged to: brand + lift * (1 - brand). Claims: pledges."""
    return brand + lift * (1.0 - brand)
