"""Where a name stands: file and line, in the code and in scenario files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import FunctionType

import ebbtide

PACKAGE = Path(ebbtide.__file__).parent
CHECKOUT = PACKAGE.parents[1]
_HEADER = re.compile(r"^\s*\[+([^\]]+)\]+")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=")


def shown(file: Path, line: int | None = None) -> str:
    """A file as `path:line`, from the checkout if it is in it, else from the package's folder."""
    for root in (CHECKOUT, PACKAGE.parent):
        if file.is_relative_to(root):
            file = file.relative_to(root)
            break
    return f"{file}:{line}" if line else str(file)


def of_function(function: FunctionType) -> str:
    """File and line of a function."""
    code = function.__code__
    return shown(Path(code.co_filename), code.co_firstlineno)


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
        if len(found) > longest and keys[: len(found)] == found:
            longest, at = len(found), number
    return shown(file, at)


def _split(key: str) -> list[str]:
    return [part.strip().strip("\"'") for part in key.split(".")]


@cache
def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
