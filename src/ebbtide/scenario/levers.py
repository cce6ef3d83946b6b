"""The levers of a policy: what each moves, what it costs, and what else it does.

`LEVERS` declares the meaning of every kind of act once. `strength` is the act's share of all that
could be done, 0 to 1; where several acts move one lever it stands at the strongest.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lever:
    """One kind of act: `needs` are the keys of an act that have a meaning for it alone."""

    meaning: str
    cost: str  # effort, in the unit of the outcome `effort` of forces
    side_effects: str
    mechanisms: tuple[str, ...]  # whose rules it reaches
    needs: tuple[str, ...] = ()


_NO_EFFORT = "no effort of a force is counted: weigh its price outside the model"

LEVERS: dict[str, Lever] = {
    "strikes": Lever(
        "A force adds fire at the named groups, aimed as the act says at leaders, money, media and, "
        "with the rest, at fighters.",
        "for each named group, strength times the force's capacity, in men hit a week at full aim; "
        "where all come to more than its capacity each gets less",
        "Fire that is not aimed harms civilians, which moves local support; pressure drives men to "
        "quieter places; leaders lost lower cohesion.",
        ("targeting", "intelligence", "finance", "media", "displacement", "support", "succession"),
        ("force", "leaders", "finance", "media"),
    ),
    "offensive": Lever(
        "A force takes the ground in the named places: men there are killed or driven out, and "
        "districts are hard to hold.",
        "strength times the force's capacity, in men hit a week at full aim, once for all places and "
        "named groups, shared by the men whom it knows there",
        "Men who are driven out go on to neighbouring places, also across borders; fire that is "
        "not aimed harms civilians.",
        ("displacement", "targeting", "territory"),
        ("force",),
    ),
    "raids": Lever(
        "A force arrests the fighters whom it knows of.",
        "for each named group, strength times the force's arrests, in men captured a week at full aim",
        "None on civilians: who is captured leaves his group alive.",
        ("targeting", "intelligence"),
        ("force",),
    ),
    "leader_killed": Lever(
        "The holder of a post dies in the week of the act; if the post is empty then, the next "
        "holder does.",
        _NO_EFFORT,
        "Cohesion falls for a time, and a successor counts for less.",
        ("cohesion", "succession", "switching"),
        ("post",),
    ),
    "finance_interdiction": Lever(
        "A share of all that the named groups take in is stopped.",
        _NO_EFFORT,
        "None on civilians; unpaid men go home, change sides or give up.",
        ("finance",),
    ),
    "counter_media": Lever(
        "New reach of the named groups' media is stopped, and what they have fades faster.",
        _NO_EFFORT,
        "None.",
        ("media",),
    ),
    "border_control": Lever(
        "International borders of the named places are closed to men: foreigners on their way in, "
        "and men driven out on their way over.",
        _NO_EFFORT,
        "Men under pressure who cannot cross stay, or go elsewhere inside the country.",
        ("displacement", "recruitment"),
    ),
    "cut_allies": Lever(
        "A share of the men and money that reach the named groups from allies across the border is "
        "stopped.",
        _NO_EFFORT,
        "Money that was not sent stays with the ally.",
        ("alliances",),
    ),
    "amnesty": Lever(
        "Fighters of the named groups give themselves up and go home more readily.",
        _NO_EFFORT,
        "None: nobody who gave up comes back.",
        ("leaving",),
    ),
    "tribal_engagement": Lever(
        "Tribes of the named places are won over: resistance to every group there grows, and armed "
        "locals fight harder.",
        "of local forces only: what they add to their routine, in men hit a week at full aim",
        "Armed locals harm civilians as their force's entry says; resistance gives intelligence to "
        "all forces.",
        ("resistance", "intelligence", "targeting"),
    ),
    "truce": Lever(
        "The named groups and a rival stop fighting each other.",
        _NO_EFFORT,
        "Both spare men, and neither stands in the way of the other's ground.",
        ("rivalry", "territory"),
        ("rival",),
    ),
    "attention": Lever(
        "A force, or every force, attends to the named groups at least so much.",
        "what routine fire at the attended groups spends: capacity times routine and attention",
        "Fire for one group is taken from the others, as routine fire is shared out by the men that "
        "a force sees.",
        ("attention", "intelligence"),
    ),
}
