"""The tests that carry a name, where the tests are at hand: in a checkout."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from ebbtide.explain.place import CHECKOUT, shown

TESTS = CHECKOUT / "tests"
_TEST = re.compile(r"^\s*def (test_\w+)")
_MOST = 6


def by(pattern: str) -> list[str]:
    """The tests in whose lines a pattern is found, as `file:line name`; the first few."""
    found = re.compile(pattern)
    hits: list[str] = []
    for file, text in _texts():
        if not found.search(text):
            continue
        seen, test = set(), ""
        for number, line in enumerate(text.splitlines(), start=1):
            if match := _TEST.match(line):
                test = match[1]
            if found.search(line) and test not in seen:
                seen.add(test)
                hits.append(f"{shown(file, number)} {test}".rstrip())
    more = len(hits) - _MOST
    return [*hits[:_MOST], *([f"and {more} more"] if more > 0 else [])]


def of_every_rule() -> list[str]:
    """The files of tests that try every rule there is."""
    return [f"{shown(file)} (every rule)" for file, text in _texts() if "MECHANISMS" in text
            and file.parent.name == "rules"]  # fmt: skip


def of_claim(claim: str) -> list[str]:
    """The rows of the tests of claims that name a claim: where, and what they say."""
    rows = []
    for file, text in _texts():
        if file.parent.name != "claims" or f'"{claim}"' not in text:
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and (said := _texts_of(call)) and said[0] == claim:
                rows.append(f"{shown(file, call.lineno)} {': '.join(said[1:2])}".rstrip())
    return rows


def _texts_of(call: ast.Call) -> list[str]:
    """The texts that a call begins with."""
    said = []
    for argument in call.args:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            break
        said.append(argument.value)
    return said


@cache
def _texts() -> tuple[tuple[Path, str], ...]:
    if not (CHECKOUT / "pyproject.toml").is_file():
        return ()
    files = sorted(TESTS.rglob("test_*.py"))
    return tuple((file, file.read_text(encoding="utf-8")) for file in files)
