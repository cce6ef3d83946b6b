"""Who answers to a claim: rules and their parameters, scenario and policy tables, tests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from pydantic import BaseModel

from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario

PROJECT = Path(__file__).resolve().parents[2]
RULE_TESTS = PROJECT / "tests" / "claims" / "test_rule_claims.py"
TEST = "test_the_mechanism_carries_the_claim"


def rules_of(claim: str, scenario: Scenario) -> dict[str, list[str]]:
    """The mechanisms that carry the claim, with the parameters of theirs that do."""
    found: dict[str, list[str]] = {}
    for path in scenario.claims[claim].carried_by:
        name, _, part = path.partition(".")
        parameters = found.setdefault(name, [])
        if part in MECHANISMS[name].parameters:
            parameters.append(part)
    return {name: found[name] for name in MECHANISMS if name in found}


def tables_of(claim: str, scenario: Scenario) -> list[str]:
    """The tables of the scenario and its policy that answer to the claim, by dotted path."""
    paths = [*_tables(scenario.file, claim), *_tables(scenario.policy.file, claim)]
    return [path for path in dict.fromkeys(paths) if not path.startswith("rules.")]


def _tables(value: object, claim: str, at: str = "") -> Iterator[str]:
    if isinstance(value, BaseModel):
        value = {key: getattr(value, key) for key in type(value).model_fields}
    if not isinstance(value, Mapping):
        return
    for key, inner in value.items():
        if key == "stated":  # a quantity's own statement goes by the quantity's path
            yield from _tables(inner, claim, at)
        elif key == "claims" and isinstance(inner, tuple) and claim in inner:
            yield at
        else:
            yield from _tables(inner, claim, f"{at}.{key}".lstrip("."))


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A row of the rule tests; `under` holds the values of a world made for it, if it has one."""

    claim: str
    words: str
    under: Mapping[str, object] = field(default_factory=dict)


def rows_of_tests() -> list[RuleTest]:
    """The rows of the rule tests."""
    calls = (node for node in ast.walk(ast.parse(RULE_TESTS.read_text(encoding="utf-8"))))
    return [
        RuleTest(
            ast.literal_eval(call.args[0]),
            ast.literal_eval(call.args[1]),
            next((ast.literal_eval(k.value) for k in call.keywords if k.arg == "under"), {}),
        )
        for call in calls
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Row"
        and len(call.args) > 1
    ]


def run_rule_tests(workers: int) -> dict[tuple[str, str], bool]:
    """Run the rule tests; by claim and words, whether each passed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-m", "slow", "-n", str(workers),
                   f"--junitxml={report}", str(RULE_TESTS)]  # fmt: skip
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(f"the rule tests could not be run:\n{done.stdout}{done.stderr}")
        cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    return read_cases({str(case.get("name")): len(case) == 0 for case in cases})


def read_cases(passed: Mapping[str, bool]) -> dict[tuple[str, str], bool]:
    """Test names of the form `test[claim: words]` as claim and words."""
    found = {}
    for name, ok in passed.items():
        if match := re.fullmatch(rf"{TEST}\[([a-z-]+): (.*)\]", name, re.DOTALL):
            found[match[1], match[2]] = ok
    return found
