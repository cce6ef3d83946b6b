"""Values set beside a file, in Python or on the command line, as the schema wants them at their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel

from ebbtide.scenario.arguments import A_DATE
from ebbtide.scenario.document import Keys, read_value
from ebbtide.scenario.faults import Fault
from ebbtide.scenario.python_values import as_stated
from ebbtide.scenario.shapes import WORDS, bare, inner, is_union, item, tagged

OVERRIDE = "override"  # stands for the file's name in faults of overrides


def value_at(model: Any, keys: Keys, value: object) -> object:
    """A value to be set at keys of a model: text is read as TOML where that is no text.

    So a date may be text (`2016-11-30`), inside a table too. Scalars of NumPy are what they hold.
    """
    kind = model
    for key in keys:
        kind = bare(inner(kind, key))
    return _as_kind(value, kind)


def _as_kind(value: object, kind: Any) -> object:
    value, kind = as_stated(value), bare(kind)
    match value:
        case str():
            read = read_value(value)
            return value if kind is str and not isinstance(read, str) else read
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
