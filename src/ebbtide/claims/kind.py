"""What a kind of measure is: a table of a file of claim tests that gives a number of one run."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from ebbtide.scenario.document import Keys
from ebbtide.scenario.faults import listed, nearest
from ebbtide.scenario.naming import NamesOf, naming
from ebbtide.scenario.schema.table import OneOrMore, Table

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived
    from ebbtide.scenario import Scenario
    from ebbtide.world.recorded import Outcome

Period = tuple[dt.date, dt.date]
SayKeyed = Callable[[Keys, str, str, str | None], None]


OneOrMorePlaces = Annotated[OneOrMore, NamesOf("places and countries")]
OneOrMoreForces = Annotated[OneOrMore, NamesOf("forces")]
PeriodName = Annotated[str, NamesOf("periods")]


@dataclass(frozen=True)
class Known:
    """What names and dates a file of tests may use, and how a wrong one is told."""

    names: Mapping[str, Sequence[str]]  # by what they are names of
    scenario: Scenario
    say: SayKeyed

    def check(self, what: str, stated: Sequence[str], keys: Keys) -> None:
        """Tell names that are no names of `what`."""
        known = self.names[what]
        for name in stated:
            if name not in known:
                self.say(keys, f'"{name}"', f"{what}: {listed(known, 40)}", nearest(name, known))

    def check_date(self, date: dt.date, keys: Keys) -> None:
        """Tell a date outside the scenario."""
        start, end = self.scenario.file.start, self.scenario.file.end
        if not start <= date <= end:
            self.say(keys, f"{date}", f"a date from {start} to {end}", None)

    def check_sum(self, outcomes: Mapping[str, Outcome], of: Sequence[str], keys: Keys) -> None:
        """Tell outcomes that do not add up, of several groups, places or forces."""
        for name, outcome in outcomes.items():
            if not outcome.adds_up:
                found = f'"{name}" ({outcome.unit}) of {listed(of)}'
                self.say(keys, found, "of one of them, or an outcome that adds up", None)


class KindOfMeasure(Table):
    """A measure. NaN means that a run has no answer; yes is 1 and no is 0."""

    @abstractmethod
    def value(self, run: Measuring) -> float:
        """The number of one run."""

    def parts(self) -> Sequence[KindOfMeasure]:
        """The measures that this one is made of."""
        return ()

    def check(self, known: Known, keys: Keys) -> None:
        """Tell what names nothing, and dates outside the scenario, by what the fields declare."""
        check_fields(self, known, keys)
        for part in self.parts():
            part.check(known, keys)


def check_fields(table: Table, known: Known, keys: Keys) -> None:
    """Tell of a table's own fields what names nothing, and dates outside the scenario."""
    for key in type(table).model_fields:
        stated = getattr(table, key)
        if isinstance(stated, dt.date):
            known.check_date(stated, (*keys, key))
    for key, what in naming(type(table)):
        stated = getattr(table, key)
        names = () if stated is None else (stated,) if isinstance(stated, str) else stated
        known.check(what, names, (*keys, key))


class Measuring:
    """One run being measured: its weeks, and what names and periods of the file stand for."""

    def __init__(
        self, lived: Lived, named: Mapping[str, KindOfMeasure], periods: Mapping[str, Period]
    ) -> None:
        self.lived = lived
        self._named = named
        self._periods = periods
        self._found: dict[str, float] = {}

    def named(self, name: str) -> float:
        """The value of a measure that has a name."""
        if name not in self._found:
            self._found[name] = self._named[name].value(self)
        return self._found[name]

    def period(self, name: str | None) -> slice:
        """The days of a period; of the whole run if it has no name."""
        if name is None:
            return slice(None)
        first, last = self._periods[name]
        return slice(first.isoformat(), last.isoformat())

    def days(self, name: str | None) -> tuple[dt.date | None, dt.date | None]:
        """First and last day of a period."""
        return (None, None) if name is None else self._periods[name]
