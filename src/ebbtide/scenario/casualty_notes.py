"""What is worth knowing of counts of a period beside others: tens or hundreds where each one is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from ebbtide.scenario.evidence_files import EvidenceFile
from ebbtide.scenario.evidence_notes import Told, interval_of, rough
from ebbtide.scenario.schema.evidence import DEATHS, OF_ONE_COUNT, OF_PERIOD, telling_apart

FAR_OFF = 20.0  # times what the other rows count a week, or as many times less: a guess
SEVERAL = 3  # rows that count the same in one area, from which on one is held against the others
_DAYS_A_YEAR = 365.25


def notes_on_casualties(file: EvidenceFile, men: float | None, whose: str) -> Iterator[str]:
    """A line for counts that are unusual for a group of so many men, beside others, or above all deaths.

    `whose` says where the number of men is from; None where nothing tells it.
    """
    usually = {word: said.a_year for word, said in OF_PERIOD.items() if said.a_year is not None}
    counts: list[Told] = [row for row in file.rows if row["counts"] in usually and row["high"] > 0]
    counts = [row for row in counts if _days(row) > 0]
    alike: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for row in counts:
        alike[row["counts"], row["area"] or ""].append(row)
    for row in counts:
        said = f"{file.at(row)}: {_told(row)}"
        others = alike[row["counts"], row["area"] or ""]
        usual = median(_a_day(each) for each in others)
        if men and (asks := usually[row["counts"]].asks(rate := _a_year(row) / men)):
            if rate > 1 or _is_whole(row, counts):
                yield f"{said} is {rough(rate)} a year for each of {men:,.0f} men ({whose}); {asks}"
        elif len(others) >= SEVERAL and not 1 / FAR_OFF < (far := _a_day(row) / usual) < FAR_OFF:
            asks = "in the median: is it in their unit?"
            yield f"{said} is {rough(far)} times what such rows count a week {asks}"
        yield from _more_than_all(said, row, file)


def _more_than_all(said: str, row: Told, file: EvidenceFile) -> Iterator[str]:
    """Dead of one side who are more than the dead of all sides."""
    for other in file.rows:
        same = all(other[key] == row[key] for key in telling_apart("violence", "counts"))
        if other["counts"] != DEATHS or not same or not OF_PERIOD[row["counts"]].dead:
            continue
        if row["low"] > other["high"]:
            yield f"{said} is more than {interval_of(other)} of all sides ({DEATHS})"


def _is_whole(row: Told, counts: Sequence[Told]) -> bool:
    """Whether no other row counts more of the same in the same days: a part may be small."""
    return all(
        other["high"] <= row["high"]
        for other in counts
        if all(other[key] == row[key] for key in OF_ONE_COUNT)
    )


def _told(row: Told) -> str:
    return (
        f"{row['publisher']}, {row['first']} to {row['last']}: {interval_of(row)} ({row['counts']})"
    )


def _days(row: Told) -> int:
    if row["first"] is None or row["last"] is None:
        return 0
    return int((row["last"] - row["first"]).days) + 1


def _a_day(row: Told) -> float:
    return float(row["high"]) / _days(row)


def _a_year(row: Told) -> float:
    return _a_day(row) * _DAYS_A_YEAR
