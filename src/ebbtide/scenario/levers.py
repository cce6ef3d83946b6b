"""The levers of a policy: each is declared once, here, and all else derives from `LEVERS`.

The schema of an act and its checks, the engine's columns, `ebbtide explain` and the ODD read it.
Where several acts move one lever it stands at the strongest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ebbtide.scenario.names import places_in

if TYPE_CHECKING:
    from ebbtide.scenario.schema.file import ScenarioFile
    from ebbtide.scenario.schema.policy import Act


@dataclass(frozen=True, slots=True)
class Held:
    """What a lever's strength may be held by: `keys` of an act say where along it the lever is moved.

    `of` is the dimension of its column, if it is called otherwise. Keys that `may_be_left_out` mean
    all; so do those of a lever that reaches every force or every group.
    """

    keys: tuple[str, ...]
    of: str = ""
    may_be_left_out: bool = False


HELD_BY = {
    "force": Held(("force",)),
    "group": Held(("against",)),
    "place": Held(("places",), may_be_left_out=True),
    "rival": Held(("rival",), of="group"),
    "post": Held(("against", "post")),
}


@dataclass(frozen=True, slots=True)
class Through:
    """What a lever works through, which a scenario need not have where its act is.

    `lacking` says in words that an act of it meets none, and None where it does.
    """

    what: str
    lacking: Callable[[Act, ScenarioFile], str | None]


def _no_borders(act: Act, file: ScenarioFile) -> str | None:
    places = places_named(act, file)
    met = (
        each.international and places.intersection(each.between) for each in file.borders.values()
    )
    return None if any(met) else "meets no international border"


def _no_institutions(act: Act, file: ScenarioFile) -> str | None:
    places = places_named(act, file)
    if any(file.places[place].local_institutions.quantile(1.0) > 0 for place in places):
        return None
    return "meets no place with `local_institutions`"


def _no_lifelines(act: Act, file: ScenarioFile) -> str | None:
    ties = (tie for group in act.against for tie in file.groups[group].allies.values())
    if any(tie.lifeline for tie in ties):
        return None
    return f"is against {' and '.join(act.against)}, with no ally across a border"


def _no_hostility(act: Act, file: ScenarioFile) -> str | None:
    rival = str(act.rival)
    towards = [file.groups[group].hostility.get(rival) for group in act.against]
    towards += [file.groups[rival].hostility.get(group) for group in act.against]
    if any(share is not None and share.quantile(1.0) > 0 for share in towards):
        return None
    return "is between groups without hostility to each other"


_NO_EFFORT = "a run books none of a force: a comparison takes its price from prices.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One kind of act: what it moves, at what effort, and by what its strength is held.

    `held_by` are names of `HELD_BY`: force, group, place, rival (a second group) and post (of a
    group); their order is that of its column. `aims` follow the strongest act, not the
    strongest share. A lever that `breaks_peace` sends a force against the groups that its acts name:
    where one of any strength does, the force does not leave a group alone that it spares otherwise.
    """

    meaning: str
    cost: str = (
        _NO_EFFORT  # what a run books of forces' effort, in the unit of their outcome `effort`
    )
    booked: bool = False  # whether that is all that it costs: no price is added to it
    side_effects: str
    held_by: tuple[str, ...]
    every_force: bool = False  # an act that names no force means all of them
    every_group: bool = False  # and one that names no group, all groups
    aims: Mapping[str, str] = field(
        default_factory=dict
    )  # shares with another aim, and their words
    spends: str | None = None  # of a force, in proportion to its strength
    at_start_only: bool = False  # moved in the week of its start alone
    breaks_peace: bool = False
    raises_locals: bool = False  # armed locals who do nothing by themselves answer to it
    all_or_nothing: bool = False
    kills_holder: bool = False  # its act is the dated death of who holds the post
    through: Through | None = None  # an act that meets none of it moves nothing

    @property
    def strength(self) -> str:
        """What the strength of an act of it may be, and means."""
        if self.all_or_nothing:
            return "0 or 1: it happens or does not"
        return "0 to 1: the share of all that could be done"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that an act of it may state, beside those of every act."""
        said = (key for each in self.held_by for key in HELD_BY[each].keys)
        lasting = () if self.at_start_only else ("stop",)
        return tuple(dict.fromkeys((*said, *lasting, *self.aims)))

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys that an act of it must state."""
        reaches_all = {"force": self.every_force, "group": self.every_group}
        said = (
            key
            for each in self.held_by
            if not (HELD_BY[each].may_be_left_out or reaches_all.get(each))
            for key in HELD_BY[each].keys
        )
        return tuple(dict.fromkeys(said))

    def left_out(self, key: str) -> str | None:
        """What an act of it that does not say where along it the lever is moved means by that.

        None for a key that it must state, or that says something else.
        """
        if key in self.needs or all(key not in HELD_BY[each].keys for each in self.held_by):
            return None
        by_force = "force" in self.held_by and key in HELD_BY["place"].keys
        return "wherever its force operates" if by_force else "all"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of its column."""
        return tuple(HELD_BY[each].of or each for each in self.held_by)

    @property
    def between(self) -> tuple[int, int] | None:
        """Which two of its dimensions are two groups of which it holds for either; None where none."""
        if "rival" not in self.held_by:
            return None
        return self.held_by.index("group"), self.held_by.index("rival")


LEVERS: dict[str, Lever] = {
    "strikes": Lever(
        meaning="A force adds fire at the named groups, aimed as the act says at leaders, money, media "
        "and, with the rest, at fighters.",
        cost="for each named group, strength times the force's capacity, in men hit a week at full "
        "aim; where this, its routine and its offensives come to more than it has, each gets less",
        booked=True,
        side_effects="Fire that is not aimed harms civilians, which moves local support; pressure drives "
        "men to quieter places; leaders lost lower cohesion; those whom the force meets fire back.",
        held_by=("force", "group", "place"),
        aims={
            "leaders": "share aimed at leaders",
            "finance": "share aimed at money",
            "media": "share aimed at media; the rest at fighters",
        },
        spends="capacity",
        breaks_peace=True,
    ),
    "offensive": Lever(
        meaning="A force takes the ground in the named places: men there are killed or driven out, and "
        "districts are hard to hold.",
        cost="strength times the force's capacity, in men hit a week at full aim, once for all places "
        "and named groups, shared by the men whom it knows there; as with strikes, it takes from the "
        "force's other fire where all come to more than it has",
        booked=True,
        side_effects="Men who are driven out go on to neighbouring places, also across borders; fire "
        "that is not aimed harms civilians; those whom the force meets fire back.",
        held_by=("force", "group", "place"),
        spends="capacity",
        breaks_peace=True,
    ),
    "raids": Lever(
        meaning="A force arrests the fighters whom it knows of.",
        cost="for each named group, strength times the force's arrests, in men captured a week at full "
        "aim",
        booked=True,
        side_effects="None on civilians: who is captured leaves his group alive.",
        held_by=("force", "group", "place"),
        spends="arrests",
        breaks_peace=True,
    ),
    "leader_killed": Lever(
        meaning="The holder of a post dies in the week of the act; if the post is empty then, the next "
        "holder does.",
        side_effects="Cohesion falls for a time, and a successor counts for less.",
        held_by=("post",),
        at_start_only=True,
        all_or_nothing=True,
        kills_holder=True,
    ),
    "finance_interdiction": Lever(
        meaning="A share of all that the named groups take in is stopped.",
        side_effects="None on civilians; unpaid men go home, change sides or give up.",
        held_by=("group",),
    ),
    "counter_media": Lever(
        meaning="New reach of the named groups' media is stopped, and what they have fades faster.",
        side_effects="None.",
        held_by=("group",),
    ),
    "border_control": Lever(
        meaning="International borders of the named places are closed to men: foreigners on their way "
        "in, and men driven out on their way over.",
        side_effects="Men under pressure who cannot cross stay, or go elsewhere inside the country. "
        "Commands that go over, and what allies send, cross all the same.",
        held_by=("place",),
        through=Through("international borders of its places", _no_borders),
    ),
    "cut_allies": Lever(
        meaning="A share of the men and money that reach the named groups from allies across the border "
        "is stopped.",
        side_effects="Money that was not sent stays with the ally.",
        held_by=("group",),
        through=Through("allies of its groups across a border", _no_lifelines),
    ),
    "amnesty": Lever(
        meaning="Fighters of the named groups give themselves up and go home more readily.",
        side_effects="None: nobody who gave up comes back.",
        held_by=("group",),
    ),
    "community_engagement": Lever(
        meaning="Communities of the named places are won over against the named groups, or against all: "
        "resistance to them grows there, and armed locals fight them harder.",
        cost="of local forces: what they add to their routine, in men hit a week at full aim; a "
        "comparison takes the price of the rest from prices.toml",
        side_effects="Armed locals harm civilians as their force's entry says; resistance gives "
        "intelligence to all forces. Armed locals who turn on one group spend less on others.",
        held_by=("group", "place"),
        every_group=True,
        raises_locals=True,
        through=Through("local institutions of its places", _no_institutions),
    ),
    "truce": Lever(
        meaning="The named groups and a rival stop fighting each other.",
        side_effects="Both spare men, and neither stands in the way of the other's ground.",
        held_by=("group", "rival"),
        through=Through("hostility between its groups and their rival", _no_hostility),
    ),
    "attention": Lever(
        meaning="A force, or every force, attends to the named groups at least so much.",
        cost="what routine fire at the attended groups spends: capacity times routine and attention",
        booked=True,
        side_effects="Fire for one group is taken from the others, as routine fire is shared out by the "
        "men that a force sees.",
        held_by=("force", "group"),
        every_force=True,
    ),
}

KINDS_BY_KEY = {
    key: tuple(name for name, lever in LEVERS.items() if key in lever.keys)
    for key in dict.fromkeys(key for lever in LEVERS.values() for key in lever.keys)
}  # the levers whose acts may state a key, by key
PRICED = tuple(name for name, lever in LEVERS.items() if not lever.booked)
BREAKING_PEACE = tuple(name for name, lever in LEVERS.items() if lever.breaks_peace)
RAISING_LOCALS = tuple(name for name, lever in LEVERS.items() if lever.raises_locals)
KILLING_HOLDERS = tuple(name for name, lever in LEVERS.items() if lever.kills_holder)
AIMS = {aim: words for lever in LEVERS.values() for aim, words in lever.aims.items()}


def columns_of(name: str) -> tuple[str, ...]:
    """The columns that hold a lever: of its strength, then of each of its aims."""
    return (name, *(f"{name}_{aim}" for aim in LEVERS[name].aims))


def groups_against(act: Act, groups: Iterable[str]) -> tuple[str, ...]:
    """The groups that an act is against: those that it names, of these if it names none and may not.

    None where its lever is held by no group: such an act meets whoever is there.
    """
    if act.against or "group" not in LEVERS[act.kind].held_by:
        return act.against
    return tuple(groups)


def places_named(act: Act, file: ScenarioFile) -> frozenset[str]:
    """The places that an act is meant for: those that it names or that lie in what it names, else all."""
    return frozenset(file.places if act.places is None else places_in(file.places, act.places))


def groups_met(act: Act, groups: Iterable[str]) -> tuple[str, ...]:
    """The groups that an act meets: whom it is against, and the other side of what lies between two."""
    met = groups_against(act, groups)
    return met if act.rival is None else (*met, act.rival)
