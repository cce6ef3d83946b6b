"""How an outcome is declared: as a state variable that is recorded, or as computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, ClassVar

from ebbtide.scenario.faults import nearest
from ebbtide.world.codes import Code
from ebbtide.world.columns import Block, Column
from ebbtide.world.dimensions import FAMILIES
from ebbtide.world.units import meant_by
from ebbtide.world.variables import Variables

if TYPE_CHECKING:
    from numpy.typing import NDArray


class How(Enum):
    """What becomes of the dimensions that a variable has and an outcome of it has not."""

    AS_IT_STANDS = auto()  # there are none left
    TOTAL = auto()
    MEAN_OVER_FIGHTERS = auto()  # of a group in places; 0 where it has none


@dataclass(frozen=True, slots=True)
class Taken:
    """That an outcome is taken from a state variable: `at` these rows of some of its dimensions."""

    variable: str
    how: How
    at: Mapping[str, int]

    def left(self, beside: tuple[str, ...]) -> tuple[str, ...]:
        """The variable's dimensions that are neither among these nor taken at one row."""
        dimensions = Variables.declared[self.variable].dimensions
        return tuple(each for each in dimensions if each not in {*beside, *self.at})


@dataclass(frozen=True, slots=True)
class OutcomeColumn(Column):
    """A column of a record; `taken` where it is a state variable's."""

    taken: Taken | None = None


@dataclass(frozen=True, slots=True)
class _Declared:
    """An outcome before it is laid out: by the `family` that it is spread over, if it is."""

    unit: str
    meaning: str
    family: str | None = None
    taken: Taken | None = None


def computed(unit: str, meaning: str) -> Any:
    """Declare an outcome that is worked out where the week is written down."""
    return _Declared(unit, meaning)


def recorded(variable: str, meaning: str = "", *, family: str | None = None, **at: int) -> Any:
    """Declare an outcome that is a state variable as it stands, whose unit and meaning it has.

    Of further dimensions it takes the row that `at` says, or all of a `family`, an outcome a member:
    then `meaning` says what the outcome is, with `{}` for the member's words.
    """
    return _taken(variable, meaning, How.AS_IT_STANDS, at, family)


def total(variable: str, meaning: str, **at: int) -> Any:
    """Declare an outcome that adds up a state variable along all dimensions that it has not."""
    return _taken(variable, meaning, How.TOTAL, at)


def mean_over_fighters(variable: str, meaning: str) -> Any:
    """Declare an outcome that is the mean of a variable by group and place, over the group's men."""
    return _taken(
        variable, f"{meaning}, mean over fighters (0 if none)", How.MEAN_OVER_FIGHTERS, {}
    )


def _taken(
    variable: str, meaning: str, how: How, at: Mapping[str, int], family: str | None = None
) -> _Declared:
    if variable not in Variables.declared:
        like = nearest(variable, Variables.declared)
        raise TypeError(f"no state variable is called {variable}; did you mean {like}?")
    said = Variables.declared[variable]
    if unknown := at.keys() - set(said.dimensions):
        raise TypeError(f"{variable} is laid out by {said.dimensions}, not {', '.join(unknown)}")
    return _Declared(said.unit, meaning or said.meaning, family, Taken(variable, how, at))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named weekly series: a level on the day, or a flow in the week; and the column that holds it."""

    unit: str
    meaning: str
    column: str = ""  # of one of a user's own: none
    added: bool | None = None  # whether it adds up, where that is said of it apart from its unit

    @property
    def adds_up(self) -> bool:
        """Whether the sum over groups, places or forces means anything."""
        return meant_by(self.unit).adds_up if self.added is None else self.added


class Recorded(Block):
    """Weekly series by outcome, week and what they are `of`, all in one array."""

    outcomes: ClassVar[dict[str, Outcome]]

    def __init_subclass__(cls, of: tuple[str, ...] = ()) -> None:
        """Lay the outcomes out; TypeError where a variable's dimensions do not come to an outcome's."""
        for name, said in [*vars(cls).items()]:
            if isinstance(said, _Declared):
                setattr(cls, name, _laid_out(f"{cls.__name__}.{name}", said, of))
        super().__init_subclass__()
        cls.outcomes = dict(
            told for name, declared in cls.declared.items() for told in _told(name, declared)
        )

    @classmethod
    def taken_from(cls, variable: str) -> tuple[str, ...]:
        """The outcomes that are taken from a state variable."""
        said = {outcome: cls.declared[each.column] for outcome, each in cls.outcomes.items()}
        return tuple(
            outcome for outcome, column in said.items()
            if isinstance(column, OutcomeColumn) and column.taken and column.taken.variable == variable
        )  # fmt: skip

    @property
    def table(self) -> NDArray[Any]:
        """All series, a row an outcome in the order of `outcomes`, then week and the rest."""
        plain = next(n for n, said in self.declared.items() if said.dimensions[0] not in FAMILIES)
        table: NDArray[Any] = self.flat.reshape(len(self.outcomes), *getattr(self, plain).shape)
        return table


def _laid_out(name: str, said: _Declared, of: tuple[str, ...]) -> OutcomeColumn:
    family = () if said.family is None else (said.family,)
    if said.taken is not None:
        by = Variables.declared[said.taken.variable].dimensions
        left = said.taken.left(of)
        come_to = {
            How.AS_IT_STANDS: len(left) == len(family),
            How.TOTAL: len(left) > 0,
            How.MEAN_OVER_FIGHTERS: left == ("place",) and of == ("group",),
        }
        if not come_to[said.taken.how] or len({*by}) < len(by) or not {*of} <= {*by}:
            how = said.taken.how.name.lower().replace("_", " ")
            raise TypeError(
                f"{name} is laid out by {of}; {said.taken.variable}, by {by}, is not: {how}"
            )
    return OutcomeColumn((*family, "week", *of), said.unit, said.meaning, taken=said.taken)


def _told(name: str, declared: Column) -> list[tuple[str, Outcome]]:
    """The outcomes that a column holds: itself, or the members of a family."""
    taken = declared.taken if isinstance(declared, OutcomeColumn) else None
    added = False if taken is not None and taken.how is How.MEAN_OVER_FIGHTERS else None
    if declared.dimensions[0] not in FAMILIES:
        return [(name, Outcome(declared.unit, declared.meaning, name, added))]
    return [
        (outcome, Outcome(declared.unit, declared.meaning.format(member.words), name))
        for outcome, member in members(name, declared).items()
    ]


def members(name: str, declared: Column) -> dict[str, Code]:
    """The members of the family that a column is spread over, by the outcomes that they are."""
    family = FAMILIES[declared.dimensions[0]]
    return {f"{name.removesuffix('_of')}_{member.called}": member for member in family}
