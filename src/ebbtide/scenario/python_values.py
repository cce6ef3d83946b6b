"""Values handed over in Python, as a file would state them: NumPy's and pandas' among them."""

from __future__ import annotations

import datetime as dt
from typing import Any


def as_stated(value: Any) -> Any:
    """The number, truth value, text or date that a scalar stands for; anything else as it is.

    A scalar of NumPy or pandas, or an array of one, is what it holds. A moment at midnight is a date;
    any other is left, since a scenario knows days alone; of NumPy's and pandas' NaT the name is left.
    """
    if getattr(value, "size", None) == 1 and hasattr(value, "item"):
        if getattr(value.dtype, "kind", "") == "M":  # of nanoseconds NumPy would make a number
            value = value.astype("datetime64[us]")
        held = value.item()
        value = str(value) if held is None else held
    if isinstance(value, dt.datetime) and value != value:  # which holds of NaT alone
        return str(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time() and value.tzinfo is None:
        return value.date()
    return value
