"""The public names in Python as a page: signatures and docstrings, as they stand in the code."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import FunctionType
from typing import Any

import ebbtide

LEAD = """# In Python

What Ebbtide gives in Python, imported as `eb`, as its docstrings say it. Written by `ebbtide api`; the
[tour](tour.ipynb) shows it at work.
"""
BASES_OF_OTHERS = ("mesa", "builtins")


def page() -> str:
    """The page as Markdown: a section a public name, its members below."""
    lines = [LEAD]
    for name in dir(ebbtide):
        lines += _told(name, getattr(ebbtide, name))
    return "\n".join(lines) + "\n"


def _told(name: str, of: Any) -> Iterator[str]:
    yield f"## `{name}`\n"
    if not isinstance(of, type) or "Args:" in (of.__doc__ or ""):  # others are not made by hand
        yield from _code(f"eb.{name}", of)
    yield _text(of)
    if isinstance(of, type):
        for member, found in _members(of):
            yield f"### `{name}.{member}`\n"
            if _read(found) is None:
                yield from _code(f"{name}.{member}", getattr(of, member))
            yield _text(_read(found) or found)


def _members(of: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class and its own bases declare, each once."""
    seen: set[str] = set()
    for base in of.__mro__:
        if base.__module__.partition(".")[0] in BASES_OF_OTHERS:
            continue
        for name, found in vars(base).items():
            told = isinstance(found, FunctionType | classmethod | staticmethod) or _read(found)
            if told and not name.startswith("_") and name not in seen and found.__doc__:
                seen.add(name)
                yield name, found


def _read(member: Any) -> Any:
    """The function behind a property; None for what is called."""
    return getattr(member, "fget", getattr(member, "func", None))


def _code(name: str, of: Any) -> Iterator[str]:
    """How it is called."""
    parameters = [
        _plain(each) for each in inspect.signature(of).parameters.values() if each.name != "self"
    ]
    signature = inspect.Signature(parameters)
    yield f"```text\n{name}{signature}\n```\n"


def _plain(parameter: inspect.Parameter) -> inspect.Parameter:
    """A parameter without its types; a default that is no plain value is left out."""
    default = parameter.default
    usual = isinstance(default, str | int | float | tuple | None)
    if default is not parameter.empty and not usual:
        default = ...
    return parameter.replace(annotation=parameter.empty, default=default)


def _text(of: Any) -> str:
    """A docstring, its list of arguments as a list in Markdown."""
    lines = []
    for line in (inspect.getdoc(of) or "").splitlines():
        if line == "Args:":
            continue
        if line.startswith("    ") and not line.startswith("     "):
            name, _, rest = line.strip().partition(": ")
            lines.append(f"- `{name}`: {rest}" if rest and " " not in name else line.strip())
        else:
            lines.append(line.strip() if line.startswith("     ") else line)
    return "\n".join(lines) + "\n"
