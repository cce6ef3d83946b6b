"""What is worth knowing of counts, one of which is a part of another by the same publisher."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

from ebbtide.scenario.evidence_files import EvidenceFile
from ebbtide.scenario.evidence_notes import Told, interval_of
from ebbtide.scenario.schema.evidence import COUNTED, DEATHS, telling_apart

_SAME = telling_apart("violence", "area", "first", "last")
_SOME = COUNTED["fighters"]  # of all affiliates these are a part


def notes_on_parts(file: EvidenceFile, places: Callable[[Told], Sequence[str]]) -> Iterator[str]:
    """A line for a part that is above its whole, and for a period that is counted in another again.

    `places` are those that a row is of.
    """
    rows = [row for row in file.rows if row.get("counts") != DEATHS and _has_period(row)]
    for whole, part in permutations(rows, 2):
        if any(whole[key] != part[key] for key in _SAME):
            continue
        inside, around = set(places(part)), set(places(whole))
        later = whole["first"] <= part["first"] and part["last"] <= whole["last"]
        same_days = later and (whole["first"], whole["last"]) == (part["first"], part["last"])
        if not later or not inside <= around or (same_days and inside == around):
            continue
        said = f"{file.at(part)}: {part['publisher']}: {_told(part)}"
        if part["low"] > whole["high"]:
            yield f"{said} is more than {_told(whole)}, of which it is a part"
        elif not same_days and inside == around:
            yield f"{said} is in {_told(whole)} too: what it counts is held against runs twice"


def _has_period(row: Told) -> bool:
    return None not in (row.get("first"), row.get("last"))


def _told(row: Told) -> str:
    where = f" in {row['area']}" if row["area"] else ""
    return f"{interval_of(row)} ({row['counts']}{where}, {row['first']} to {row['last']})"


def notes_on_counts_of_a_day(
    file: EvidenceFile, places: Callable[[Told], Sequence[str]]
) -> Iterator[str]:
    """A line for a count of people above that of a wider area, or fighters above all affiliates.

    Of one publisher and day; `places` are those that a row is of.
    """
    rows = [row for row in file.rows if row.get("counts") in COUNTED]
    for whole, part in permutations(rows, 2):
        if any(whole[key] != part[key] for key in ("publisher", "date")):
            continue
        inside, around = set(places(part)), set(places(whole))
        beside = COUNTED[part["counts"]], COUNTED[whole["counts"]]
        if not inside <= around or (inside == around and beside[0] == beside[1]):
            continue
        if beside[0] in (beside[1], _SOME) and part["low"] > whole["high"]:
            yield (
                f"{file.at(part)}: {part['publisher']}, {part['date']}: {_of_day(part)} is more than "
                f"{_of_day(whole)}, of which it is a part"
            )


def _of_day(row: Told) -> str:
    where = f" in {row['area']}" if row["area"] else ""
    return f"{interval_of(row)} ({row['counts']}{where})"
