"""Media reach: built with money, lost to strikes, shortage and counter-media."""

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "no group that is there has any media reach"

PARAMETERS = {
    "build": Parameter(
        "1/week",
        0.0,
        1.0,
        "share of the missing reach that a group at full pay and brand builds in a week",
    ),
    "decay": Parameter(
        "1/week", 0.0, 1.0, "share of its reach that a group loses in a week without new work"
    ),
    "strike_weight": Parameter(
        "1/week", 0.0, 5.0, "share of its reach lost in a week under full strikes on media"
    ),
}


@rule(
    "max(0, min(1, media + build * pay_share * brand * (1 - countered) * (1 - media)"
    " - min(1, decay * (1 + countered) + strike_weight * struck) * media))",
    within=(0.0, 1.0),
)
def next_media(
    media: float, pay_share: float, brand: float, struck: float, countered: float,
    build: float, decay: float, strike_weight: float,
) -> float:  # fmt: skip
    """Media reach a week later.

    Outlets and radio raise recruitment until strikes and want of money cut them; `struck` and
    `countered` (0 to 1) are what strikes on media and counter-media reach this week.
    """
    gained = build * pay_share * brand * (1.0 - countered) * (1.0 - media)
    lost = min(1.0, decay * (1.0 + countered) + strike_weight * struck) * media
    return max(0.0, min(1.0, media + gained - lost))


@rule("media if men > 0 else 0", within=(0.0, "media"))
def heard(media: float, men: float) -> float:
    """Media reach that wins recruits and supporters: of a group without men there is none."""
    return media if men > 0.0 else 0.0


@rule("0", within=(0.0, 1.0), source=BY_DEFINITION)
def media_without() -> float:
    """The media reach of a group where media are switched off."""
    return 0.0
