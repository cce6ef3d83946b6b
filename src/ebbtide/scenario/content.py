"""What a file says, as paths and as a digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ebbtide.scenario.document import Keys
from ebbtide.scenario.fixed_table import FixedTable
from ebbtide.scenario.quantity import Fixed, OneDraw, Quantity

REMARKS = {"source", "claims", "note", "credit"}  # what no run can feel, by name


@dataclass(frozen=True, slots=True)
class Remarked:
    """Declares a field that no run can feel; `REMARKS` has its name."""


@dataclass(frozen=True, slots=True)
class NotFelt:
    """Declares a field of a file that no run feels by itself: what it leads to is content, or drawn.

    `Annotated[..., NotFelt()]`. A field that does not declare it is part of the file's digest.
    """


def walk(value: object, keys: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Every value and table below, with its keys."""
    if keys:
        yield keys, value
    if isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from walk(getattr(value, key), (*keys, key))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from walk(inner, (*keys, key))


def may_be_felt(keys: Keys, table: type[BaseModel]) -> bool:
    """Whether a run can feel what stands at these keys of such a file: no remark, nothing not felt."""
    field = table.model_fields.get(keys[0])
    return (field is None or NotFelt() not in field.metadata) and keys[-1] not in REMARKS


def quantities_of(file: BaseModel) -> dict[str, Quantity]:
    """The quantities of a file by dotted path."""
    return FixedTable(
        {".".join(keys): value for keys, value in walk(file) if isinstance(value, Quantity)}
    )


def draws_of(file: BaseModel) -> dict[str, str]:
    """The draw behind each uncertain quantity, by dotted path: the path, or that of its table.

    The table's where its priors share one (`OneDraw`).
    """
    shared: dict[Keys, Keys] = {}
    for keys, value in [((), file), *walk(file)]:
        if isinstance(value, BaseModel):
            for name, field in type(value).model_fields.items():
                if OneDraw() in field.metadata:
                    table = (*keys, name)
                    shared |= {(*table, key): table for key in getattr(value, name)}
    return FixedTable(
        {
            ".".join(keys): ".".join(shared.get(keys, keys))
            for keys, value in walk(file)
            if isinstance(value, Quantity) and value.uncertain
        }
    )


def replaced(value: Any, keys: Keys, new: object) -> Any:
    """A copy of `value` with what stands at `keys` replaced; the rest is shared."""
    if not keys:
        return new
    if isinstance(value, BaseModel):
        inner = replaced(getattr(value, keys[0]), keys[1:], new)
        return value.model_copy(update={keys[0]: inner})
    return FixedTable({**value, keys[0]: replaced(value[keys[0]], keys[1:], new)})


def digest_of(file: BaseModel, *further: str) -> str:
    """SHA-256 of what a run can feel of a file: numbers, names, dates; not sources and notes.

    The order of what a table names is felt, in every table: rows go by it, ties and what is stated
    twice. That of a table's own keys is the schema's, however the file has them.
    """
    fields = type(file).model_fields
    top = {key: getattr(file, key) for key in fields if NotFelt() not in fields[key].metadata}
    text = json.dumps([_canonical(top), *further], allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _is_remark(value: object) -> bool:
    """Whether it is text, and not what an id like `credit` stands for."""
    return value is None or isinstance(value, str | tuple | list)


def _canonical(value: object) -> Any:
    if isinstance(value, Quantity):
        stated = value.stated
        if isinstance(stated, Fixed):
            return stated.value
        return [stated.prior, stated.low, stated.high]
    if isinstance(value, BaseModel):
        value = {key: getattr(value, key) for key in type(value).model_fields}
    if isinstance(value, Mapping):
        return [
            [key, _canonical(inner)]
            for key, inner in value.items()
            if key not in REMARKS or not _is_remark(inner)
        ]
    if isinstance(value, tuple | list):
        return [_canonical(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value
