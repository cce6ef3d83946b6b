"""What is worth knowing of rows of evidence that are sound each by itself: said twice, spelt twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from statistics import median
from typing import Any

from ebbtide.scenario.evidence_files import EvidenceFile
from ebbtide.scenario.evidence_rows import named_in
from ebbtide.scenario.faults import are_alike, listed, plainly
from ebbtide.scenario.schema.evidence import (
    COUNTED,
    DEATHS,
    EVIDENCE_COLUMNS,
    OF_PERIOD,
    PERCENT,
    PRECISIONS,
    telling_apart,
)
from ebbtide.scenario.schema.groups import Group
from ebbtide.scenario.usual import usual_of

Told = Mapping[str, Any]
A_YEAR = "year"  # a precision of dates
FAR_OFF = 50.0  # times what others count, or as many times less, from which on a count is told
_ENDS = (1, 1), (12, 31)  # of a year, as month and day
_READ_ALIKE = ("area", "publisher")  # columns in which what is written in two ways may be one
# With these two: what a row of any kind speaks of.
_SAID = {name for kind in EVIDENCE_COLUMNS for name in telling_apart(kind, *_READ_ALIKE)}


def notes_on_rows(file: EvidenceFile) -> Iterator[str]:
    """A line for publishers who are called in two ways, or say two things, or know before the end."""
    yield from _spelt(file)
    yield from _twice(file)
    yield from _of_other_magnitude(file)
    yield from _of_none(file)
    yield from _of_new_years_day(file)
    yield from _of_parts_of_one(file)
    yield from _of_one_as_the_whole(file)
    yield from _of_parts_of_a_district(file)
    early = [
        row for row in file.rows if row.get("first") and row["known"] and row["known"] < row["last"]
    ]
    if early:
        rows = "1 row is" if len(early) == 1 else f"{len(early)} rows are"
        yield f"{file.at(*early)}: {rows} `known` before the last day that is counted: {_days(early)}"


def _spelt(file: EvidenceFile) -> Iterator[str]:
    """Publishers whose names are nearly one: as two they would not share a bias."""
    names = list(dict.fromkeys(row["publisher"] for row in file.rows if row["publisher"]))
    alike = [
        f'"{one}" and "{other}"' for one, other in combinations(names, 2) if are_alike(one, other)
    ]
    if alike:
        yield f"{file.name}: publishers called nearly the same, {listed(alike)}: are they one?"


def _twice(file: EvidenceFile) -> Iterator[str]:
    """Rows by one publisher that speak of the same and do not say the same."""
    first: dict[tuple[object, ...], Told] = {}
    for row in file.rows:
        if row.get("counts") == DEATHS:
            continue  # it stands beside nothing, and may be of parts that no column tells apart
        spoken_of = (row.get(key) for key in _SAID)
        of = (*spoken_of, *sorted(named_in(row["area"])), plainly(row["publisher"] or ""))
        if of in first:
            said = [interval_of(each) for each in (first[of], row)]
            what = row.get("counts") or row.get("measure")
            both = f"both {' and '.join(said)}: two figures of one thing"
            if said[0] == said[1]:
                both = f"{said[0]} twice: as two rows it counts twice"
            yield f"{file.at(first[of], row)}: {row['publisher']} says of {what} on {row['date']} {both}"
        first.setdefault(of, row)


def _of_other_magnitude(file: EvidenceFile) -> Iterator[str]:
    """Counts of people that are unusual for a group, or far from all others in the file."""
    counts = [row for row in file.rows if row.get("counts") in COUNTED and row["high"] > 0]
    usual = usual_of(Group, "fighters")
    usually = median(row["high"] for row in counts) if len(counts) > 2 else None
    for row in counts:
        said = f"{file.at(row)}: {row['publisher']}, {row['date']}: {interval_of(row)} ({row['counts']})"
        if asks := usual.asks(row["high"]):
            yield f"{said}; {asks}"
        elif usually and not 1 / FAR_OFF < row["high"] / usually < FAR_OFF:
            times = row["high"] / usually
            yield f"{said} is {rough(times)} times what the rows say in the median: is it in their unit?"


def _of_none(file: EvidenceFile) -> Iterator[str]:
    """Rows that tell of nobody and nothing, as a cell that was left at 0 does too."""
    for row in file.rows:
        if row["low"] == row["high"] == 0 and row.get("counts") not in (None, DEATHS):
            yield (
                f"{file.at(row)}: {row['publisher']}, {row['date']}: 0 to 0 "
                f"({row['counts']}) says that there was none; a row of what nobody has counted is left out"
            )


def _of_new_years_day(file: EvidenceFile) -> Iterator[str]:
    """Years that are dated on their first or last day: half of what is meant is of another year."""
    rows = [
        row
        for row in file.rows
        if row.get("date_precision") == A_YEAR and (row["date"].month, row["date"].day) in _ENDS
    ]
    if rows:
        day, days = rows[0]["date"], dt.timedelta(days=PRECISIONS[A_YEAR])
        yield (
            f"{file.at(*rows)}: {A_YEAR} means half a year to each side of its date, {day - days} to "
            f"{day + days} for {day}; the middle of {day.year} is {day.year}-07-01"
        )


def _of_parts_of_one(file: EvidenceFile) -> Iterator[str]:
    """Counts of people with fractions, of which nobody counts any: of thousands, or of a mean."""
    for row in file.rows:
        counts = row.get("counts")
        if (counts in COUNTED or counts in OF_PERIOD) and any(
            row[end] % 1 for end in ("low", "high")
        ):
            yield (
                f"{file.at(row)}: {row['publisher']}, {row['date']}: {interval_of(row)} ({counts}) is no "
                "whole number of people: are they thousands, or a mean?"
            )


def _of_one_as_the_whole(file: EvidenceFile) -> Iterator[str]:
    """Shares that would be under one in a hundred: written as shares of 1."""
    for row in file.rows:
        if str(row.get("counts", "")).startswith(PERCENT) and 0 < row["high"] <= 1:
            yield (
                f"{file.at(row)}: {row['publisher']}, {row['date']}: {interval_of(row)} ({row['counts']}) "
                "is in %, so that 25 is a quarter: is it a share of 1?"
            )


def _of_parts_of_a_district(file: EvidenceFile) -> Iterator[str]:
    """Parts of a district or place, as a share that was left at 0.4 is one."""
    for row in file.rows:
        measure = row.get("measure", "")
        if measure and any(row[end] % 1 for end in ("low", "high")):
            yield (
                f"{file.at(row)}: {row['publisher']}, {row['date']}: {interval_of(row)} ({measure}) is no "
                "whole number of districts or places: is it a share?"
            )


def rough(number: float) -> str:
    """A number to two digits, whole from ten on."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def interval_of(row: Told) -> str:
    """What a row says, as a number or from its least to its greatest."""
    low, high = f"{row['low']:.10g}", f"{row['high']:.10g}"
    return low if low == high else f"{low} to {high}"


def _days(rows: Sequence[Told]) -> str:
    days: dict[tuple[dt.date, dt.date], None] = {(row["known"], row["last"]): None for row in rows}
    return listed(f"{known} for {last}" for known, last in days)
