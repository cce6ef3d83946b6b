"""Later publications, from a CSV file of the columns of evidence: what a forecast is scored against."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ebbtide.scenario import Fault, Faults
from ebbtide.scenario.evidence_files import EvidenceFile, read_evidence
from ebbtide.scenario.evidence_notes import notes_on_rows
from ebbtide.scenario.evidence_rows import ALL, named_in, stands_beside
from ebbtide.scenario.names import Names
from ebbtide.scenario.project import label, read_text
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS


@dataclass(frozen=True)
class LaterFigure:
    """What was published: of whose count of what, where (places), of which days, and what he said."""

    publisher: str
    chain: str  # the source that he rests on, else himself
    counts: str
    area: str
    places: frozenset[str]
    first: dt.date
    last: dt.date
    said: float  # the middle of a range

    @property
    def words(self) -> str:
        """For a table."""
        when = f"{self.last}" if self.first == self.last else f"{self.first} to {self.last}"
        return f"{self.counts} in {self.area or ALL}, {when}"

    @property
    def days(self) -> int:
        """For how many days the number stands."""
        return (self.last - self.first).days + 1


def read_published(
    file: Path, areas: Mapping[str, list[str]], places: list[str]
) -> list[LaterFigure]:
    """The rows of a file of strength, presence or violence, told by its columns. Raises Faults.

    `areas` are the places of each country; a row may name these and `places`.
    """
    rows = _read(file, areas, places).rows
    if not rows:
        raise Faults([Fault(label(file), None, "no row below its header", "a row a publication")])
    return [_published(row, areas, places) for row in rows]


def notes_on_later(file: Path, areas: Mapping[str, list[str]], places: list[str]) -> Iterator[str]:
    """What a check would tell of the rows of such a file: counts in thousands and the like."""
    yield from notes_on_rows(_read(file, areas, places))


def _read(file: Path, areas: Mapping[str, list[str]], places: list[str]) -> EvidenceFile:
    faults: list[Fault] = []
    none = frozenset[str]()
    names = Names(frozenset(places), frozenset(areas), none, none, none, none, {})
    found = read_evidence(_kind(file), file, names, faults)
    if faults:
        raise Faults(faults)
    return found


def _kind(file: Path) -> str:
    """Which file of evidence it is: the one that has most of its columns."""
    header = next(csv.reader(read_text(file).splitlines()[:1]), [])
    found = {column.strip() for column in header}
    return max(EVIDENCE_COLUMNS, key=lambda kind: len(found & {*EVIDENCE_COLUMNS[kind]}))


def _published(
    row: Mapping[str, Any], areas: Mapping[str, list[str]], places: list[str]
) -> LaterFigure:
    named = named_in(row["area"])
    inside = {place for name in named for place in areas.get(name, [name])} or {*places}
    return LaterFigure(
        publisher=row["publisher"], chain=row.get("dependence") or row["publisher"],
        counts=stands_beside(row) or row["counts"], area=row["area"] or "", places=frozenset(inside),
        first=row.get("first") or row["date"], last=row.get("last") or row["date"],
        said=(row["low"] + row["high"]) / 2,
    )  # fmt: skip
