"""Figures of publishers that claims are held against, read from files of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.claims.claim_tests import EvidenceRows
from ebbtide.claims.kind import Known
from ebbtide.scenario.document import Keys
from ebbtide.scenario.faults import listed, nearest

if TYPE_CHECKING:
    import pandas as pd

HELD_BACK = "held_back"  # the column of a file of evidence, and the key of a figure that has none


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a publisher: an interval (low = high for one number), and its source."""

    low: float
    high: float
    source: str = ""
    held_back: bool = False  # nothing is fitted to it, so that it tests what others fit
    publisher: str = ""

    @property
    def middle(self) -> float:
        """Halfway between its ends."""
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        low, high = f"{self.low:,.0f}", f"{self.high:,.0f}"
        return low if low == high else f"{low}-{high}"


def read_figure(stated: EvidenceRows, file: Path, known: Known, keys: Keys) -> Figure | None:
    """The figure that rows of a CSV file give; None if what is stated leads to none, which is told."""
    table = _table(file)
    columns = [stated.column] if stated.column else ["low", "high"]
    used: list[tuple[Keys, Iterable[str]]] = [
        (("column",), columns),
        (("where",), stated.where),
        (("between",), stated.between),
        (("less",), stated.less or {}),
        (("share_of",), stated.share_of or {}),
    ]
    unknown = [(key, name) for key, names in used for name in names if name not in table.columns]
    for at, name in unknown:
        known.say((*keys, *at), f'"{name}"', f"columns: {listed(table.columns, 20)}",
                  nearest(name, table.columns))  # fmt: skip
    if unknown:
        return None
    rows = _named(table, stated)
    taken = _chosen(table, stated.less) if stated.less else table.iloc[:0]
    whole = _chosen(table, stated.share_of) if stated.share_of else table.iloc[:0]
    for key, chosen, asked in (
        ("where", rows, stated.where),
        ("less", taken, stated.less),
        ("share_of", whole, stated.share_of),
    ):
        if asked is not None and chosen.empty:
            found, allowed = "no row", f"rows of {file.name}"
            if table.empty:
                found, allowed = (
                    f"no row: {file.name} has none below its header",
                    "a row a statement",
                )
            known.say((*keys, key), found, allowed, _likely(table, asked))
            return None
    try:
        low, high = (_sum(rows, name) - _sum(taken, name) for name in (columns[0], columns[-1]))
        if stated.share_of:
            low, high = (
                100.0 * part / _sum(whole, name)
                for part, name in ((low, columns[0]), (high, columns[-1]))
            )
    except ZeroDivisionError:
        known.say((*keys, "share_of"), "a sum of 0", "rows with a sum above 0", None)
        return None
    except ValueError as error:
        known.say((*keys, "column"), str(error), "numbers in every row", None)
        return None
    publisher = stated.publisher or ", ".join(stated.where.get("publisher", ()))
    held_back = HELD_BACK in rows and bool((rows[HELD_BACK] == "1").all())
    return Figure(low, high, ", ".join(filter(None, (publisher, file.name))), held_back, publisher)


def _table(file: Path) -> pd.DataFrame:
    """A CSV file as text, without the blanks around names and cells, as evidence is read."""
    import pandas as pd

    table: pd.DataFrame = pd.read_csv(file, dtype=str, keep_default_na=False).rename(
        columns=str.strip
    )
    for name in table:
        table[name] = table[name].str.strip()
    return table


def _likely(table: pd.DataFrame, asked: Mapping[str, tuple[str, ...]]) -> str | None:
    """The cell that is most like one that is asked for and stands in no row of its column."""
    for column, cells in asked.items():
        for cell in cells:
            if not table[column].eq(cell).any():
                return nearest(cell, table[column].unique())
    return None


def areas_of(stated: EvidenceRows, file: Path) -> list[str]:
    """The areas that the figure's rows speak of, as written; none where the file has no areas."""
    table = _table(file)
    return list(_chosen(table, stated.where)["area"].unique()) if "area" in table else []


def rows_of(stated: EvidenceRows, file: Path) -> list[dict[str, str]]:
    """The rows that a figure adds up, cells by column."""
    table = _table(file)
    return [
        {str(column): str(cell) for column, cell in row.items()}
        for row in _named(table, stated).to_dict("records")
    ]


def rows_named(stated: EvidenceRows, file: Path) -> list[int]:
    """The rows of a file, from 0 on, that a figure adds up, takes off, or is a share of."""
    table = _table(file)
    parts = [_chosen(table, where) for where in (stated.less, stated.share_of) if where]
    return [int(row) for part in (_named(table, stated), *parts) for row in part.index]


def _named(table: pd.DataFrame, stated: EvidenceRows) -> pd.DataFrame:
    rows = _chosen(table, stated.where)
    for column, (first, last) in stated.between.items():
        rows = rows[rows[column].between(first, last)]
    return rows


def _chosen(table: pd.DataFrame, where: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    for column, cells in where.items():
        table = table[table[column].isin(cells)]
    return table


def _sum(rows: pd.DataFrame, column: str) -> float:
    return float(rows[column].astype(float).sum())
