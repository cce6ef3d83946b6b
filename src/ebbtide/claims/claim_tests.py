"""What a file of claim tests may say: what each claim of a scenario's ledger is held to.

Tables by id, which is for good. How a measure is written `measures.py` says.

[periods]
first-year = [2001-10-07, 2002-10-06]

[measure.ID]                 # a measure that others and words may name
kind = "sum"
outcome = "entries_like_minded"
period = "first-year"

[rule.ID]                    # R: with a mechanism, less without it
claim = "magnets"
words = "sympathy draws men in"
measure = "ID"
sign = "more"
without = { "rules.recruitment.pool_like_minded" = 0 }

[figure.ID]                  # C: a number of the runs beside a figure of a publisher
[sign.ID]                    # Q, and C and P: what holds in so many runs
[forecast.ID]                # F: the share of runs in which something holds
[pattern.ID]                 # P: what is asked of the attacks of all runs together
[breakdown.ID]               # told beside a claim and not judged: what a number is made of

[attribution]                # what a fall (or a rise) is made of, cause by cause
since = 2002-01-06           # from then on causes act or do not, after the same past
[attribution.cause.ID]
words = "offensives"
acts = "offensive"           # acts of the policy by id, or by kind
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal, cast, override

from pydantic import BeforeValidator, Field

from ebbtide.claims.causes import Attribution
from ebbtide.claims.criteria import FACTOR, Null
from ebbtide.claims.kind import PeriodName
from ebbtide.claims.measures import AnyMeasure
from ebbtide.scenario.naming import NamesOf
from ebbtide.scenario.schema.evidence import ClaimKind
from ebbtide.scenario.schema.table import Identifier, Table
from ebbtide.world.sign import Sign

ClaimName = Annotated[str, NamesOf("claims")]
if TYPE_CHECKING:
    NullWord = str
    FigureKind = str
    JudgedKind = str
else:
    FigureKind = Literal[ClaimKind.FIGURE.value, ClaimKind.PATTERN.value]
    JudgedKind = Literal[ClaimKind.FIGURE.value, ClaimKind.SIGN.value, ClaimKind.PATTERN.value]
    NullWord = Literal[tuple(null.name.lower() for null in Null)]
Dates = Annotated[tuple[dt.date, dt.date], Field(strict=False)]


def _texts(found: object) -> object:
    return [str(each) for each in found] if isinstance(found, list) else [str(found)]


Cells = Annotated[tuple[str, ...], BeforeValidator(_texts), Field(strict=False)]


class ClaimTest(Table):
    """A test of a claim, or of none."""

    claim: ClaimName | None = None
    words: str

    @property
    def of_kind(self) -> ClaimKind | None:
        """The kind of claim that it tests; None where it judges none."""
        return None

    @property
    def changed(self) -> dict[str, object]:
        """The values of the scenario that a world of the test changes."""
        return {}


class Other(Table):
    """A world that differs from the usual one by a policy, or by values of the scenario."""

    policy: str | None = Field(
        default=None, description="a policy beside the scenario, or a path relative to this file"
    )
    without: dict[str, object] = Field(
        default={}, description="values by dotted path, such as a mechanism switched off"
    )

    @property
    def differs(self) -> bool:
        """Whether it differs at all."""
        return bool(self.policy or self.without)

    @property
    def changed(self) -> dict[str, object]:
        """The values that are changed."""
        return self.without


class RuleTest(Other, ClaimTest):
    """With a mechanism the measure is more (or less) than without it, by a size worth a sentence."""

    claim: ClaimName
    measure: AnyMeasure
    sign: Sign
    until: dt.date | None = Field(default=None, description="the run's last day; the cut if none")

    @property
    @override
    def of_kind(self) -> ClaimKind:
        return ClaimKind.RULE


class EvidenceRows(Table):
    """Rows of a CSV file beside this one; the figure is the sum over those that `where` leaves.

    With `share_of` it is that sum in % of another.
    """

    file: str
    where: dict[str, Cells] = Field(description="by column: the cells that count")
    between: dict[str, Annotated[tuple[str, str], Field(strict=False)]] = Field(
        default={}, description="by column: the first and last cell that counts, in text order"
    )
    less: dict[str, Cells] | None = Field(
        default=None, description="rows by column whose sum is taken off"
    )
    share_of: dict[str, Cells] | None = Field(
        default=None, description="rows by column whose sum the figure is a share of, in %"
    )
    column: str | None = Field(
        default=None, description="the column of the figure; `low` and `high` if left out"
    )
    publisher: str | None = Field(default=None, description="else that of `where`")


class JudgedTest(ClaimTest):
    """A test that the runs are held against, with what takes from its weight."""

    kind: JudgedKind
    looked_at: str = Field(
        default="", description="the numbers of the model that were set looking at what is asked"
    )
    imposed: str = Field(default="", description="the inputs in which the answer lies")

    @property
    @override
    def of_kind(self) -> ClaimKind:
        return ClaimKind(self.kind)


class FigureTest(JudgedTest):
    """A number of the runs beside a figure: it lies in their range, their median not far off."""

    kind: FigureKind = ClaimKind.FIGURE.value
    measure: AnyMeasure
    digits: Annotated[int, Field(ge=0, le=3)] = 0
    evidence: EvidenceRows | None = None
    interval: Annotated[tuple[float, float], Field(strict=False)] | None = Field(
        default=None, description="the figure itself, where no file has it"
    )
    against: str | None = Field(default=None, description="words for the figure and its source")
    factor: Annotated[float, Field(gt=1)] = Field(
        default=FACTOR, description="how far the median may be off"
    )
    range_alone: bool = Field(default=False, description="whatever the median")
    held_back: bool = Field(
        default=False,
        description="with `interval`: never fitted; of `evidence` its file's column `held_back` says so",
    )
    heavy_tailed: bool = Field(
        default=False, description="a count of people in few attacks: which of them fell is luck"
    )
    remark: str | None = Field(default=None, description="what to know of the criterion")
    null: NullWord | None = Field(
        default=None, description="what the null model makes of it, where the file states one"
    )
    in_proportion_to: Annotated[str, NamesOf("figures")] | None = Field(
        default=None, description="the figure that the null model is fitted to, else of `null`"
    )
    date: dt.date | None = Field(default=None, description="when the null model's curve is read")
    period: PeriodName | None = None


class SignTest(Other, JudgedTest):
    """What holds in nine runs of ten; or a measure that is more, or less, than in another world."""

    claim: ClaimName
    holds: AnyMeasure | None = None
    measure: AnyMeasure | None = Field(default=None, description="with `sign`: compared in pairs")
    sign: Sign | None = Field(
        default=None, description="as in a rule test: as things are, less in the other world"
    )
    note: str = Field(
        description="what the runs have; {name} is a measure, {difference} the pairs'"
    )
    null: NullWord


class ForecastTest(ClaimTest):
    """The share of runs in which something holds; of those alone in which `given` holds."""

    claim: ClaimName
    holds: AnyMeasure
    given: AnyMeasure | None = None

    @property
    @override
    def of_kind(self) -> ClaimKind:
        return ClaimKind.FORECAST


class BreakdownPart(Table):
    """A part of a breakdown."""

    words: str
    measure: AnyMeasure


class Breakdown(ClaimTest):
    """What a number of the runs is made of, part by part: told beside a claim, and not judged."""

    claim: ClaimName
    digits: Annotated[int, Field(ge=0, le=3)] = 0
    part: Annotated[tuple[BreakdownPart, ...], Field(strict=False, min_length=1)]


class PatternTest(ClaimTest):
    """What is asked of the attacks of all runs together, beside what others found."""

    @property
    @override
    def of_kind(self) -> ClaimKind:
        return ClaimKind.PATTERN


class Severity(PatternTest):
    """The exponent of the severity of all groups' attacks; built in, and so no evidence."""

    kind: Literal["severity"]
    against: str
    imposed: str
    period: PeriodName | None = None


