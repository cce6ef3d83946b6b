"""Where a name stands: file and line, in the code and in scenario files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ebbtide.installed import CHECKOUT, PACKAGE

_HEADER = re.compile(r"^\s*\[+([^\]]+)\]+")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=")


def shown(file: Path, line: int | None = None) -> str:
    """A file as `path:line`, from the checkout if it is in it, else from the package's folder."""
    for root in (CHECKOUT, PACKAGE.parent):
        if file.is_relative_to(root):
            file = file.relative_to(root)
            break
    return f"{file}:{line}" if line else str(file)


def of_declaration(file: Path, name: str, within: str = "") -> str:
    """The line of a Python file that declares a name: the file alone if none does.

    It is a function's, or, within the class or table so named, an attribute's or a key's.
    """
    return shown(file, _declarations(file).get((within, name)))


def of_text(file: Path, pattern: str) -> str:
    """The first line of a file that a pattern matches."""
    for number, line in enumerate(_lines(file), start=1):
        if re.search(pattern, line):
            return shown(file, number)
    return shown(file)


def of_key(file: Path, path: str) -> str:
    """The line of a TOML file that states the value at a dotted path, or the table it is in."""
    keys = path.split(".")
    table: list[str] = []
    longest, at = 0, None
    for number, line in enumerate(_lines(file) if file.suffix == ".toml" else (), start=1):
        if header := _HEADER.match(line):
            table = found = _split(header[1])
        elif key := _KEY.match(line):
            found = [*table, *_split(key[1])]
        else:
            continue
        found = found[: len(keys)]  # of a part of the value, the value
        if len(found) > longest and keys[: len(found)] == found:
            longest, at = len(found), number
    return shown(file, at)


def _split(key: str) -> list[str]:
    return [part.strip().strip("\"'") for part in key.split(".")]


@cache
def _declarations(file: Path) -> dict[tuple[str, str], int]:
    """The lines of what a Python file declares, by class or table (functions by none) and name."""
    lines: dict[tuple[str, str], int] = {}
    for node in ast.parse("\n".join(_lines(file))).body:
        match node:
            case ast.FunctionDef(name=name):
                lines["", name] = node.lineno
            case ast.ClassDef(name=within):
                for each in node.body:
                    match each:
                        case ast.AnnAssign(target=ast.Name(id=name)):
                            lines[within, name] = each.lineno
            case (
                ast.Assign(targets=[ast.Name(id=within)], value=table)
                | ast.AnnAssign(target=ast.Name(id=within), value=table)
            ):
                lines |= {(within, name): line for name, line in _keys(table)}
    return lines


def _keys(table: ast.expr | None) -> Iterator[tuple[str, int]]:
    """The keys of a table as written, with their lines: `{"key": ...}` or `dict(key=...)`."""
    match table:
        case ast.Dict(keys=keys):
            for key in keys:
                match key:
                    case ast.Constant(value=str(name)):
                        yield name, key.lineno
        case ast.Call(keywords=keywords):
            for keyword in keywords:
                if keyword.arg:
                    yield keyword.arg, keyword.lineno


@cache
def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
