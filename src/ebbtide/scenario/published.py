"""What publishers say of a scenario: of which days and which places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ebbtide.scenario.evidence_files import EvidenceFile
from ebbtide.scenario.evidence_rows import named_in
from ebbtide.scenario.names import places_in
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import weeks_between

if TYPE_CHECKING:
    import pandas as pd


class Unused(NamedTuple):
    """Why rows are not used: what they do, and when."""

    verb: str
    when: str

    def of(self, number: int) -> str:
        """So many rows that do so."""
        first, *rest = self.verb.split()
        several = " ".join([first.removesuffix("s"), *rest])
        return (
            f"1 row {self.verb} {self.when}"
            if number == 1
            else f"{number} rows {several} {self.when}"
        )


@dataclass(frozen=True)
class Published:
    """Files of evidence by kind (`strength`, `presence`), and the scenario that they speak of."""

    files: Mapping[str, EvidenceFile]
    scenario: ScenarioFile
    dates: Sequence[dt.date]  # the scenario's start and the last day of every week
    focus: str  # whom tables and plots show: a group, or several joined by `+`
    since: dt.date  # the day from which they whom it speaks of are there

    @property
    def of(self) -> Sequence[str]:
        """The groups that they speak of: those of the focus, unless the file says others."""
        return self.scenario.evidence.of or self.focus.split("+")

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that claims are used of: up to the cut, else to the last week."""
        return self.since, self.scenario.cut or self.dates[-1]

    def used(self, kind: str) -> list[dict[str, Any]]:
        """The rows of a file that are of days that are used."""
        return [row for row in self.files[kind].rows if self.unused(row) is None]

    def tables(self) -> dict[str, pd.DataFrame]:
        """The rows that are used, by kind, `date` as timestamps."""
        import pandas as pd

        tables = {}
        for kind in self.files:
            columns = list(dict.fromkeys(["date", *EVIDENCE_COLUMNS[kind]]))
            frame = pd.DataFrame(self.used(kind), columns=columns)
            tables[kind] = frame.assign(date=pd.to_datetime(frame["date"]))
        return tables

    def places(self, area: object) -> list[str]:
        """The ids of the places that an area is; none where it is all of the scenario's."""
        places = places_in(self.scenario.places, named_in(area))
        return places if len(places) < len(self.scenario.places) else []

    def words(self, area: object) -> str:
        """An area as a figure names it: places by their names; empty where it is all of them."""
        if not self.places(area):
            return ""
        places = self.scenario.places
        words = [places[name].name if name in places else name for name in named_in(area)]
        return ", ".join(words if len(words) < 4 else [*words[:2], f"{len(words) - 2} more"])

    def weeks_of_parts(self) -> set[int]:
        """The weeks in which somebody speaks of a part of the places."""
        return {
            weeks_between(self.scenario.start, row["date"])
            for kind in self.files
            for row in self.used(kind)
            if "first" not in row and self.places(row["area"])  # of a week, not of a period
        }

    @property
    def of_focus(self) -> bool:
        """Whether they speak of the focus, of several groups all together."""
        return {*self.of} == {*self.focus.split("+")}

    def unused(self, row: Mapping[str, Any]) -> Unused | None:
        """Why a row is not used; None for one that is."""
        start, end, (first, last) = self.scenario.start, self.dates[-1], self.days
        day, ends = row["date"], row.get("last", row["date"])
        if day < start:
            return Unused("lies", f"before the start, {start}")
        if row.get("first", start) < start:
            return Unused("begins", f"before the start, {start}")
        if day < first:
            of = " and ".join(self.of)
            return Unused("lies", f"before {of} is founded, {first}")
        if day <= last and ends <= end:
            return None
        limit, late = (end, "last week") if max(day, ends) > end else (last, "cut")
        verb = "lies" if "first" not in row else "ends" if ends > limit else "becomes known"
        return Unused(verb, f"after the {late}, {limit}")
