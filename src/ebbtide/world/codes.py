"""Codes: what the rows along the short dimensions of columns stand for, each said once.

Compiled code takes a member as its number. From the members follow the names in results, the words
in documents and figures, and how long a dimension is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, unique
from types import SimpleNamespace
from typing import Self

from ebbtide.scenario.schema.events import (
    AllianceChange,
    CentreChange,
    Deployment,
    Founding,
    HostilityChange,
    LeaderLoss,
    Pledge,
)
from ebbtide.scenario.schema.table import Table


class Code(IntEnum):
    """A number with a name in results, `words` that say what it means, and a short `label`."""

    words: str
    label: str

    def __new__(cls, number: int, words: str = "", label: str = "") -> Self:
        """A member, declared as its number, words and label."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.words, member.label = words, label or words
        return member

    @property
    def called(self) -> str:
        """Its name in results and files."""
        return self.name.lower()


@unique
class Kind(Code):
    """Kinds of entry, which are also a fighter's origin. Part of every id: never reuse or reorder."""

    FOUNDING = 1, "men who came with the founding or stood at the start", "with the founding"
    LOCAL_POOR = 2, "locals hired for pay", "hired"
    LIKE_MINDED = 3, "locals won for the cause", "won for the cause"
    FOREIGN = 4, "men from abroad", "from abroad"
    ALLIES = 5, "men sent by allies", "sent by allies"
    SWITCHED = 6, "men who came over from other groups", "from other groups"
    FORCED = 7, "locals taken by force", "taken by force"


RECRUITED = (Kind.LOCAL_POOR, Kind.LIKE_MINDED, Kind.FOREIGN)  # by a faction itself
FROM_THE_PLACE = (Kind.LOCAL_POOR, Kind.LIKE_MINDED, Kind.FORCED)  # where he entered
KINDS = max(Kind) + 1  # rows by kind: 0 is nobody's


@unique
class DecisionMaker(IntEnum):
    """Who decides and is no fighter; in ids in the place of a kind of entry: never reuse."""

    COMMAND = 13
    POST = 14
    CELL = 15


_DECAPITATES, _KILLS = True, True


@unique
class End(Code):
    """Ends of a fighter's service with a group; some, if he leads it, are the loss of a leader.

    Those `decapitates`: who ends otherwise leaves his post by himself. Deaths are those that `kills`.
    """

    decapitates: bool
    kills: bool

    def __new__(
        cls, number: int, words: str, label: str, decapitates: bool = False, kills: bool = False
    ) -> Self:
        """A member, declared as its number, words and label, and whether it decapitates and kills."""
        member = int.__new__(cls, number)
        member._value_, member.words, member.label = number, words, label
        member.decapitates, member.kills = decapitates, kills
        return member

    KILLED = (
        0,
        "killed by state forces and armed locals, or by a dated act",
        "killed by forces",
        _DECAPITATES,
        _KILLS,
    )
    KILLED_BY_RIVALS = 1, "killed by rival groups", "killed by rivals", _DECAPITATES, _KILLS
    CAPTURED = 2, "captured by state forces", "captured", _DECAPITATES
    DESERTED = 3, "gone home", "deserted"
    SURRENDERED = 4, "given up to the state", "surrendered"
    SWITCHED = 5, "gone over to other groups", "changed sides"
    KILLED_ATTACKING = (
        6,
        "killed in their own group's attacks",
        "killed attacking",
        _DECAPITATES,
        _KILLS,
    )


DECAPITATIONS = tuple(int(end) for end in End if end.decapitates)


@unique
class Source(Code):
    """Sources of income."""

    CENTRE = 0, "from a centre"
    TAXES = 1, "from taxes in held ground", "from taxes"
    CRIME = 2, "from smuggling, kidnapping and extortion", "from crime"
    ALLIES = 3, "from allies"
    LOOT = 4, "looted in attacks", "from loot"


SOURCES = len(Source)


@unique
class EventKind(IntEnum):
    """Kinds of event: each is that of a table in a scenario, which says its name."""

    table: type[Table]

    def __new__(cls, number: int, table: type[Table]) -> Self:
        """A member, declared as its number and the table."""
        member = int.__new__(cls, number)
        member._value_, member.table = number, table
        return member

    FOUNDING = 0, Founding
    PLEDGE = 1, Pledge
    LEADER_LOSS = 2, LeaderLoss
    HOSTILITY = 3, HostilityChange
    ALLIANCE = 4, AllianceChange
    CENTRE = 5, CentreChange
    DEPLOYMENT = 6, Deployment

    @classmethod
    def of(cls, event: Table) -> Self:
        """The kind of an event."""
        return next(kind for kind in cls if kind.table is type(event))


@unique
class Slot(IntEnum):
    """Slots of `rows`: free rows, rows ever used, entries of the chronicle."""

    FREE = 0
    USED = 1
    NOTED = 2


@unique
class Alarm(IntEnum):
    """Slots of `alarms`: whether any fighter must look at these orders this week."""

    SEED = 0
    COMMAND = 1


@unique
class Target(IntEnum):
    """Targets of attacks."""

    STATE = 0
    CIVILIANS = 1


