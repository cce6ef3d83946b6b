"""What publishers say of a scenario: of which days and which places."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from ebbtide.scenario.casualty_notes import notes_on_casualties
from ebbtide.scenario.evidence_files import EvidenceFile, named_in
from ebbtide.scenario.evidence_notes import notes_on_rows
from ebbtide.scenario.faults import listed
from ebbtide.scenario.names import places_in
from ebbtide.scenario.part_notes import notes_on_parts
from ebbtide.scenario.schema.evidence import (
    COUNTED,
    DEATHS,
    EVIDENCE_COLUMNS,
    OF_PERIOD,
    PERCENT,
    PRESENCE,
)
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
        return [row for row in self.files[kind].rows if self._unused(row) is None]

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

    def notes(self) -> Iterator[str]:
        """A line for rows that are set beside nothing, and why."""
        focus = " and ".join(self.focus.split("+"))
        if self.files and not self.of_focus:
            of = " and ".join(self.of)
            yield f"evidence is of {of}, tables and plots are of {focus} (`focus`): set beside nothing"
        rows = [row for kind in self.files for row in self.used(kind)]
        every = [row for file in self.files.values() for row in file.rows]
        if every and not rows:
            until = "the cut" if self.scenario.cut else "the last week"
            days = f"from {self.days[0]} to {until}, {self.days[1]}"
            said = f"{min(row['date'] for row in every)} to {max(row['date'] for row in every)}"
            yield f"no row of evidence is of a day that is used, {days}: they are of {said}"
        if rows and all(row["held_back"] for row in rows):
            yield "all rows of evidence are held back: no posterior can be fitted to any"
        for kind, file in self.files.items():
            unused: dict[Unused, list[Mapping[str, Any]]] = {}
            for row in file.rows:
                if (why := self._unused(row)) is not None:
                    unused.setdefault(why, []).append(row)
            for why, of_it in unused.items():
                used = "is not used" if len(of_it) == 1 else "are not used"
                yield f"{file.at(*of_it)}: {why.of(len(of_it))}, and {used}"
            if not file.rows:
                yield f"{file.name}: no row below its header: nothing is set beside the model"
            yield from self._too_many(file)
            yield from notes_on_rows(file)
            yield from notes_on_parts(
                file, lambda row: self.places(row["area"]) or list(self.scenario.places)
            )
            if kind == "violence":
                yield from notes_on_casualties(file, *self._men())
            yield from self._not_drawn(kind, file)

    def _too_many(self, file: EvidenceFile) -> Iterator[str]:
        """What counts more than there is where it counts."""
        for row in file.rows:
            there = self._at_most(row)
            if there is not None and row["high"] > there[0]:
                said = row.get("counts") or row.get("measure")
                found = f"{row['publisher']}, {row['date']}: {row['high']:g} ({said})"
                yield f"{file.at(row)}: {found} is more than {there[0]:g}, {there[1]}"

    def _at_most(self, row: Mapping[str, Any]) -> tuple[float, str] | None:
        """What a row may count at most, and what that is; None where nothing bounds it."""
        if str(row.get("counts", "")).startswith(PERCENT):
            return 100, "the whole"
        if "measure" not in row:
            return None
        places = self.places(row["area"]) or list(self.scenario.places)
        where = self.words(row["area"]) or "the scenario"
        if PRESENCE in row["measure"]:
            return len(places), f"the places of {where}"
        districts = [self.scenario.places[place].districts.quantile(1.0) for place in places]
        return math.fsum(districts), f"the districts of {where}"

    def _men(self) -> tuple[float | None, str]:
        """About how many men they speak of, and who says so; None where nothing tells."""
        if (file := self.files.get("strength")) is not None:
            counts = [row for row in file.rows if row["counts"] in COUNTED and row["high"] > 0]
            if counts:
                return median(row["high"] for row in counts), f"{file.name}, in the median"
        men = sum(self.scenario.groups[group].fighters.median for group in self.of)
        return men or None, "at the start"

    def _not_drawn(self, kind: str, file: EvidenceFile) -> Iterator[str]:
        """What tables and plots of runs leave out of the rows that are used."""
        used = self.used(kind)
        beside_nothing = [row for row in used if row.get("counts") == DEATHS]
        if len(beside_nothing) < len(used) and kind == "violence":
            yield (
                f"{file.name}: held against runs by `prior`, `claims` and `calibrate`; no table or plot "
                "of a run has it"
            )
        elif beside_nothing:
            counted = listed(word for word in OF_PERIOD if word != DEATHS)
            yield (
                f"{file.name}: no run is held against it, since deaths of all sides (`{DEATHS}`) stand "
                f"beside nothing; what is: {counted}"
            )
        reports = sum(PRESENCE in row.get("measure", "") for row in used)
        if reports and len(self.focus.split("+")) > 1:
            rows = "1 row" if reports == 1 else f"{reports} rows"
            yield (
                f"{file.name}: {rows} of places with any {PRESENCE}, which do not add up over the groups "
                "of `focus`: in no table or plot"
            )

    def _unused(self, row: Mapping[str, Any]) -> Unused | None:
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
