"""CSV files of what publishers claim: read strictly, given as data frames."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.faults import Fault, listed, nearest, shown
from ebbtide.scenario.geography import read_rows
from ebbtide.scenario.project import label

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "strength": (
        "date", "date_precision", "low", "high", "counts", "area",
        "publisher", "dependence", "check", "note",
    ),
    "presence": ("date", "measure", "low", "high", "area", "publisher", "check", "note"),
}  # fmt: skip
COUNTED = {  # what a row of strength counts: the outcome that it stands beside
    "fighters": "fighters",
    "fighters_and_supporters": "affiliates",
    "affiliated": "affiliates",
}
SHARE = "percent_"  # of what, follows: a share stands beside no outcome, and claims may name it
MEASURED = {  # a word in what a row of presence measures: the outcome that it stands beside
    "held": "districts_held",
    "presence": "places_reported",
}
_FILLED = ("date", "low", "high", "publisher", "counts", "measure")


def parts_counted(areas: Iterable[object]) -> list[str]:
    """The areas that are only a part of the scenario, once each.

    A row that counts all its places says `all` or leaves its area empty.
    """
    named = (area.strip() for area in areas if isinstance(area, str))
    return list(dict.fromkeys(area for area in named if area not in ("", "all")))


def read_evidence(kind: str, path: Path, faults: list[Fault]) -> list[dict[str, Any]]:
    """The rows of a file of evidence; `date` a date, `low` and `high` numbers."""
    rows = []
    for where, cells in read_rows(path, COLUMNS[kind], (), faults):
        row: dict[str, Any] = {column: cells.get(column) for column in COLUMNS[kind]}
        faults.extend(
            Fault(where, column, "an empty cell")
            for column in _FILLED
            if column in COLUMNS[kind] and column not in cells
        )
        try:
            row["date"] = dt.date.fromisoformat(cells.get("date", "2000-01-01"))
        except ValueError:
            faults.append(Fault(where, "date", shown(cells["date"]), "a date such as 2015-01-31"))
        for column in ("low", "high"):
            try:
                row[column] = float(cells.get(column, "0"))
                if not math.isfinite(row[column]):
                    raise ValueError
            except ValueError:
                faults.append(Fault(where, column, shown(cells[column]), "a number"))
                row[column] = float("nan")
        if row["low"] > row["high"]:
            faults.append(Fault(where, "low", f"{row['low']:g}", f"up to high, {row['high']:g}"))
        for column, check in (("counts", _counts), ("measure", _measures)):
            if column in cells and (fault := check(where, cells[column])) is not None:
                faults.append(fault)
        rows.append(row)
    return rows


def _counts(where: str, found: str) -> Fault | None:
    """What is wrong with what a row of strength says that it counts."""
    if found in COUNTED or (found.startswith(SHARE) and found != SHARE):
        return None
    allowed = f"{listed(COUNTED)}, or {SHARE}… for a share"
    return Fault(where, "counts", shown(found), allowed, nearest(found, COUNTED))


def _measures(where: str, found: str) -> Fault | None:
    """What is wrong with what a row of presence says that it measures."""
    if sum(word in found for word in MEASURED) == 1:
        return None
    allowed = f"words with one of: {listed(MEASURED)}"
    likely = [near for word in found.split() if (near := nearest(word, MEASURED))]
    return Fault(where, "measure", shown(found), allowed, likely[0] if likely else None)


def evidence_frame(kind: str, path: Path) -> pd.DataFrame:
    """A file of evidence that was checked before, `date` as timestamps."""
    import pandas as pd

    frame = pd.DataFrame(read_evidence(kind, path, []), columns=list(COLUMNS[kind]))
    frame["date"] = pd.to_datetime(frame["date"])
    frame.attrs["file"] = label(path)
    return frame
