"""How an object shows itself in a notebook: what it is in a line, and a small table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

MOST_ROWS = 40


def titled_table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], below: str = ""
) -> str:
    """HTML of a title, a table and a remark; of a long table the first rows."""
    kept = iter(rows)
    lines = [_row("td", row) for row in islice(kept, MOST_ROWS)]
    more = sum(1 for _ in kept)
    remarks = [below] if below else []
    remarks += [f"and {more} more"] if more else []
    said = "".join(f"<p>{escape(remark)}</p>" for remark in remarks)
    table = f"<table><thead>{_row('th', headings)}</thead><tbody>{''.join(lines)}</tbody></table>"
    return f"<div><p><b>{escape(title)}</b></p>{table}{said}</div>"


def _row(cell: str, values: Iterable[object]) -> str:
    cells = "".join(f'<{cell} style="text-align: left">{_cell(each)}</{cell}>' for each in values)
    return f"<tr>{cells}</tr>"


def _cell(value: object) -> str:
    number = isinstance(value, int) and not isinstance(value, bool)
    return f"{value:,}" if number else escape("" if value is None else str(value))
