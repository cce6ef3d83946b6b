"""CSV files of what publishers claim: read strictly, given as data frames."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

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
    OPTIONAL,
    PERCENT,
    PRECISIONS,
)

ALL, AND = "all", ";"  # an area that is all places, and what parts the names of several
_FILLED = ("date", "first", "last", "low", "high", "publisher", "counts", "measure")
_A_DAY, _A_NUMBER = (
    "a date such as 2015-01-31",
    "a number; of one number `low` and `high` are the same",
)
_WANTED = dict.fromkeys(("date", "first", "last"), _A_DAY) | dict.fromkeys(
    ("low", "high"), _A_NUMBER
)
_DAYS = ("date", "first", "last", "known")
_HELD_BACK = {"0": False, "1": True}
_PART = re.compile(r"%|\b(per ?cent\w*|pct|shares?|proportion|fraction)\b", re.IGNORECASE)
_REMARKS = {"check", "note"}  # columns in which rows that say the same may differ


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


def days_meant(row: Mapping[Any, Any]) -> int:
    """How many days to each side of its date a row may mean: none where it does not say."""
    return PRECISIONS.get(row.get("date_precision"), 0)  # type: ignore[arg-type]  # or NaN, of pandas


def stands_beside(row: Mapping[Any, Any]) -> str | None:
    """The outcome that a row of strength or presence stands beside; None where it is beside none."""
    if "counts" in row:
        return COUNTED.get(str(row["counts"]))
    return next(outcome for word, outcome in MEASURED.items() if word in row["measure"])


def named_in(area: object) -> list[str]:
    """The places and countries that an area names; none where it is all places."""
    written = area if isinstance(area, str) else ""
    named = dict.fromkeys(filter(None, (name.strip() for name in written.split(AND))))
    return [] if list(named) == [ALL] else list(named)


def read_evidence(kind: str, path: Path, names: Names, faults: list[Fault]) -> EvidenceFile:
    """A file of evidence; of its rows days are dates, `low` and `high` numbers, `held_back` yes or no.

    Every row has a `date`: the day that it speaks of, or by which what it says of a period is known.
    `names` are those that its areas may name.
    """
    columns = EVIDENCE_COLUMNS[kind]
    rows, places = [], []
    first: dict[frozenset[tuple[str, str]], str] = {}
    for where, cells in read_rows(path, NEEDED[kind], [*OPTIONAL & columns.keys()], faults):
        row: dict[str, Any] = {column: cells.get(column) for column in columns}
        said = frozenset((each, cell) for each, cell in cells.items() if each not in _REMARKS)
        if said in first:
            faults.append(Fault(where, None, f"the row of {first[said]} again", "each row once"))
        first.setdefault(said, where)
        faults.extend(
            Fault(where, column, "an empty cell", _WANTED.get(column))
            for column in _FILLED
            if column in columns and column not in cells
        )
        for column in _DAYS:
            if column in columns:
                row[column] = _day(where, column, cells.get(column), faults)
        if "first" in columns:
            row["known"] = row["known"] or row["last"]
            row["date"] = row["known"] or dt.date.min
            if None not in (row["first"], row["last"]) and row["first"] > row["last"]:
                faults.append(
                    Fault(where, "first", f"{row['first']}", f"up to last, {row['last']}")
                )
            elif None not in (row["first"], row["known"]) and row["known"] < row["first"]:
                allowed = f"a day from first, {row['first']}, on"
                faults.append(Fault(where, "known", f"{row['known']}", allowed))
        row["date"] = row["date"] or dt.date.min
        row["held_back"] = _held_back(where, cells.get("held_back", "0"), faults)
        for column in ("low", "high"):
            try:
                row[column] = float(cells.get(column, "0"))
                if not math.isfinite(row[column]):
                    raise ValueError
            except ValueError:
                near = meant_number(cells[column])
                faults.append(Fault(where, column, shown(cells[column]), "a number", near))
                row[column] = float("nan")
            if row[column] < 0:
                faults.append(Fault(where, column, shown(cells[column]), "a number from 0 on"))
        if {"low", "high"} <= cells.keys() and row["low"] > row["high"]:
            faults.append(Fault(where, "low", f"{row['low']:g}", f"up to high, {row['high']:g}"))
        for column, check in (
            ("counts", _counts_of_period if "first" in columns else partial(_counts, names=names)),
            ("measure", _measures),
            ("date_precision", _precision),
        ):
            if column in cells and (fault := check(where, cells[column])) is not None:
                faults.append(fault)
        faults.extend(_unknown_areas(where, cells.get("area"), names))
        rows.append(FixedTable(row))
        places.append(where)
    return EvidenceFile(label(path), tuple(rows), tuple(places))


def _day(where: str, column: str, found: str | None, faults: list[Fault]) -> dt.date | None:
    try:
        return None if found is None else dt.date.fromisoformat(found)
    except ValueError:
        faults.append(Fault(where, column, shown(found), _A_DAY))
        return None


def _held_back(where: str, found: str, faults: list[Fault]) -> bool:
    if found not in _HELD_BACK:
        faults.append(Fault(where, "held_back", shown(found), "0 or 1, or an empty cell"))
    return _HELD_BACK.get(found, False)


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
    if sum(word in found for word in MEASURED) == 1:
        if _PART.search(found) is None:
            return None
        allowed = "how many districts or places they are: a share of them stands beside nothing"
        return Fault(where, "measure", shown(found), allowed)
    allowed = f"words with one of: {listed(MEASURED)}"
    likely = [near for word in found.split() if (near := nearest(word, MEASURED))]
    return Fault(where, "measure", shown(found), allowed, likely[0] if likely else None)


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
