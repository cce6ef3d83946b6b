"""CSV files of what publishers claim: read strictly, given as data frames."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ebbtide.scenario.evidence_rows import ALL, AND, named_in
from ebbtide.scenario.faults import Fault, listed, nearest, shown
from ebbtide.scenario.fixed_table import FixedTable
from ebbtide.scenario.geography import read_rows
from ebbtide.scenario.meant_values import meant_number
from ebbtide.scenario.names import Names
from ebbtide.scenario.project import label
from ebbtide.scenario.schema.evidence import (
    COUNTED,
    EVIDENCE_COLUMNS,
    MEASURED,
    NEEDED,
    OF_PERIOD,
    PERCENT,
    PRECISIONS,
    EvidenceColumn,
    ReadAs,
)

_A_DAY = "a date such as 2015-01-31"
_WANTED = {  # of an empty cell
    ReadAs.DAY: _A_DAY,
    ReadAs.NUMBER: "a number; of one number `low` and `high` are the same",
}
_EMPTY = {ReadAs.NUMBER: 0.0, ReadAs.YES_OR_NO: False}  # else None
_YES_OR_NO = {"0": False, "1": True}


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of evidence, read: its name as messages show it, and its rows.

    `places` says where each row stands, as `file:line`, which is no part of what it says.
    """

    name: str
    rows: Sequence[dict[str, Any]]
    places: Sequence[str] = field(default=(), repr=False, compare=False)

    def at(self, *rows: Mapping[str, Any]) -> str:
        """Where rows of it stand, as `file:line`; of several the file and all their lines."""
        lines = [
            place.rpartition(":")[2]
            for each, place in zip(self.rows, self.places, strict=True)
            if any(each is row for row in rows)
        ]
        return f"{self.name}:{','.join(lines)}"


def read_evidence(kind: str, path: Path, names: Names, faults: list[Fault]) -> EvidenceFile:
    """A file of evidence; of its rows days are dates, `low` and `high` numbers, `held_back` yes or no.

    Every row has a `date`: the day that it speaks of, or by which what it says of a period is known.
    `names` are those that its areas may name.
    """
    columns, needed = EVIDENCE_COLUMNS[kind], NEEDED[kind]
    further = [name for name in columns if name not in needed]
    remarks = {name for name, column in columns.items() if column.remark}
    rows, places = [], []
    first: dict[frozenset[tuple[str, str]], str] = {}
    for where, cells in read_rows(path, needed, further, faults):
        said = frozenset((name, cell) for name, cell in cells.items() if name not in remarks)
        if said in first:
            faults.append(Fault(where, None, f"the row of {first[said]} again", "each row once"))
        first.setdefault(said, where)
        read = _CellReader(where, names, faults)
        row = {name: read.cell(name, column, cells.get(name)) for name, column in columns.items()}
        if "first" in columns:
            row["known"] = row["known"] or row["last"]
            row["date"] = row["known"]
            _check_period(where, row, faults)
        row["date"] = row["date"] or dt.date.min
        if {"low", "high"} <= cells.keys() and row["low"] > row["high"]:
            faults.append(Fault(where, "low", f"{row['low']:g}", f"up to high, {row['high']:g}"))
        rows.append(FixedTable(row))
        places.append(where)
    return EvidenceFile(label(path), tuple(rows), tuple(places))


def _check_period(where: str, row: Mapping[str, Any], faults: list[Fault]) -> None:
    """Tell of a period that ends, or is known, before it begins."""
    first, last, known = row["first"], row["last"], row["known"]
    if None not in (first, last) and first > last:
        faults.append(Fault(where, "first", f"{first}", f"up to last, {last}"))
    elif None not in (first, known) and known < first:
        faults.append(Fault(where, "known", f"{known}", f"a day from first, {first}, on"))