@unique
class Ground(IntEnum):
    """Where an attack falls: mounted in held ground, mounted outside it, or carried into a city."""

    INSIDE = 0
    OUTSIDE = 1
    CITY = 2


TARGETS = len(Target)
ATTACK_KINDS = len(Ground) * TARGETS  # each target, on each kind of ground


@dataclass(frozen=True, slots=True)
class Fate:
    """What may come for a man in a week: one draw decides among all of them.

    `bound` is the parameter that no hazard of it exceeds: as wide is its slice of [0, 1). The
    mechanisms that bring it are those by which others press a group (`by_others`) and those by which
    it or its men bring it about (`by_itself`). `end` is how it ends his service with
    his group, None where he stays with it. `elsewhere` are those that take him to another group or
    place.
    """

    words: str
    bound: str
    by_others: tuple[str, ...] = ()
    by_itself: tuple[str, ...] = ()
    end: End | None = None
    elsewhere: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """The mechanisms without any of which it comes for nobody."""
        return self.by_others + self.by_itself


_FIRE = Fate(
    "killed by fire of forces or rivals, or in own attacks",
    bound="targeting.fire_highest",
    by_others=("targeting", "rivalry"),
    by_itself=("attacks",),
    end=End.KILLED,
)


@unique
class Hazard(IntEnum):
    """Hazards of a cell (faction and place), each the chance, in a week, of a fate.

    Slices of [0, 1) lie in this order, which changes no chance; one that comes last moves no other.
    Hazards of one fate share its slice.
    """

    fate: Fate

    def __new__(cls, number: int, fate: Fate) -> Self:
        """A member, declared as its number and fate."""
        member = int.__new__(cls, number)
        member._value_, member.fate = number, fate
        return member

    FIRE = 0, _FIRE
    FIRE_ABROAD = 1, _FIRE  # of men from abroad
    OFFENSIVE = (
        2,
        Fate(
            "killed in an offensive",
            bound="displacement.killed",
            by_others=("targeting",),
            end=End.KILLED,
        ),
    )
    CAPTURE = (
        3,
        Fate(
            "captured", bound="targeting.arrest_highest", by_others=("targeting",), end=End.CAPTURED
        ),
    )
    DESERTION = (
        4,
        Fate(End.DESERTED.words, bound="leaving.highest", by_itself=("leaving",), end=End.DESERTED),
    )
    SURRENDER = (
        5,
        Fate(
            End.SURRENDERED.words,
            bound="leaving.surrender_highest",
            by_itself=("leaving",),
            end=End.SURRENDERED,
        ),
    )
    SWITCHING = (
        6,
        Fate(
            "gone over to another group",
            bound="switching.highest",
            by_itself=("switching",),
            end=End.SWITCHED,
            elsewhere=True,
        ),
    )
    FLIGHT = (
        7,
        Fate(
            "driven out to another place",
            bound="displacement.driven_out",
            by_others=("displacement",),
            elsewhere=True,
        ),
    )
    MOVING = (
        8,
        Fate(
            "moved on to another place",
            bound="displacement.highest",
            by_itself=("displacement",),
            elsewhere=True,
        ),
    )

    @property
    def called(self) -> str:
        """Its name in documents."""
        return self.name.lower()

    @property
    def owner(self) -> Hazard:
        """The hazard whose slice it shares: the first of the same fate, most often itself."""
        return next(other for other in Hazard if other.fate is self.fate)


HAZARDS = len(Hazard)


@unique
class Move(IntEnum):
    """Men driven on: all of them, and those of them who crossed an international border."""

    ALL = 0
    ACROSS = 1


@unique
class Note(IntEnum):
    """Kinds of entry in the chronicle: (week, kind, then the numbers that the kind declares)."""

    numbers: tuple[str, ...]

    def __new__(cls, number: int, *numbers: str) -> Self:
        """A member, declared as its number and what its entries hold, in their order."""
        member = int.__new__(cls, number)
        member._value_, member.numbers = number, numbers
        return member

    FOUNDED = 1, "group"
    PLEDGED = 2, "group", "to"
    LEADER_LOSS = 3, "group"
    LEADER_LOST = 4, "group", "rank", "end", "hunted"
    APPOINTED = 5, "group", "rank", "standing"  # in parts of STANDING_IS_NOTED_IN
    COMMAND_WENT = 6, "faction", "place", "to", "men"
    GREAT_ATTACK = 7, "group", "place", "target", "harmed"
    TIE_CHANGED = 8, "group", "event"
    DEPLOYED = 9, "force", "event"

    def read(self, entry: Sequence[int]) -> SimpleNamespace:
        """An entry of this kind, by the names of its numbers."""
        return SimpleNamespace(**dict(zip(self.numbers, entry[_WHEN_AND_KIND:], strict=False)))


_WHEN_AND_KIND = 2
NOTE_NUMBERS = _WHEN_AND_KIND + max(len(kind.numbers) for kind in Note)
STANDING_IS_NOTED_IN = 1000.0  # parts of 1, since notes are whole numbers
CHRONICLE_LENGTH = 8192
GREAT_ATTACK = 30  # people harmed in one attack from which on it is noted
