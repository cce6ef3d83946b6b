"""What the machine code of a function depends on: its own code, and all that this reads.

Numba's own disk cache asks only whether the file that a function stands in has changed. A compiled
function contains those it calls and the constants it reads, wherever they stand.
"""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator
from enum import EnumType
from functools import cache
from hashlib import sha256
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np
from numba.core import types
from numba.core.dispatcher import Dispatcher

_LIBRARIES = ("numba", "numpy", "math")  # whose versions stand for their code
_PLAIN = (int, float, complex, str, bytes, np.generic, type(None))


def closure_digest(function: Callable[..., Any]) -> str:
    """One digest of a Python function, those it calls, and the constants that they read.

    Docstrings, comments and places in a file count for nothing. Raises TypeError, which names the
    reader, for a global of a kind that compiled code has not read so far.
    """
    digest, seen = sha256(), set[int]()
    for part in _of_function(function, seen):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def code_digest(function: Callable[..., Any]) -> str:
    """One digest of a function that is not compiled, and of those of its own module that it calls.

    Of all else that it reads, what is no plain number or text counts by its name alone.
    """
    digest, seen = sha256(), set[int]()
    for part in _of_own(function, seen):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def _of_own(function: Any, seen: set[int]) -> Iterator[str]:
    if id(function) in seen:
        return
    seen.add(id(function))
    yield function.__qualname__
    for code in _codes(function.__code__):
        yield from _of_code(code, function.__doc__ if code is function.__code__ else None)
        for names in _globals_read(code):
            if names[0] not in function.__globals__:  # a builtin
                continue
            value = _reached(function, names)
            if isinstance(value, FunctionType) and value.__module__ == function.__module__:
                yield from _of_own(value, seen)
            else:
                yield _spelled(value) if isinstance(value, _PLAIN) else ".".join(names)


def type_named(kind: Any) -> str:
    """A Numba type as text that is the same in every process."""
    if isinstance(kind, types.Dispatcher):
        return closure_digest(kind.dispatcher.py_func)
    if isinstance(kind, types.BaseTuple):
        members: Any = kind
        named = _class_named(kind.instance_class) if hasattr(kind, "instance_class") else ""
        return f"{type(kind).__name__} {named}({', '.join(map(type_named, members))})"
    return str(kind)


def _of_function(function: Any, seen: set[int]) -> Iterator[str]:
    if id(function) in seen:
        return
    seen.add(id(function))
    yield f"{function.__module__}.{function.__qualname__}"
    for value in (*(function.__defaults__ or ()), *_cells(function)):
        yield from _of_value(value, function, seen)
    for code in _codes(function.__code__):
        documentation = function.__doc__ if code is function.__code__ else None
        yield from _of_code(code, documentation)
        for names in _globals_read(code):
            if names[0] in function.__globals__:  # else a builtin
                yield from _of_value(_reached(function, names), function, seen)


def _cells(function: Any) -> list[Any]:
    return [cell.cell_contents for cell in function.__closure__ or ()]


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a function and of those that stand inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _of_code(code: CodeType, documentation: str | None) -> Iterator[str]:
    yield code.co_code.hex()
    yield repr((code.co_names, code.co_varnames, code.co_freevars, code.co_argcount))
    for constant in code.co_consts:
        if not isinstance(constant, CodeType):
            yield _spelled(None if constant is documentation else constant)


@cache
def _globals_read(code: CodeType) -> tuple[tuple[str, ...], ...]:
    """The globals that code reads, each with the attributes that it takes from it at once."""
    chains: list[list[str]] = []
    taking = False
    for instruction in dis.get_instructions(code):
        if instruction.opname == "LOAD_GLOBAL":
            chains.append([instruction.argval])
            taking = True
        elif taking and instruction.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            chains[-1].append(instruction.argval)
        else:
            taking = False
    return tuple(dict.fromkeys(map(tuple, chains)))


def _reached(function: Any, names: tuple[str, ...]) -> Any:
    """The value behind a name, through modules and to the members of enumerations."""
    value = function.__globals__[names[0]]
    for name in names[1:]:
        if not isinstance(value, (ModuleType, EnumType)):
            break
        value = getattr(value, name)
    return value


def _of_value(value: Any, reader: Any, seen: set[int]) -> Iterator[str]:
    library = getattr(value, "__module__", None) or type(value).__module__
    if isinstance(value, Dispatcher):
        yield from _of_function(value.py_func, seen)
    elif isinstance(value, tuple):
        yield f"{type(value).__name__} of {len(value)}"
        for member in value:
            yield from _of_value(member, reader, seen)
    elif isinstance(value, (*_PLAIN, frozenset)):
        yield _spelled(value)
    elif isinstance(value, np.ndarray):
        yield f"{value.dtype} {value.shape} {value.tobytes().hex()}"
    elif isinstance(value, EnumType):
        yield f"{_class_named(value)} {_spelled(tuple(value.__members__.values()))}"
    elif isinstance(value, types.Type):
        yield type_named(value)
    elif library.partition(".")[0] in _LIBRARIES:
        yield f"{library}.{getattr(value, '__name__', type(value).__name__)}"
    elif isinstance(value, FunctionType):
        yield from _of_function(value, seen)
    elif isinstance(value, (type, BuiltinFunctionType)):
        yield _class_named(value)
    else:
        raise TypeError(
            f"{reader.__module__}.{reader.__qualname__} is compiled and reads a global of type "
            f"{type(value).__name__}; allowed are functions, numbers, text, tuples and arrays"
        )


def _class_named(kind: Any) -> str:
    """A class, or a builtin; a named tuple with its fields, which compiled code takes by place."""
    return f"{kind.__module__}.{kind.__qualname__}{getattr(kind, '_fields', '')}"


def _spelled(constant: Any) -> str:
    """A constant as text, the same in every process."""
    if isinstance(constant, frozenset):
        return f"frozenset({', '.join(sorted(map(_spelled, constant)))})"
    if isinstance(constant, tuple):
        return f"({', '.join(map(_spelled, constant))})"
    return f"{type(constant).__name__} {constant!r}"
