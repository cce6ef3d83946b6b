"""What a scenario holds itself against: the text's claims, and publishers' figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from pydantic import Field

from ebbtide.scenario.schema.table import Identifier, Identifiers, OneOrMoreGroups, Table
from ebbtide.scenario.usual import Usual


class ClaimKind(StrEnum):
    """The kinds of claim, by the letters that ledgers and pages have for them."""

    RULE = "R"
    FIGURE = "C"
    SIGN = "Q"
    PATTERN = "P"
    FORECAST = "F"


CLAIM_KINDS = {
    ClaimKind.RULE: "rule: it exists, and switching it off moves the outcome by a size worth the sentence",
    ClaimKind.FIGURE: "dated figure of a publisher",
    ClaimKind.SIGN: "the author's adjective, checked by sign",
    ClaimKind.PATTERN: "pattern to which nothing is fitted; what is built in cannot be judged",
    ClaimKind.FORECAST: "forecast of the text; the model's own probability",
}
PRECISIONS = {  # of a date: how many days to each side of it may be meant
    "day": 0, "week": 3, "month": 15, "quarter": 45, "half-year": 91, "year": 182,
}  # fmt: skip
_PRECISELY = ", ".join(f"{name} (±{days} days)" for name, days in PRECISIONS.items())


class ReadAs(Enum):
    """What the cells of a column are read as."""

    TEXT = auto()
    DAY = auto()
    NUMBER = auto()
    YES_OR_NO = auto()
    COUNTED = auto()  # a word for what a row of strength counts
    OF_PERIOD = auto()  # or a row of violence
    MEASURED = auto()  # words for what a row of presence measures
    PRECISION = auto()
    AREA = auto()


@dataclass(frozen=True, slots=True)
class EvidenceColumn:
    """A column of a file of evidence: what it says, and how its cells are read."""

    meaning: str
    read_as: ReadAs = ReadAs.TEXT
    filled: bool = False  # no cell of it may be empty
    needed: bool = True  # no file may lack it
    remark: bool = False  # rows that say the same may differ in it
    tells_apart: bool = False  # rows that differ in it speak of different things


_AREA = "`all` or empty; else places and countries by their ids, with `;` between several"
_SHARED = {
    "date": EvidenceColumn(
        "the day that it speaks of, such as 2015-01-31", ReadAs.DAY, filled=True, tells_apart=True
    ),
    "low": EvidenceColumn(
        "lower end of the figure; as `high` for one number", ReadAs.NUMBER, filled=True
    ),
    "high": EvidenceColumn("upper end", ReadAs.NUMBER, filled=True),
    "area": EvidenceColumn(_AREA, ReadAs.AREA, tells_apart=True),
    "publisher": EvidenceColumn("who says it", filled=True, tells_apart=True),
    "dependence": EvidenceColumn("a word that publishers who rest on one source have in common"),
    "held_back": EvidenceColumn(
        "`1`: no posterior is fitted to it, so that it tests one", ReadAs.YES_OR_NO, needed=False
    ),
    "check": EvidenceColumn("how the figure was seen, in words", remark=True),
    "note": EvidenceColumn("anything else, in words", remark=True),
}

COUNTED = {  # what a row of strength counts: the outcome that it stands beside
    "fighters": "fighters",
    "affiliated": "affiliates",
    "fighters_and_supporters": "affiliates",
}
PERCENT = (
    "percent_former_"  # a group follows: the share, of a hundred, of fighters who came from it
)
HELD, PRESENCE = "held", "presence"


class Measured(NamedTuple):
    """What a row of presence may measure by a word, and beside what it stands.

    `phrase` is a regular expression of all that may stand there, `says` the same in words, `such_as` the
    plainest. It stands beside an outcome of the group, and of it in a place.
    """

    such_as: str
    phrase: str
    says: str
    of_group: str
    of_place: str


UNITS = (
    "places",
    "provinces",
    "regions",
    "states",
    "governorates",
    "departments",
    "counties",
    "agencies",
)
MEASURED = {  # by the word in what a row of presence measures
    HELD: Measured(
        such_as=f"districts {HELD}",
        phrase=rf"districts {HELD}( (at least )?in (part|full))?",
        says=f"`districts {HELD}`, to which `at least in part`, `in part` or `in full` may be added",
        of_group="districts_held",
        of_place="districts_held",
    ),
    PRESENCE: Measured(
        such_as=f"places with any {PRESENCE}",
        phrase=rf"(({'|'.join(UNITS)}) with )?((any|some) )?"
        rf"((affiliated|armed|known|reported) )*{PRESENCE}",
        says=f"`places with any {PRESENCE}` (or {', '.join(UNITS[1:])}; `any`, `some`, `affiliated`, "
        "`armed`, `known` and `reported` may stand or be left out)",
        of_group="places_reported",
        of_place="reported",
    ),
}


class CountOfPeriod(NamedTuple):
    """What a row of violence counts, in words, and what counts the same in a run.

    Outcomes of a group, of it in a place and of a force against it; empty where none does. `a_year` is
    what is usual in a year for each man of the group, None where nothing tells it; `dead` whether all
    whom it counts are dead.
    """

    meaning: str
    of_group: str = ""
    of_place: str = ""
    of_force: str = ""
    a_year: Usual | None = None
    dead: bool = True

    @property
    def outcomes(self) -> tuple[str, ...]:
        """All outcomes that count the same."""
        return tuple(dict.fromkeys(filter(None, (self.of_group, self.of_place, self.of_force))))


KILLED, STATE_KILLED, CIVILIANS_HARMED = "killed", "state_killed", "civilians_harmed"
DEATHS = "deaths"
_ASKS = ("are they tens, or hundreds?", "are they another period's, or of all groups?")
OF_PERIOD = {
    KILLED: CountOfPeriod(
        "fighters of the group killed by state forces",
        of_group="exits_killed",
        of_place="men_killed",
        of_force="men_killed",
        a_year=Usual(0.02, 3, *_ASKS),  # like those below a guess, as ends of Usual are
    ),
    STATE_KILLED: CountOfPeriod(
        "members of state forces killed by the group",
        of_group="forces_losses",
        of_force="losses",
        a_year=Usual(0.002, 3, *_ASKS),
    ),
    CIVILIANS_HARMED: CountOfPeriod(
        "civilians killed or injured by it",
        of_group="civilians_harmed",
        of_place="civilians_harmed",
        a_year=Usual(0.005, 20, *_ASKS),
        dead=False,
    ),
    DEATHS: CountOfPeriod("of all sides, which stands beside nothing"),
}


def _counting(outcome: str) -> str:
    """The words of a row of strength that stand beside an outcome."""
    return " or ".join(f"`{word}`" for word, beside in COUNTED.items() if beside == outcome)


def _shared(*names: str) -> dict[str, EvidenceColumn]:
    """Columns that files of several kinds have."""
    return {name: _SHARED[name] for name in names}


EVIDENCE_COLUMNS = {  # of files of evidence, by kind
    "strength": {
        **_shared("date"),
        "date_precision": EvidenceColumn(
            f"how exactly that day is known: {_PRECISELY}; day if empty. Figures draw these "
            "days, and `calibrate` holds counts against the mean of their weeks; shares, and the model's "
            "numbers in tables and figures, are of the week of `date`",
            ReadAs.PRECISION,
        ),
        **_shared("low", "high"),
        "counts": EvidenceColumn(
            f"{_counting('fighters')}, beside the model's fighters; {_counting('affiliates')}, "
            f"beside its affiliates; `{PERCENT}` and a group, the share of its fighters who came from "
            "there, from 0 to 100, which is drawn beside nothing",
            ReadAs.COUNTED,
            filled=True,
            tells_apart=True,
        ),
        **_shared("area", "publisher", "dependence", "held_back", "check", "note"),
    },
    "presence": {
        **_shared("date"),
        "measure": EvidenceColumn(
            f"{MEASURED[HELD].says}: beside the districts that the model's group holds; or "
            f"{MEASURED[PRESENCE].says}: beside the places where it would be reported",
            ReadAs.MEASURED,
            filled=True,
            tells_apart=True,
        ),
        **_shared("low", "high", "area", "publisher", "held_back", "check", "note"),
    },
    "violence": {
        "first": EvidenceColumn(
            "the first day of the period, such as 2015-01-01",
            ReadAs.DAY,
            filled=True,
            tells_apart=True,
        ),
        "last": EvidenceColumn("its last day", ReadAs.DAY, filled=True, tells_apart=True),
        "known": EvidenceColumn(
            "the day by which the figure is taken as known; `last` if empty",
            ReadAs.DAY,
            needed=False,
        ),
        **_shared("low", "high"),
        "counts": EvidenceColumn(
            "; ".join(f"`{word}`, {said.meaning}" for word, said in OF_PERIOD.items()),
            ReadAs.OF_PERIOD,
            filled=True,
            tells_apart=True,
        ),
        "area": EvidenceColumn(
            f"{_AREA}; where another row counts the same in a wider area, this one is a part of it",
            ReadAs.AREA,
            tells_apart=True,
        ),
        **_shared("publisher", "dependence", "held_back", "check", "note"),
    },
}

NEEDED = {  # of them those that no file may lack
    kind: [name for name, column in columns.items() if column.needed]
    for kind, columns in EVIDENCE_COLUMNS.items()
}


def telling_apart(kind: str, *but: str) -> tuple[str, ...]:
    """The columns of files of a kind that tell what a row speaks of, but for these."""
    columns = EVIDENCE_COLUMNS[kind].items()
    return tuple(name for name, column in columns if column.tells_apart and name not in but)


# What rows of violence have in common that count the same of the same days: one may be a part of another.
OF_ONE_COUNT = telling_apart("violence", "area")


def in_words(columns: Mapping[str, EvidenceColumn]) -> str:
    """The columns of a CSV file for a description."""
    return "; ".join(f"`{name}`: {column.meaning}" for name, column in columns.items())


if TYPE_CHECKING:
    KindWord = str
else:
    KindWord = Literal[tuple(kind.value for kind in ClaimKind)]


class Claim(Table):
    """One claim: a sentence of the text that a scenario retells, in our own words."""

    paragraphs: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(strict=False)]
    kinds: Annotated[tuple[KindWord, ...], Field(strict=False)]
    says: str
    shows: str = Field(description="what the model must show")
    null: str | None = Field(
        default=None, description="what a model of one curve with all else proportional would show"
    )
    carried_by: Identifiers = Field(
        default=(), description="mechanisms, rules and parameters: `switching.hazard` and the like"
    )
    shows_in: Identifiers = Field(
        default=(), description="outcomes; of places and forces as `places.` and `forces.`"
    )
    levers: Identifiers = Field(default=(), description="levers of a policy that act on it")


class Ledger(Table):
    """The file of claims that `evidence.claims` names."""

    source: str
    claims: dict[Identifier, Claim]


class Evidence(Table):
    """CSV files of publishers' claims, held against the model; the ledger of claims, a TOML.

    `claim_tests` is a TOML too: what in runs and figures each claim is held to.
    """

    strength: str | None = Field(
        default=None,
        description=f"CSV, a row an estimate. {in_words(EVIDENCE_COLUMNS['strength'])}",
    )
    presence: str | None = Field(
        default=None, description=f"CSV, a row a report. {in_words(EVIDENCE_COLUMNS['presence'])}"
    )
    violence: str | None = Field(
        default=None,
        description="CSV, a row a count of a period, held against runs by `prior`, `claims` and "
        f"`calibrate` and drawn in no figure. {in_words(EVIDENCE_COLUMNS['violence'])}",
    )
    claims: str | None = Field(default=None, description="TOML, the ledger of claims")
    claim_tests: str | None = Field(
        default=None, description="TOML, what each claim is held to in runs and figures"
    )
    of: OneOrMoreGroups | None = Field(
        default=None,
        description="the group they speak of, or several together; of the focus if left out",
    )
    credit: str = Field(default="", description="whom to thank for the data")
