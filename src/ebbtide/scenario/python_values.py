"""Values handed over in Python, as a file would state them: NumPy's and pandas' among them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

_NO_DAY = {f"datetime64[{unit}]" for unit in "YMW"}  # of which NumPy would make their first


def as_stated(value: Any) -> Any:
    """The number, truth value, text or date that a scalar stands for; anything else as it is.

    A scalar of NumPy or pandas, or an array of one, is what it holds. A moment at midnight is a date;
    any other is left, and so is a month, since a scenario knows days alone; of NumPy's and pandas' NaT
    the name is left.
    """
    if getattr(value, "size", None) == 1 and hasattr(value, "item"):
        if getattr(value.dtype, "kind", "") == "M":  # of nanoseconds NumPy would make a number
            if value.dtype.name in _NO_DAY and value.astype(str).item() != "NaT":
                return value
            value = value.astype("datetime64[us]")
        held = value.item()
        value = str(value) if held is None else held
    if isinstance(value, dt.datetime) and value != value:  # which holds of NaT alone
        return str(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time() and value.tzinfo is None:
        return value.date()
    return value


def whole(value: Any) -> int | None:
    """The whole number that a scalar stands for, also as 4.0; None for anything else."""
    value = as_stated(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def as_text(value: Any) -> str:
    """A value as `read_value` reads it from a command line, text as it is."""
    value = as_stated(value)
    return value if isinstance(value, str) else _in_toml(value)


def _in_toml(value: Any) -> str:
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False)
        case bool():
            return str(value).lower()
        case dt.date() | dt.time():
            return value.isoformat()
        case Mapping():
            pairs = (f"{_in_toml(str(key))} = {_in_toml(each)}" for key, each in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case list() | tuple():
            return f"[{', '.join(map(_in_toml, value))}]"
    return repr(value)
