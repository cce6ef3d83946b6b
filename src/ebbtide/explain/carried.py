"""The tests that carry a name: those beside the scenario, and in a checkout the tests of the code."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from ebbtide.claims.claim_tests import ClaimTest
from ebbtide.claims.reading import parsed
from ebbtide.explain import place
from ebbtide.explain.place import shown
from ebbtide.installed import CHECKOUT
from ebbtide.scenario import Scenario
from ebbtide.scenario.document import read_document

TESTS = CHECKOUT / "tests"
_MOST = 6


def by(*said: str) -> list[str]:
    """The tests in which one of these stands, in no longer word, as `file:line name`; the first few."""
    found = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in said))
    hits: list[str] = []
    for file, text in _texts():
        if not any(each in text for each in said):  # many times faster than the pattern
            continue
        seen = set()
        for hit in found.finditer(text):
            number = text.count("\n", 0, hit.start()) + 1
            test = _test_at(file, number)
            if test not in seen:
                seen.add(test)
                hits.append(f"{shown(file, number)} {test}".rstrip())
    more = len(hits) - _MOST
    return [*hits[:_MOST], *([f"and {more} more"] if more > 0 else [])]


def of_every_rule() -> list[str]:
    """The files of tests that try every rule there is."""
    every = 'parametrize("name", RULES)'
    return [f"{shown(file)} (every rule)" for file, text in _texts() if every in text]


def of_claim(scenario: Scenario, claim: str) -> list[str]:
    """The tests that a claim of the scenario is held to: where they stand, and their words."""
    return [
        f"{place.of_key(path, f'{table}.{name}')} {row.words}"
        for path, table, name, row in _claim_tests(scenario)
        if row.claim == claim
    ]


def of_key(scenario: Scenario, key: str) -> list[str]:
    """The claim tests that change a value of the scenario: the claim and words of each."""
    return [
        f"{place.of_key(path, f'{table}.{name}')} {row.claim}: {row.words}"
        for path, table, name, row in _claim_tests(scenario)
        if key in row.changed
    ]


@cache
def _claim_tests(scenario: Scenario) -> list[tuple[Path, str, str, ClaimTest]]:
    if scenario.claim_tests is None:
        return []
    path = scenario.claim_tests.resolve()
    return [(path, *row) for row in parsed(read_document(path)).rows()]


def _test_at(file: Path, line: int) -> str:
    """The test that a line is in, its decorators included: nothing outside all of them."""
    inside = (name for first, last, name in _tests(file) if first <= line <= last)
    return next(inside, "")


@cache
def _tests(file: Path) -> list[tuple[int, int, str]]:
    """The first and last line of each test of a file, and its name."""
    return [
        (min([node.lineno, *(each.lineno for each in node.decorator_list)]), node.end_lineno or 0,
         node.name)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]  # fmt: skip


@cache
def _texts() -> tuple[tuple[Path, str], ...]:
    if not (CHECKOUT / "pyproject.toml").is_file():
        return ()
    files = sorted(TESTS.rglob("test_*.py"))
    return tuple((file, file.read_text(encoding="utf-8")) for file in files)
