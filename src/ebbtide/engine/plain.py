"""Phases in plain Python: the same source as the compiled ones, run by CPython.

The agents' way needs no second engine: each compiled function is rebuilt from its own Python
source with the compiled names it uses replaced by plain ones. The rules are plain already; only the
draws stay compiled.
"""

from __future__ import annotations

import dis
from collections.abc import Callable
from functools import cache
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any

from numba.core.dispatcher import Dispatcher

from ebbtide.engine import random_numbers

_OF_COLUMNS = ("draw", "draws")  # what of the random numbers reads columns; the rest stays compiled


@cache
def plain(function: Dispatcher) -> Callable[..., Any]:
    """The plain Python function behind a compiled phase, all the way down."""
    if not isinstance(function, Dispatcher):  # nothing is compiled (NUMBA_DISABLE_JIT)
        return function
    source = function.py_func
    names = dict(source.__globals__)
    for name in _global_names(source.__code__):
        value = names.get(name)
        if value is random_numbers:
            names[name] = _plain_random_numbers()
        elif isinstance(value, Dispatcher) and source.__module__ != random_numbers.__name__:
            names[name] = plain(value)
    return FunctionType(source.__code__, names, source.__name__, source.__defaults__)


def within(phase: Callable[..., Any], function: Callable[..., Any]) -> Callable[..., Any]:
    """The plain function behind a compiled one as a phase calls it, at whatever depth.

    It reads a user's own rules where the phase does. Raises LookupError for what it does not call.
    """
    wanted = plain(function).__code__
    waiting, seen = [plain(phase)], set()
    while waiting:
        found = waiting.pop()
        if found.__code__ is wanted:
            return found
        seen.add(found)
        read = (found.__globals__.get(name) for name in _global_names(found.__code__))
        waiting += [each for each in read if isinstance(each, FunctionType) and each not in seen]
    raise LookupError(f"{plain(phase).__name__} does not call {wanted.co_name}")


def _global_names(code: CodeType) -> set[str]:
    """The globals that code loads; `co_names` has attributes too, such as a column of its own name."""
    return {each.argval for each in dis.get_instructions(code) if each.opname == "LOAD_GLOBAL"}


@cache
def _plain_random_numbers() -> SimpleNamespace:
    of_columns = {name: plain(getattr(random_numbers, name)) for name in _OF_COLUMNS}
    return SimpleNamespace(**(vars(random_numbers) | of_columns))
