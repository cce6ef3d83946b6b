"""What is forecast: the statements that publishers may make after a day, of all that they spoke of before.

Counts of a day are asked on the day of the forecast, at the end of every quarter after it and on the last
day of a run; counts of a period of all periods as long as those that were told, by the calendar, that
begin after it. One may end some days after the run's last week.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ebbtide.evidence.losses import Losses
from ebbtide.evidence.statement import StatementOfPeriod
from ebbtide.scenario.evidence_rows import ALL, AND
from ebbtide.scenario.schema.evidence import STATE_KILLED
from ebbtide.scenario.weeks import A_WEEK

if TYPE_CHECKING:
    from ebbtide.evidence.statement import Statement
    from ebbtide.scenario import Scenario


@dataclass(frozen=True)
class ForecastTarget:
    """A statement that somebody may make: what it counts, where, and of which days up to `last`."""

    counts: str
    location: str
    days: int
    statement: Statement

    @property
    def last(self) -> dt.date:
        """The day that it speaks of, or the last day of its period."""
        return self.statement.last

    @property
    def has_own_number(self) -> bool:
        """Whether what is kept of a run is the number itself, and not what may be said of it."""
        return self.statement.kept == (self.statement.name,)


def targets(
    scenario: Scenario, statements: tuple[Statement, ...], after: dt.date
) -> list[ForecastTarget]:
    """All that is forecast on a day, up to the scenario's end.

    Of what is told of a part of another count nothing is asked: the whole is not known yet.
    """
    things = {each.thing: each for each in statements if each.counts is not None}
    return [
        target for statement in things.values() for target in _of_thing(scenario, statement, after)
    ]


def location(scenario: Scenario, places: tuple[str, ...]) -> str:
    """An area by its shortest name: all places, countries, and what is left of places."""
    left, named = set(places), []
    if left == set(scenario.file.places):
        return ALL
    for country in sorted(scenario.names.countries):
        inside = set(scenario.places_in([country]))
        if inside <= left:
            named.append(country)
            left -= inside
    return AND.join([*named, *sorted(left)])


def _of_thing(scenario: Scenario, statement: Statement, after: dt.date) -> Iterator[ForecastTarget]:
    counted = statement.counts
    assert counted is not None
    where = location(scenario, _places(scenario, statement))
    last_day = scenario.dates[-1]
    if isinstance(statement, StatementOfPeriod) and statement.days_counted > 1:
        periods = _periods(statement, after, last_day)
    else:
        periods = _days(after, last_day)
    for first, last in periods:
        words = f"{counted} in {where}, {last}" + (f", from {first}" if first != last else "")
        stated: dict[str, Any] = {"first": first} if hasattr(statement, "first") else {}
        future = replace(
            statement, name=f"forecast: {words}", words=words, publisher="", known=last, last=last,
            held_back=False, low=0.0, high=0.0, **stated,
        )  # fmt: skip
        yield ForecastTarget(counted, where, (last - first).days + 1, future)


def _places(scenario: Scenario, statement: Statement) -> tuple[str, ...]:
    if not isinstance(statement, Losses):
        found: tuple[str, ...] = getattr(statement, "places")  # noqa: B009 - of all others
        return found
    # Forces stand for places there: the row has these.
    [area] = {
        row["area"]
        for row in scenario.published.used("violence")
        if row["counts"] == STATE_KILLED
        and (row["publisher"], row["first"], row["last"])
        == (statement.publisher, statement.first, statement.last)
    }
    return tuple(scenario.published.places(area) or scenario.file.places)


def _days(after: dt.date, last_day: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """The day of the forecast, ends of quarters, and the run's last day."""
    yield after, after
    first = dt.date(after.year, 3 * ((after.month - 1) // 3) + 1, 1)
    while (end := _months_later(first, 3) - dt.timedelta(days=1)) < last_day:
        if end > after:
            yield end, end
        first = _months_later(first, 3)
    if last_day > after:
        yield last_day, last_day


def _periods(
    statement: StatementOfPeriod, after: dt.date, last_day: dt.date
) -> Iterator[tuple[dt.date, dt.date]]:
    first, ends = statement.first, statement.last + dt.timedelta(days=1)
    months = 12 * (ends.year - first.year) + ends.month - first.month
    if first.day != 1 or ends.day != 1:
        return
    while first > after:
        first = _months_later(first, -months)
    while True:
        first = _months_later(first, months)
        last = _months_later(first, months) - dt.timedelta(days=1)
        if last - last_day >= A_WEEK:
            return
        if first > after:
            yield first, last


def _months_later(first: dt.date, months: int) -> dt.date:
    """The first day of a month, so many months later."""
    month = 12 * first.year + first.month - 1 + months
    return dt.date(month // 12, month % 12 + 1, 1)
