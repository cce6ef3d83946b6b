"""Tables in Markdown, and how values and ranges are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, get_args, get_origin

from pydantic.fields import FieldInfo

from ebbtide.explain import number
from ebbtide.scenario import Quantity
from ebbtide.scenario.content import REMARKS
from ebbtide.scenario.quantity import PRIORS, Fixed, Measure
from ebbtide.scenario.schema.table import Table


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; with no row the word that there are none."""
    lines = [heads, ["---"] * len(heads), *rows]
    if len(lines) == 2:
        return "None."
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


def value(quantity: Quantity) -> str:
    """A quantity: its number, or its prior."""
    stated = quantity.stated
    if isinstance(stated, Fixed):
        return number.value(quantity)
    return f"{PRIORS[stated.prior].called}, {stated.low:g} to {stated.high:g}"


def span(low: float, high: float) -> str:
    """An allowed range."""
    return f"{_short(low)} to {_short(high)}"


def _short(end: float) -> str:
    return f"{end:,.0f}" if abs(end) >= 1000 else f"{end:g}"


def measure(table: type[Table], key: str) -> Measure:
    """The unit and allowed range of a key."""
    metadata = table.model_fields[key].metadata
    return next(found for found in metadata if isinstance(found, Measure))


def quantities(table: type[Table]) -> list[str]:
    """The keys that hold a quantity, in the order of the schema."""
    return [
        key
        for key, field in table.model_fields.items()
        if any(isinstance(found, Measure) for found in field.metadata)
    ]


def plain(table: type[Table]) -> list[str]:
    """The keys that hold neither quantities nor further tables, remarks aside."""
    return [
        key
        for key, field in table.model_fields.items()
        if key not in REMARKS and key not in quantities(table) and not _holds_tables(field)
    ]


def _holds_tables(field: FieldInfo) -> bool:
    """Whether a field is a table by name, of quantities or of further tables."""
    if get_origin(field.annotation) is not dict:
        return False
    _, held = get_args(field.annotation)
    return get_origin(held) is Annotated or issubclass(held, Table)


def heads(table: type[Table]) -> list[str]:
    """All of them, with their units."""
    return [head(table, key) for key in quantities(table)]


def values(stated: Table) -> list[str]:
    """What a table states for all of them."""
    return [value(getattr(stated, key)) for key in quantities(type(stated))]


def head(table: type[Table], key: str) -> str:
    """A key with its unit."""
    return f"`{key}` ({measure(table, key).unit})"