@dataclass(frozen=True, slots=True)
class _CellReader:
    """The cells of one row; what is wrong with them goes to `faults`."""

    where: str
    names: Names
    faults: list[Fault]

    def cell(self, name: str, column: EvidenceColumn, found: str | None) -> Any:
        """What a cell says, read as its column declares; None, or nothing, where it is empty."""
        if found is None:
            if column.filled:
                wanted = _WANTED.get(column.read_as)
                self.faults.append(Fault(self.where, name, "an empty cell", wanted))
            return _EMPTY.get(column.read_as)
        match column.read_as:
            case ReadAs.TEXT:
                return found
            case ReadAs.DAY:
                return self._day(name, found)
            case ReadAs.NUMBER:
                return self._number(name, found)
            case ReadAs.YES_OR_NO:
                return self._yes_or_no(name, found)
            case ReadAs.AREA:
                self.faults.extend(_unknown_areas(self.where, found, self.names))
            case ReadAs.COUNTED:
                self._tell(_counts(self.where, found, self.names))
            case ReadAs.OF_PERIOD:
                self._tell(_counts_of_period(self.where, found))
            case ReadAs.MEASURED:
                self._tell(_measures(self.where, found))
            case ReadAs.PRECISION:
                self._tell(_precision(self.where, found))
        return found

    def _tell(self, fault: Fault | None) -> None:
        self.faults.extend(() if fault is None else (fault,))

    def _day(self, name: str, found: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(found)
        except ValueError:
            self._tell(Fault(self.where, name, shown(found), _A_DAY))
            return None

    def _number(self, name: str, found: str) -> float:
        try:
            number = float(found)
            if not math.isfinite(number):
                raise ValueError
        except ValueError:
            near = meant_number(found)
            self._tell(Fault(self.where, name, shown(found), "a number", near))
            return float("nan")
        if number < 0:
            self._tell(Fault(self.where, name, shown(found), "a number from 0 on"))
        return number

    def _yes_or_no(self, name: str, found: str) -> bool:
        if found not in _YES_OR_NO:
            self._tell(Fault(self.where, name, shown(found), "0 or 1, or an empty cell"))
        return _YES_OR_NO.get(found, False)


def _counts_of_period(where: str, found: str) -> Fault | None:
    """What is wrong with what a row of violence says that it counts."""
    if found in OF_PERIOD:
        return None
    return Fault(where, "counts", shown(found), listed(OF_PERIOD), nearest(found, OF_PERIOD))


def _counts(where: str, found: str, names: Names) -> Fault | None:
    """What is wrong with what a row of strength says that it counts."""
    shares = [f"{PERCENT}{group}" for group in sorted(names.groups)]
    if found in COUNTED or found in shares or (found.startswith(PERCENT) and not shares):
        return None
    if found.startswith(PERCENT.split("_")[0]):
        allowed = f"a share that the model has: {listed(shares)}"
        near = nearest(found.removeprefix(PERCENT), names.groups)
        return Fault(where, "counts", shown(found), allowed, near and f"{PERCENT}{near}")
    allowed = f"{listed(COUNTED)}, or {PERCENT}GROUP for a share"
    return Fault(where, "counts", shown(found), allowed, nearest(found, COUNTED))


def _measures(where: str, found: str) -> Fault | None:
    """What is wrong with what a row of presence says that it measures."""
    if any(re.fullmatch(measured.phrase, found) for measured in MEASURED.values()):
        return None
    phrases = {word: measured.such_as for word, measured in MEASURED.items()}
    meant = [phrase for word, phrase in phrases.items() if word in found.lower()]
    near = meant[0] if len(meant) == 1 else nearest(found, phrases.values())
    allowed = (
        f"{'; '.join(measured.says for measured in MEASURED.values())}: how many the group has"
    )
    return Fault(where, "measure", shown(found), allowed, near)


def _precision(where: str, found: str) -> Fault | None:
    """What is wrong with how exactly a row says that its date is known."""
    if found in PRECISIONS:
        return None
    near = nearest(found, PRECISIONS)
    return Fault(where, "date_precision", shown(found), ", ".join(PRECISIONS), near)


def _unknown_areas(where: str, area: object, names: Names) -> list[Fault]:
    """What a row's area names and nothing is; the nearest right name is an id, by its name too."""
    what = "places and countries"
    known = names.of_what(what)
    allowed = f"{ALL}, or places and countries with {AND} between them: {listed(known)}"
    return [
        Fault(where, "area", shown(name), allowed, names.meant(name, what, ALL))
        for name in named_in(area)
        if known and name not in known
    ]
