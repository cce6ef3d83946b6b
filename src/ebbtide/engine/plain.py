"""Phases in plain Python: the same source as the compiled ones, run by CPython.

The agents' way needs no second engine: each compiled function is rebuilt from its own Python
source with the compiled names it uses replaced by plain ones. The rules are plain already; only the
draws stay compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

from numba.core.dispatcher import Dispatcher


@cache
def plain(function: Dispatcher) -> Callable[..., Any]:
    """The plain Python function behind a compiled phase, all the way down."""
    source = function.py_func
    names = dict(source.__globals__)
    for name in source.__code__.co_names:
        value = names.get(name)
        if isinstance(value, Dispatcher):
            names[name] = plain(value)
    return FunctionType(source.__code__, names, source.__name__, source.__defaults__)
