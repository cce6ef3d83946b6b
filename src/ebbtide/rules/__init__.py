"""What groups, fighters and forces do each week: one mechanism a file, numbers in, numbers out.

Every function here is a pure function of numbers. The compiled phases loop them over columns,
Mesa agents call them for their own row, and tests call them with plain numbers. Each module
declares its free numbers in `PARAMETERS`: unit, allowed range, meaning and claims; their values,
priors and sources stand in the scenario.
"""

from ebbtide.rules import (
    alliances,
    attacks,
    attention,
    brand,
    cohesion,
    displacement,
    finance,
    founding,
    intelligence,
    leaving,
    media,
    morale,
    pledges,
    recruitment,
    resistance,
    rivalry,
    succession,
    support,
    switching,
    targeting,
    territory,
    violence,
)

MECHANISMS = {
    "alliances": alliances,
    "attacks": attacks,
    "attention": attention,
    "brand": brand,
    "cohesion": cohesion,
    "displacement": displacement,
    "finance": finance,
    "founding": founding,
    "intelligence": intelligence,
    "leaving": leaving,
    "media": media,
    "morale": morale,
    "pledges": pledges,
    "recruitment": recruitment,
    "resistance": resistance,
    "rivalry": rivalry,
    "succession": succession,
    "support": support,
    "switching": switching,
    "targeting": targeting,
    "territory": territory,
    "violence": violence,
}
