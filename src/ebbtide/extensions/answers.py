"""What a user's own function answers, taken as the number, date or truth value that it was to give."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ebbtide.scenario.faults import shown
from ebbtide.scenario.python_values import as_stated

NO_ANSWER = "None where there is no answer"


@contextmanager
def asked(of: str) -> Iterator[None]:
    """Say of whom it is what a user's function raises, or that its answer is none.

    Raises RuntimeError, and MemoryError as it is, which is the machine's.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise RuntimeError(f"{of}: {type(error).__name__}: {error}") from error


def number(found: Any) -> float | None:
    """A finite number, or None. Raises ValueError for anything else."""
    if found is None:
        return None
    held = as_stated(found)
    if _is_absent(held):
        return None
    try:
        value = math.inf if isinstance(held, str | bytes) else float(held)
    except (TypeError, ValueError, OverflowError):
        value = math.inf
    if math.isnan(value):
        return None
    if math.isinf(value):
        raise _unfit(found, "a finite number")
    return value


def date(found: Any) -> dt.date | None:
    """A day, or None; a moment is its day. Raises ValueError for anything else."""
    held = as_stated(found)
    if held is None or _is_absent(held):
        return None
    if isinstance(held, dt.datetime):
        return held.date()
    if isinstance(held, dt.date):
        return held
    raise _unfit(found, "a date, as `trajectory.date(week)` gives it")


def truth(found: Any) -> bool | None:
    """True or False, or None. Raises ValueError for anything else."""
    held = as_stated(found)
    if held is None or isinstance(held, bool):
        return held
    if _is_absent(held):
        return None
    raise _unfit(found, "True or False")


def _is_absent(held: Any) -> bool:
    """Whether it stands for nothing: NaN, and pandas' NA and NaT."""
    if isinstance(held, float):
        return math.isnan(held)
    return type(held).__name__ == "NAType" or (isinstance(held, str) and held == "NaT")


def _unfit(found: Any, allowed: str) -> ValueError:
    return ValueError(f"found {shown(found)}; allowed: {allowed}, or {NO_ANSWER}")