class Pace(PatternTest):
    """The line on which places lie by the pace of the focus group's attacks."""

    kind: Literal["pace"]
    against: str
    least: Annotated[float, Field(ge=-1, le=1)] = Field(description="correlation asked for")
    remark: str
    period: PeriodName | None = None


class Untested(PatternTest):
    """A pattern that the model cannot show."""

    kind: Literal["untested"]
    against: str
    because: str


Pattern = Annotated[Severity | Pace | Untested, Field(discriminator="kind")]


Judging = RuleTest | FigureTest | SignTest | ForecastTest | Severity | Pace | Untested


class NullCurve(Table):
    """The null model: one curve for the focus group's fighters through a publisher's figures."""

    publisher: str
    counts: str = "fighters"


class Texts(Table):
    """What the page of claims says beside its numbers."""

    preface: str = ""
    criteria: str = Field(default="", description="remarks on criteria, Markdown")


class ClaimTests(Table):
    """A file of claim tests."""

    source: str = Field(description="who chose the tests and their numbers")
    periods: dict[Identifier, Dates] = Field(default={}, description="first and last day, by name")
    measure: dict[Identifier, AnyMeasure] = Field(
        default={}, description="measures that have a name"
    )
    rule: dict[Identifier, RuleTest] = Field(default={}, description="R: a mechanism switched off")
    figure: dict[Identifier, FigureTest] = Field(default={}, description="C: publishers' figures")
    sign: dict[Identifier, SignTest] = Field(default={}, description="Q: what holds in most runs")
    forecast: dict[Identifier, ForecastTest] = Field(default={}, description="F: shares of runs")
    pattern: dict[Identifier, Pattern] = Field(default={}, description="P: attacks of all runs")
    breakdown: dict[Identifier, Breakdown] = Field(default={}, description="what is made of what")
    attribution: Attribution | None = Field(
        default=None, description="what a fall or rise is laid to, for `ebbtide attribute`"
    )
    null_model: NullCurve | None = Field(
        default=None, description="the publisher whose figures one curve is fitted to, as a rival"
    )
    note: dict[Identifier, str] = Field(default={}, description="remarks by claim, for its reader")
    text: Texts = Field(
        default=Texts(), description="what the page of claims says beside its numbers"
    )

    def rows(self) -> Iterator[tuple[str, str, Judging]]:
        """Every test that judges: its table, its id, and what it says."""
        for table in type(self).model_fields:
            stated = getattr(self, table)
            for identifier, row in stated.items() if isinstance(stated, Mapping) else ():
                if isinstance(row, ClaimTest) and row.of_kind is not None:
                    yield table, identifier, cast("Judging", row)

    def of[Of: ClaimTest](self, type_of_test: type[Of]) -> Iterator[tuple[str, Of]]:
        """The tests of a type by id, whichever table they stand in."""
        for _, identifier, row in self.rows():
            if isinstance(row, type_of_test):
                yield identifier, row
