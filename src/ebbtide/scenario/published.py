"""What publishers say of a scenario: of which days and which places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.evidence_files import EvidenceFile, named_in
from ebbtide.scenario.names import places_in
from ebbtide.scenario.schema.evidence import COLUMNS
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import weeks_between

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Published:
    """Files of evidence by kind (`strength`, `presence`), and the scenario that they speak of."""

    files: Mapping[str, EvidenceFile]
    scenario: ScenarioFile
    dates: Sequence[dt.date]  # the scenario's start and the last day of every week
    focus: str  # whom tables and plots show: a group, or several joined by `+`
    since: dt.date  # the day from which the focus is there

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that claims are used of: up to the cut, else to the last week."""
        return self.since, self.scenario.cut or self.dates[-1]

    def used(self, kind: str) -> list[dict[str, Any]]:
        """The rows of a file that are of days that are used."""
        first, last = self.days
        return [row for row in self.files[kind].rows if first <= row["date"] <= last]

    def tables(self) -> dict[str, pd.DataFrame]:
        """The rows that are used, by kind, `date` as timestamps."""
        import pandas as pd

        tables = {}
        for kind in self.files:
            columns = list(dict.fromkeys(["date", *COLUMNS[kind]]))
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
        of = self.scenario.evidence.of
        return of is None or {*of} == {*self.focus.split("+")}

    def notes(self) -> Iterator[str]:
        """A line for rows that are set beside nothing, and why."""
        focus = " and ".join(self.focus.split("+"))
        if self.files and not self.of_focus:
            of = " and ".join(self.scenario.evidence.of or ())
            yield f"evidence is of {of}, tables and plots are of {focus} (`focus`): set beside nothing"
        first, last = self.days
        start, end = self.scenario.start, self.dates[-1]
        for file in self.files.values():
            days = [row["date"] for row in file.rows]
            late = "cut" if last < end else "last week"
            told = {
                f"before the start, {start}": sum(day < start for day in days),
                f"before {focus} is founded, {first}": sum(start <= day < first for day in days),
                f"after the {late}, {last}": sum(last < day <= end for day in days),
                f"after the last week, {end}": sum(day > end for day in days),
            }
            for where, number in told.items():
                if number:
                    rows = "1 row lies" if number == 1 else f"{number} rows lie"
                    used = "is not used" if number == 1 else "are not used"
                    yield f"{file.name}: {rows} {where}, and {used}"
            if not days:
                yield f"{file.name}: no row below its header: nothing is set beside the model"
