"""A group pledges to another: its name first, then part of its commands.

Of a command that goes over, the men follow as they follow any commander (`switching.follow`).
"""

from ebbtide.rules.declaration import BY_DEFINITION, rule

WHEN_OFF = "no pledge has any effect"


@rule("founded == 1", source=BY_DEFINITION)
def received(founded: int) -> bool:
    """Whether a pledge has any effect: to a group that is not there yet it has none."""
    return founded == 1


@rule("drawn < share", source=BY_DEFINITION)
def command_follows(drawn: float, share: float) -> bool:
    """Whether a local command of the pledging group goes over: its draw falls below the share."""
    return drawn < share


@rule("brand + lift * (1 - brand)", within=(0.0, 1.0))
def lifted_brand(brand: float, lift: float) -> float:
    """The brand of the group pledged to."""
    return brand + lift * (1.0 - brand)
