"""Allies send men and money, and some are paid for it, while the tie holds.

Whoever backs a group, an ally or a centre, sends by what it is worth to him. Lean networks gain money
and give men; a lifeline runs across the border. The men are supporters of the ally who take up arms.
Most go to where the group's men are, some stay and are its men where the ally stands; his own fighters
stay with him.
"""

import math

from ebbtide.rules.declaration import BY_DEFINITION, Parameter, rule

WHEN_OFF = "no ally sends anything"

PARAMETERS = {
    "stay": Parameter(
        "share", 0.0, 1.0, "of the men whom an ally gives, those who stay where the ally stands"
    ),
    "worth_power": Parameter(
        "exponent",
        0.0,
        5.0,
        "power of a group's men, of its greatest number so far, by which those behind it send",
    ),
}


@rule("min(1, men / men_at_start) if men_at_start > 0 else 1", within=(0.0, 1.0))
def strength(men: float, men_at_start: float) -> float:
    """An ally's strength: his men now relative to the start, 1 if founded since."""
    if men_at_start <= 0.0:
        return 1.0
    return min(1.0, men / men_at_start)


@rule("max(greatest, men)", within=(0.0, math.inf), source=BY_DEFINITION)
def greatest(greatest: int, men: int) -> int:
    """The greatest number of men that a group has had so far."""
    return max(greatest, men)


@rule("min(1, men / greatest) ** worth_power if greatest > 0 else 1", within=(0.0, 1.0))
def worth(men: float, greatest: float, worth_power: float) -> float:
    """What a group is worth to those behind it, of what it was at its best: centre and allies alike.

    Assumed in form and size. At a power of 0 all is sent whatever becomes of it, so that the fewer
    its men the more comes to each; at 1 each gets as much as ever; above, a loser is given up.
    """
    return min(1.0, men / greatest) ** worth_power if greatest > 0.0 else 1.0


@rule("max(0, stated_money)", within=(0.0, math.inf), source=BY_DEFINITION)
def sends(stated_money: float) -> float:
    """What an ally sends a group at best (thousand USD a week), by the group's entry for him."""
    return max(0.0, stated_money)


@rule("max(0, -stated_money)", within=(0.0, math.inf), source=BY_DEFINITION)
def pays(stated_money: float) -> float:
    """What a group pays an ally at best: its entry for him is below zero then."""
    return max(0.0, -stated_money)


@rule("best * alliance", within=(0.0, "best"))
def agreed(best: float, alliance: float) -> float:
    """What an ally is bound to send at best, as far as the tie still holds (0 to 1)."""
    return best * alliance


@rule("best * ally_strength * worth * (1 - cut)", within=(0.0, "best"))
def flow(best: float, ally_strength: float, worth: float, cut: float) -> float:
    """What an ally sends a week, in men or thousand USD, by his strength and what the group is worth.

    `cut` is the share (0 to 1) that state action stops. What a group pays an ally falls as it does itself:
    with fewer men it buys less, and is worth less to both alike. Assumed.
    """
    return best * ally_strength * worth * (1.0 - cut)


@rule("week >= start and men > 0 and men_of_ally > 0", source=BY_DEFINITION)
def stands(week: int, start: int, men: int, men_of_ally: int) -> bool:
    """Whether a tie is alive: it has begun, and both sides have men."""
    return week >= start and men > 0 and men_of_ally > 0


@rule("strength if lifeline == 1 else 0", within=(0.0, 1.0), source=BY_DEFINITION)
def cut(strength: float, lifeline: int) -> float:
    """The share of a tie that state action stops: of those that cross the border alone."""
    return strength if lifeline == 1 else 0.0


@rule("sent + paid", within=(0.0, math.inf), source=BY_DEFINITION)
def promise(sent: float, paid: float) -> float:
    """What one group promises another this week (thousand USD).

    It sends what the other's entry says, and pays what its own says.
    """
    return sent + paid


@rule("max(0, reserve) / total if total > max(0, reserve) else 1", within=(0.0, 1.0))
def affordable(total: float, reserve: float) -> float:
    """The share of all its promises that a group keeps: they stop where its reserve does."""
    at_hand = max(0.0, reserve)
    return at_hand / total if total > at_hand else 1.0


@rule("promised * kept", within=(0.0, "promised"), source=BY_DEFINITION)
def set_aside(promised: float, kept: float) -> float:
    """What is set aside of a promise, by the share of all its promises that a group keeps."""
    return promised * kept


@rule("sent * ((1 - stay) * men / total + stay * allied / men_of_ally)", within=(0.0, math.inf))
def sent_to(
    sent: float, men: float, total: float, allied: float, men_of_ally: float, stay: float
) -> float:
    """Of the men whom an ally gives, those who take up arms for the group in one place.

    Those who go to the group come by its men there, of `total`; those who stay, by the ally's men there
    (`allied`): so a group comes to be where its allies are.
    """
    return sent * ((1.0 - stay) * men / total + stay * allied / men_of_ally)
