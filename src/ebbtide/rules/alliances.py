"""Allies send men and money, and some are paid for it, while the tie holds.

Lean networks gain money and give men (¶7); a lifeline runs across the border (¶8, ¶13). The men are
supporters of the ally who take up arms: his fighters stay with him.
Claims: lean-allies, lifeline, pakistan.
"""

PARAMETERS: dict[str, dict] = {}


def strength(men: float, men_at_start: float) -> float:
    """An ally's strength (0 to 1): his men now relative to the start, 1 if founded since.

    Claims: lean-allies, lifeline.
    """
    if men_at_start <= 0.0:
        return 1.0
    return min(1.0, men / men_at_start)


def flow(best: float, ally_strength: float, cut: float) -> float:
    """What an ally sends a week: best * ally strength * (1 - cut).

    In men or thousand USD; `cut` is the share (0 to 1) that state action stops. Form: assumed; ¶7,
    ¶8, ¶13. Claims: lean-allies, lifeline.
    """
    return best * ally_strength * (1.0 - cut)
