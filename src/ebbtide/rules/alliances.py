"""Allies send men and money, and some are paid for it, while the tie holds.

Lean networks gain money and give men; a lifeline runs across the border. The men are supporters of
the ally who take up arms: his fighters stay with him.
"""

from ebbtide.rules.declaration import rule


@rule("min(1, men / men_at_start) if men_at_start > 0 else 1", within=(0.0, 1.0))
def strength(men: float, men_at_start: float) -> float:
    """An ally's strength: his men now relative to the start, 1 if founded since."""
    if men_at_start <= 0.0:
        return 1.0
    return min(1.0, men / men_at_start)


@rule("best * ally_strength * (1 - cut)", within=(0.0, "best"))
def flow(best: float, ally_strength: float, cut: float) -> float:
    """What an ally sends a week, in men or thousand USD.

    `cut` is the share (0 to 1) that state action stops.
    """
    return best * ally_strength * (1.0 - cut)
