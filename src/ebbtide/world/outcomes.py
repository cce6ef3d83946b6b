"""Outcomes: every weekly series, of groups, of their places and of forces, with unit and meaning.

Each is declared once, as a column; recording writes to it by name, and tables, plots, `explain` and
the ODD read `OUTCOMES`, `PLACE_OUTCOMES` and `FORCE_OUTCOMES`, which follow from the declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ebbtide.world.codes import Code
from ebbtide.world.columns import Block, Column, Numbers, SmallNumbers, column
from ebbtide.world.dimensions import FAMILIES

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named weekly series: a level on the day, or a flow in the week; and the column that holds it."""

    unit: str
    meaning: str
    column: str


class Recorded(Block):
    """Weekly series by outcome, week and further dimensions, all in one array."""

    outcomes: ClassVar[dict[str, Outcome]]

    def __init_subclass__(cls, derived: Mapping[str, Column] | None = None) -> None:
        super().__init_subclass__(derived)
        cls.outcomes = dict(
            told for name, declared in cls.declared.items() for told in _told(name, declared)
        )

    @property
    def table(self) -> NDArray[Any]:
        """All series, a row an outcome in the order of `outcomes`, then week and the rest."""
        plain = next(n for n, said in self.declared.items() if said.dimensions[0] not in FAMILIES)
        table: NDArray[Any] = self.flat.reshape(len(self.outcomes), *getattr(self, plain).shape)
        return table


def _told(name: str, declared: Column) -> list[tuple[str, Outcome]]:
    """The outcomes that a column holds: itself, or the members of a family."""
    if declared.dimensions[0] not in FAMILIES:
        return [(name, Outcome(declared.unit, declared.meaning, name))]
    return [
        (outcome, Outcome(declared.unit, declared.meaning.format(member.words), name))
        for outcome, member in _members(name, declared).items()
    ]


def _members(name: str, declared: Column) -> dict[str, Code]:
    """The members of the family that a column is spread over, by the outcomes that they are."""
    family = FAMILIES[declared.dimensions[0]]
    return {f"{name.removesuffix('_of')}_{member.called}": member for member in family}


def labels(name: str) -> dict[str, str]:
    """The outcomes that a column of `Series` is spread over, each with its short label."""
    members = _members(name, Series.declared[name])
    return {outcome: member.label for outcome, member in members.items()}


def _outcome(unit: str, meaning: str, family: str | None = None) -> Any:
    by = () if family is None else (family,)
    return column(*by, "week", "group", unit=unit, meaning=meaning)


def _of_place(unit: str, meaning: str) -> Any:
    return column("week", "group", "place", unit=unit, meaning=meaning)


def _of_force(unit: str, meaning: str) -> Any:
    return column("week", "force", "group", unit=unit, meaning=meaning)


