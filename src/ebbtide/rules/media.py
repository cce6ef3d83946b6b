"""Media reach: built with money, lost to strikes, shortage and counter-media.

Claims: media.
"""

PARAMETERS = {
    "build": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("media",),
        "meaning": "share of the missing reach that a group at full pay and brand builds in a week",
    },
    "decay": {
        "unit": "1/week", "low": 0.0, "high": 1.0, "claims": ("media",),
        "meaning": "share of its reach that a group loses in a week without new work",
    },
    "strike_weight": {
        "unit": "1/week", "low": 0.0, "high": 5.0, "claims": ("media", "strikes"),
        "meaning": "share of its reach lost in a week under full strikes on media",
    },
}  # fmt: skip


def next_media(
    media: float, pay_share: float, brand: float, struck: float, countered: float,
    build: float, decay: float, strike_weight: float,
) -> float:  # fmt: skip
    """Media reach (0 to 1) a week later.

    media + build * pay share * brand * (1 - countered) * (1 - media) - min(1, decay +
    strike_weight * struck + countered * decay) * media. Outlets and radio raise recruitment until
    strikes and want of money cut them (¶10); `struck` and `countered` (0 to 1) are what strikes on
    media and counter-media reach this week. Form: assumed. Claims: media.
    """
    gained = build * pay_share * brand * (1.0 - countered) * (1.0 - media)
    lost = min(1.0, decay * (1.0 + countered) + strike_weight * struck) * media
    return max(0.0, min(1.0, media + gained - lost))
