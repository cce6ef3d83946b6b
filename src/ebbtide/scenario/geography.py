"""Places and borders from CSV files, laid under what the scenario itself states."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import Fault, Faults, listed, nearest, shown
from ebbtide.scenario.project import label, read_text
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.places import Place

CsvRow = tuple[str, dict[str, str]]  # file:line, cells by column
_TRUTH = {"0": False, "1": True, "false": False, "true": True}

OTHER_PARTS = {";": "semicolons", "\t": "tabs", "|": "bars"}  # what spreadsheets write for commas


def read_rows(
    path: Path, needed: Collection[str], further: Collection[str], faults: list[Fault]
) -> Iterator[CsvRow]:
    """The rows of a CSV file with a header, empty cells left out; faults are added to `faults`."""
    name = label(path)
    try:
        reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
        header = [column.strip() for column in next(reader, [])]
        allowed = dict.fromkeys([*needed, *further])  # asked of every cell
        if not any(header):
            faults.append(
                Fault(name, None, "no header", f"a first line such as {','.join(allowed)}")
            )
            return
        parts = [sign for sign in OTHER_PARTS if sign in header[0]]
        if len(header) == 1 and parts:
            faults.append(
                Fault(f"{name}:1", None, f"columns parted by {OTHER_PARTS[parts[0]]}", "commas")
            )
            return
        for number, column in enumerate(header, 1):
            if not column and (number == 1 or header[number - 2]):  # several in a row are told once
                faults.append(_without_a_name(f"{name}:1", number, header))
            elif column and column not in allowed:
                near = nearest(column, allowed)
                faults.append(
                    Fault(f"{name}:1", column, "an unknown column", listed(allowed), near)
                )
            elif column and header.count(column) > 1:
                faults.append(Fault(f"{name}:1", column, "the column more than once"))
        for column in needed:
            if column not in header:
                faults.append(Fault(f"{name}:1", column, "no such column", "this column is needed"))
        if not header or set(needed) - set(header) or not all(header):
            return
        for cells in reader:
            where = f"{name}:{reader.line_num}"
            if not any(cells):
                continue
            if len(cells) != len(header):
                faults.append(_of_another_length(where, cells, len(header)))
                continue
            row = zip(header, (cell.strip() for cell in cells), strict=True)
            yield where, {column: cell for column, cell in row if cell and column in allowed}
    except csv.Error as error:
        faults.append(Fault(name, None, f"no proper CSV: {error}"))
    except Faults as found:
        faults.extend(found.faults)


def _without_a_name(where: str, number: int, header: list[str]) -> Fault:
    """A column whose name is empty: a table's index, or what a spreadsheet leaves at the right."""
    allowed = "a name, or no such column"
    if number == 1:
        allowed = "a name; a table's index is left out (pandas: `to_csv(FILE, index=False)`)"
    elif not any(header[number - 1 :]):
        allowed = "no such column: a spreadsheet leaves empty ones, to be deleted with their commas"
    return Fault(where, f"column {number}", "no name", allowed)


def _of_another_length(where: str, cells: list[str], wanted: int) -> Fault:
    """A row of too few or too many cells: most often a comma in a text without quotes."""
    allowed = f"{wanted} cells"
    if len(cells) < wanted:
        return Fault(
            where, None, f"{len(cells)} cells", f"{allowed}: one that is empty has its comma"
        )
    parted = [place for place, cell in enumerate(cells) if place and cell[:1] == " "]
    near = f'"{cells[parted[0] - 1]},{cells[parted[0]]}"' if len(parted) == 1 else None
    return Fault(
        where, None, f"{len(cells)} cells", f"{allowed}: a text with a comma stands in quotes", near
    )


def add_geography(document: Document, faults: list[Fault]) -> bool:
    """Lay the rows of `geography.places` and `geography.borders` under the document's tables.

    Whether they could be read: what rests on rows that could not be would be told as wrong too.
    """
    text = {key for key, known in Place.model_fields.items() if known.annotation is not Quantity}
    text -= {key for key, known in Place.model_fields.items() if known.annotation is float}
    notes = document.get(("geography", "columns"))
    notes = notes if isinstance(notes, dict) else {}
    for column in notes:
        if column not in Place.model_fields:
            keys = ("geography", "columns", column)
            near = nearest(column, Place.model_fields)
            where = document.origin(keys)
            faults.append(Fault(where, ".".join(keys), "an unknown column", None, near))

    def place(cells: dict[str, str]) -> tuple[str, dict[str, Any]]:
        table: dict[str, Any] = {}
        for column, cell in cells.items():
            if column == "id" or column in text:
                table[column] = cell
                continue
            table[column] = number = _number(cell)
            quantity = Place.model_fields[column].annotation is Quantity
            note = notes.get(column)
            if quantity and isinstance(note, dict) and isinstance(number, float):
                table[column] = {"value": number, **note}
        return table.pop("id", ""), table

    def border(cells: dict[str, str]) -> tuple[str, dict[str, Any]]:
        ends = cells.get("a", ""), cells.get("b", "")
        table: dict[str, Any] = {"between": list(ends)}
        if "length" in cells:
            table["length"] = _number(cells["length"])
        if "international" in cells:
            cell = cells["international"]
            table["international"] = _TRUTH.get(cell.lower(), cell)
        return "_".join(ends), table

    further = list(Place.model_fields)
    read = _add(document, "places", ("id",), further, place, faults)
    return (
        _add(document, "borders", ("a", "b"), ("length", "international"), border, faults) and read
    )


def _add(
    document: Document,
    kind: str,
    needed: Collection[str],
    further: Collection[str],
    table_of: Callable[[dict[str, str]], tuple[str, dict[str, Any]]],
    faults: list[Fault],
) -> bool:
    """Whether all rows could be read, of whatever they say."""
    keys = ("geography", kind)
    written = document.get(keys)
    if not isinstance(written, str) or not isinstance(document.data.get(kind, {}), dict):
        return True  # the schema says what is wrong
    try:
        path = document.project.path(
            written, document.folder(keys), document.origin(keys), ".".join(keys)
        )
    except Faults as found:
        faults.extend(found.faults)
        return False
    lines: dict[str, str] = {}
    before, of_rows = len(faults), list[Fault]()
    for where, cells in read_rows(path, needed, further, of_rows):
        missing = [column for column in needed if column not in cells]
        if missing:
            faults.extend(Fault(where, column, "an empty cell") for column in missing)
            continue
        identifier, table = table_of(cells)
        if identifier in lines:
            twice = f"{shown(identifier)} again, first at {lines[identifier]}"
            faults.append(Fault(where, "id" if kind == "places" else "a, b", twice))
            continue
        lines[identifier] = where
        _lay_under(document, (kind, identifier), table, where)
    faults.extend(of_rows)
    if not lines and len(faults) == before:
        allowed = f"a row each of {kind}, or no `{kind}` in [geography]"
        faults.append(Fault(label(path), None, "no row below its header", allowed))
    return not any(each.key is None or each.key in needed for each in of_rows)


def _lay_under(document: Document, keys: Keys, table: dict[str, Any], where: str) -> None:
    standing = document.get(keys)
    if standing is None:
        document.put(keys, table, where)
    elif isinstance(standing, dict):
        for key in table.keys() - standing.keys():
            document.put((*keys, key), table[key], where)


def _number(cell: str) -> float | str:
    """The number in a cell; what is none stays text, which the schema then refuses."""
    try:
        return float(cell)
    except ValueError:
        return cell