class Series(Recorded):
    """The weekly series of groups."""

    fighters: Numbers = _outcome("men", "fighters of the group")
    affiliates: Numbers = _outcome("people", "fighters and supporters, whole ones place by place")
    leaders: Numbers = _outcome("men", "leaders in post")
    leaders_from_start: Numbers = _outcome(
        "men", "leaders in the post that they took when the group began or was founded"
    )
    posts_vacant: Numbers = _outcome("posts", "posts that nobody holds")
    dispute: Numbers = _outcome("share", "how far it is disputed who leads")
    command: Numbers = _outcome("share", "mean standing of its posts, empty ones counting zero")
    cohesion: Numbers = _outcome("share", "how far the group holds together")
    brand: Numbers = _outcome("share", "what its name promises")
    momentum: Numbers = _outcome("-1 to 1", "sense of winning or losing")
    morale: Numbers = _outcome("share", "mood of its men, mean over fighters (0 if none)")
    support: Numbers = _outcome(
        "share", "local support where its men are, mean over fighters (0 if none)"
    )
    media: Numbers = _outcome("share", "media reach")
    money: Numbers = _outcome("thousand USD", "money in reserve")
    income: Numbers = _outcome("thousand USD/week", "income {}", "source")
    wages_paid: Numbers = _outcome("thousand USD/week", "paid for men and running costs")
    customary_wage: Numbers = _outcome("USD/month", "wage that its men are used to")
    pay_share: Numbers = _outcome("share", "share paid of what is due at the customary wage")
    places_present: Numbers = _outcome(
        "places", "places where it would be reported, in expectation"
    )
    districts_held: Numbers = _outcome("districts", "districts held, whole ones, over all places")
    pressure: Numbers = _outcome(
        "share", "state pressure on its men, mean over fighters (0 if none)"
    )
    attention: Numbers = _outcome("share", "highest attention of any force")
    intelligence: Numbers = _outcome(
        "share", "aimed share of fire on it, mean over all forces, 0 for one that meets none of it"
    )
    effort_against: Numbers = _outcome(
        "men hit/week", "what forces spend on it, at full aim, all of them together"
    )
    capability: Numbers = _outcome("share", "mean of command, cohesion and pay share")
    notoriety: Numbers = _outcome("share", "name made by violence")
    resistance: Numbers = _outcome(
        "share", "tribal resistance where its men are, mean over fighters (0 if none)"
    )
    attacks_state: Numbers = _outcome("attacks/week", "attacks on state forces")
    attacks_civilians: Numbers = _outcome("attacks/week", "attacks on civilians")
    attacks_outside: Numbers = _outcome("attacks/week", "attacks outside ground that it holds")
    attacks_in_cities: Numbers = _outcome("attacks/week", "attacks carried into cities")
    civilians_harmed: Numbers = _outcome("people/week", "civilians killed or injured by it")
    state_harmed: Numbers = _outcome(
        "people/week", "members of state forces killed or injured by it"
    )
    losses_of_forces: Numbers = _outcome(
        "men/week", "members of state forces whom it kills, in its attacks and in clashes"
    )
    displaced: Numbers = _outcome("men/week", "men driven to another place")
    displaced_across_borders: Numbers = _outcome(
        "men/week", "men driven over an international border"
    )
    civilians_harmed_by_forces: Numbers = _outcome(
        "people/week", "civilians killed or injured by forces that fought it"
    )
    fighters_of: Numbers = _outcome("men", "fighters of origin: {}", "entered")
    entries: Numbers = _outcome("men/week", "{}", "entered")
    exits: Numbers = _outcome("men/week", "men {}", "end")


class PlaceSeries(Recorded):
    """The weekly series of groups in places."""

    fighters: SmallNumbers = _of_place("men", "fighters of the group in the place")
    affiliates: SmallNumbers = _of_place("people", "fighters and supporters there")
    held: SmallNumbers = _of_place("share", "share of the place's districts held")
    support: SmallNumbers = _of_place("share", "local support for the group")
    resistance: SmallNumbers = _of_place("share", "tribal resistance to the group")
    attacks: SmallNumbers = _of_place("attacks/week", "attacks by the group")
    civilians_harmed: SmallNumbers = _of_place(
        "people/week", "civilians killed or injured there by the group"
    )
    men_killed: SmallNumbers = _of_place(
        "men/week",
        "fighters of the group whom fire and offensives of all forces kill there, leaders hunted down"
        " left out",
    )
    reported: SmallNumbers = _of_place(
        "share", "probability that the group's presence there is reported"
    )


class ForceSeries(Recorded):
    """The weekly series of forces towards groups."""

    attention: SmallNumbers = _of_force("share", "attention to the group")
    intelligence: SmallNumbers = _of_force(
        "share", "aimed share of its fire, mean over the fighters where it operates (0 if none)"
    )
    effort: SmallNumbers = _of_force("men hit/week", "what it spends on the group, at full aim")
    men_killed: SmallNumbers = _of_force(
        "men/week",
        "fighters of the group whom its fire and offensives kill, leaders hunted down left out",
    )
    civilians_harmed: SmallNumbers = _of_force("people/week", "civilians it harms meanwhile")
    losses: SmallNumbers = _of_force(
        "men/week", "members of the force whom the group kills, in its attacks and in clashes"
    )


OUTCOMES = Series.outcomes
PLACE_OUTCOMES = PlaceSeries.outcomes
FORCE_OUTCOMES = ForceSeries.outcomes
