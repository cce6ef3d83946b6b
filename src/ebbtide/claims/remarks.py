"""What is worth knowing of sound tests of claims: days that do not meet, and worlds that do not differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel

from ebbtide.claims.claim_tests import ClaimTest, FigureTest, Other
from ebbtide.claims.figures import rows_of
from ebbtide.claims.idle_tests import cannot_fail, other_than_its_row
from ebbtide.claims.kind import KindOfMeasure
from ebbtide.claims.measures import all_of
from ebbtide.claims.weekly import Weekly
from ebbtide.scenario.evidence_rows import days_meant
from ebbtide.scenario.override_notes import notes_on_overrides
from ebbtide.scenario.schema.evidence import ClaimKind
from ebbtide.scenario.weeks import A_WEEK

if TYPE_CHECKING:
    from ebbtide.claims.reading import CaseTests


class DaySpan(NamedTuple):
    """Days from a first to a last one."""

    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"


def remarks(tests: CaseTests) -> Iterator[str]:
    """A line for each test that asks of other days than its figure, of nobody, or of one world twice."""
    for table, name, row in tests.file.rows():
        said = f"{table}.{name}"
        yield from (f"{said}: {remark}" for remark in _of_test(row, tests))
    yield from _untested(tests)
    yield from _never_asked_of(tests)


def _untested(tests: CaseTests) -> Iterator[str]:
    """Claims of a kind that none of their tests is of."""
    tested = {(row.claim, row.of_kind) for _, _, row in tests.file.rows()}
    for name, claim in tests.scenario.claims.items():
        for kind in claim.kinds:
            if (name, ClaimKind(kind)) not in tested:
                what = ClaimKind(kind).name.lower()
                yield f"claims.{name} is of kind {kind} ({what}), and no such test holds it"


def _never_asked_of(tests: CaseTests) -> Iterator[str]:
    """Periods that no measure is of."""
    said = set(_texts(tests.file))
    for name in tests.file.periods:
        if name not in said:
            yield f"periods.{name}: no measure is of it"


def _texts(value: object) -> Iterator[str]:
    """Every text in tables and lists, names of keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from (text for _, inner in value for text in _texts(inner))
    elif isinstance(value, Mapping | tuple):
        parts = value.values() if isinstance(value, Mapping) else value
        yield from (text for inner in parts for text in _texts(inner))


def _of_test(row: ClaimTest, tests: CaseTests) -> Iterator[str]:
    yield from _before_founding(row, tests)
    yield from cannot_fail(row, tests)
    if isinstance(row, FigureTest):
        yield from other_than_its_row(row, tests)
        yield from _other_days(row, tests)
    if isinstance(row, Other) and row.without:
        scenario = tests.scenario.with_overrides(row.without)
        policy = tests.policy(row)
        for note in notes_on_overrides(scenario, policy, row.without):
            yield f"`without`: {note}"


def measures_of(row: ClaimTest, tests: CaseTests) -> Iterator[KindOfMeasure]:
    """All the measures of a test, with what they are made of."""
    for key in type(row).model_fields:
        measure = getattr(row, key)
        if isinstance(measure, KindOfMeasure):
            yield from all_of(measure, tests.file.measure)


def days_of(
    measure: KindOfMeasure, periods: Mapping[str, tuple[dt.date, dt.date]]
) -> DaySpan | None:
    """The days that one measure itself asks of; None where it asks of the whole run, or of none."""
    period = periods.get(getattr(measure, "period", None) or "")
    if period is not None:
        return DaySpan(*period)
    days = [day for day in vars(measure).values() if isinstance(day, dt.date)]
    return DaySpan(min(days), max(days)) if days else None


def _before_founding(row: ClaimTest, tests: CaseTests) -> Iterator[str]:
    """Measures of a group that end before the group is there."""
    scenario, until = tests.scenario, getattr(row, "until", None)
    for measure in measures_of(row, tests):
        if not hasattr(measure, "group") or getattr(measure, "forces", None):
            continue
        groups = measure.group or scenario.focus_groups
        there, group = min((scenario.there_from(each), each) for each in groups)
        first_week = scenario.dates[scenario.week_felt(there)]
        days = days_of(measure, tests.file.periods)
        last = min(filter(None, (days and days.last, until)), default=None)
        if there > scenario.file.start and last is not None and last < first_week:
            asked = f"{days}" if days and last == days.last else f"days up to {last}"
            yield f"asks of {group} on {asked}, before the week of its founding, {there}, ends"


def _other_days(row: FigureTest, tests: CaseTests) -> Iterator[str]:
    """A measure of other days than the rows of evidence that its figure is made of."""
    if row.evidence is None:
        return
    asked = {
        days
        for measure in measures_of(row, tests)
        if isinstance(measure, Weekly) or hasattr(measure, "date")
        if (days := days_of(measure, tests.file.periods)) is not None
    }
    for cells in rows_of(row.evidence, tests.path.parent / row.evidence.file):
        spoken = _spoken(cells)
        if spoken is not None and asked and not any(_meet(each, *spoken) for each in asked):
            found = ", ".join(map(str, sorted(asked)))
            yield f"asks of {found}, and {row.evidence.file} speaks of {spoken[0]}"
            return


def _spoken(cells: Mapping[str, str]) -> tuple[DaySpan, dt.timedelta] | None:
    """The days that a row of evidence speaks of, and by how much they may be off; None where none.

    It is a week at least: outcomes are of weeks, and no day is told more exactly.
    """
    try:
        if cells.get("first") and cells.get("last"):
            first, last = (dt.date.fromisoformat(cells[key]) for key in ("first", "last"))
            return DaySpan(first, last), A_WEEK
        if cells.get("date"):
            day = dt.date.fromisoformat(cells["date"])
            return DaySpan(day, day), A_WEEK + dt.timedelta(days=days_meant(cells))
    except ValueError:  # of a file that is no evidence of the scenario's
        pass
    return None


def _meet(asked: DaySpan, spoken: DaySpan, off: dt.timedelta) -> bool:
    """Whether the days asked of are those spoken of: of a period both ends, and a day within one."""
    inside = spoken.first - off <= asked.first and asked.last <= spoken.last + off
    if asked.first == asked.last or spoken.first == spoken.last:
        return inside or (asked.first - off <= spoken.first and spoken.last <= asked.last + off)
    return inside and asked.first <= spoken.first + off and spoken.last - off <= asked.last
