"""Values set beside a file, in Python or on the command line, as the schema wants them at their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel

from ebbtide.scenario.arguments import A_DATE
from ebbtide.scenario.document import Keys, read_value
from ebbtide.scenario.faults import Fault
from ebbtide.scenario.python_values import as_stated, whole
from ebbtide.scenario.shapes import WORDS, bare, inner, is_union, item, tagged

OVERRIDE = "override"  # stands for the file's name in faults of overrides


def value_at(model: Any, keys: Keys, value: object) -> object:
    """A value to be set at keys of a model: text is read as TOML where that is no text.

    So a date may be text (`2016-11-30`), inside a table too. Scalars of NumPy are what they hold, arrays
    are lists where a list is wanted, and 4.0 is 4 where a whole number is.
    """
    kind = model
    for key in keys:
        kind = bare(inner(kind, key))
    return _as_kind(value, kind)


def _as_kind(value: object, kind: Any) -> object:
    kind = bare(kind)
    if get_origin(kind) is tuple and getattr(value, "ndim", None) == 1:
        value = [*cast("Iterable[object]", value)]
    value = as_stated(value)
    match value:
        case str():
            read = read_value(value)
            if kind is str and not isinstance(read, str):
                return value
            return read if isinstance(read, str) else _as_kind(read, kind)
        case float() if kind is int:
            return value if (number := whole(value)) is None else number
        case Mapping():
            table = _member(kind, value)
            return {key: _as_kind(each, inner(table, key)) for key, each in value.items()}
        case list() | tuple():
            return [_as_kind(each, item(kind)) for each in value]
    return value


def _member(kind: Any, value: Mapping[Any, Any]) -> Any:
    """The table that is meant, by its `kind` where there are several."""
    tables = get_args(kind)
    if is_union(kind) and all(isinstance(e, type) and issubclass(e, BaseModel) for e in tables):
        return tagged(kind, value.get("kind"))
    return kind


def without_signs_of_a_file(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Faults of what is set beside a file: nothing is said of the quotes that TOML has."""
    for fault in faults:
        plain = {WORDS[str]: "text", WORDS[dt.date]: A_DATE}
        yield replace(fault, allowed=plain.get(fault.allowed or "", fault.allowed))
