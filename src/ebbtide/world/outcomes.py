"""Outcomes: every weekly series of a group, with unit and meaning."""

from dataclasses import dataclass

from ebbtide.world.flows import END_NAMES, SOURCE_NAMES
from ebbtide.world.identity import KIND_NAMES


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named weekly series of a group: a level on the day, or a flow in the week."""

    unit: str
    meaning: str


_ENTRY_WORDS = {
    "founding": "men who came with the founding or stood at the start",
    "local_poor": "locals hired for pay",
    "like_minded": "locals won for the cause",
    "foreign": "men from abroad",
    "allies": "men sent by allies",
    "switched": "men who came over from other groups",
}
_SOURCE_WORDS = {
    "centre": "from its centre",
    "taxes": "from taxes where it holds ground",
    "crime": "from smuggling, kidnapping and extortion",
    "allies": "from allies",
}
_END_WORDS = {
    "killed": "killed by state forces and armed locals, in their own attacks, or by a dated act",
    "killed_by_rivals": "killed by rival groups",
    "captured": "captured by state forces",
    "deserted": "gone home",
    "surrendered": "given up to the state",
    "switched": "gone over to other groups",
}

OUTCOMES: dict[str, Outcome] = {
    "fighters": Outcome("men", "fighters of the group"),
    "affiliates": Outcome("people", "fighters and supporters"),
    "leaders": Outcome("men", "leaders in post"),
    "command": Outcome("share", "mean standing of its posts, empty ones counting zero"),
    "cohesion": Outcome("share", "how far the group holds together"),
    "brand": Outcome("share", "what its name promises"),
    "momentum": Outcome("-1 to 1", "sense of winning or losing"),
    "morale": Outcome("share", "mood of its men, mean over fighters"),
    "support": Outcome("share", "local support where its men are, mean over fighters"),
    "media": Outcome("share", "media reach"),
    "money": Outcome("thousand USD", "money in reserve"),
    **{
        f"income_{name}": Outcome("thousand USD/week", f"income {_SOURCE_WORDS[name]}")
        for name in SOURCE_NAMES
    },
    "wages_paid": Outcome("thousand USD/week", "paid for men and running costs"),
    "pay_share": Outcome("share", "share paid of what is due"),
    "places_present": Outcome("places", "places with any affiliate"),
    "districts_held": Outcome("districts", "districts held, over all places"),
    "pressure": Outcome("share", "state pressure on its men, mean over fighters"),
    "attention": Outcome("share", "highest attention of any force"),
    "intelligence": Outcome("share", "aimed share of fire on it, mean over forces"),
    "effort_against": Outcome(
        "men hit/week",
        "what forces spend on it, at full aim, all of them together",
    ),
    "capability": Outcome(
        "share", "mean of command, cohesion and pay share"
    ),
    "notoriety": Outcome("share", "name made by violence"),
    "resistance": Outcome(
        "share", "tribal resistance where its men are, mean over fighters"
    ),
    "attacks_state": Outcome("attacks/week", "attacks on state forces"),
    "attacks_civilians": Outcome("attacks/week", "attacks on civilians"),
    "attacks_outside": Outcome("attacks/week", "attacks outside ground that it holds"),
    "civilians_harmed": Outcome(
        "people/week", "civilians killed or injured by it"
    ),
    "state_harmed": Outcome("people/week", "members of state forces killed or injured by it"),
    "displaced": Outcome("men/week", "men driven to another place"),
    "displaced_across_borders": Outcome(
        "men/week", "men driven over an international border"
    ),
    "civilians_harmed_by_forces": Outcome(
        "people/week", "civilians killed or injured by forces that fought it"
    ),
    **{
        f"fighters_{name}": Outcome(
            "men", f"fighters of origin: {_ENTRY_WORDS[name]}"
        )
        for name in KIND_NAMES[1:]
    },
    **{
        f"entries_{name}": Outcome("men/week", _ENTRY_WORDS[name])
        for name in KIND_NAMES[1:]
    },
    **{
        f"exits_{name}": Outcome(
            "men/week", f"men {_END_WORDS[name]}"
        )
        for name in END_NAMES
    },
}  # fmt: skip

INDEX = {name: i for i, name in enumerate(OUTCOMES)}
PLACE_OUTCOMES: dict[str, Outcome] = {
    "fighters": Outcome("men", "fighters of the group in the place"),
    "affiliates": Outcome("people", "fighters and supporters there"),
    "held": Outcome("share", "share of the place's districts held"),
    "support": Outcome("share", "local support for the group"),
    "resistance": Outcome("share", "tribal resistance to the group"),
    "attacks": Outcome("attacks/week", "attacks by the group"),
}
FORCE_OUTCOMES: dict[str, Outcome] = {
    "attention": Outcome("share", "attention to the group"),
    "intelligence": Outcome("share", "aimed share of its fire, mean over the fighters it fights"),
    "effort": Outcome("men hit/week", "what it spends on the group, at full aim"),
    "men_killed": Outcome(
        "men/week",
        "fighters of the group whom its fire and offensives kill, leaders hunted down left out",
    ),
    "civilians_harmed": Outcome("people/week", "civilians it harms meanwhile"),
}
