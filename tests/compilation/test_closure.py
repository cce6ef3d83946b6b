"""What machine code depends on: what a function and those it calls do, not how it is told."""

from __future__ import annotations

from collections import namedtuple
from types import ModuleType
from typing import Any

import numba
import numpy as np
import pytest

from ebbtide.compilation.closure import closure_digest, type_named
from ebbtide.compilation.compiled import compiled

RULES = """
RATE = 0.5
def twice(x):
    return 2.0 * x * RATE
def other(x):
    return x
"""
PHASE = """
import numpy as np
TABLE = np.array([1.0, 2.0])
STEPS = (1, 2)
@compiled
def inner(x):
    return rules.twice(x) + TABLE[0]
@compiled
def phase(x):
    total = np.float64(0.0)
    for step in STEPS:
        total += inner(x) + step
    return total
"""


def loaded(rules_source: str, phase_source: str, made: type | None = None) -> Any:
    """The phase of two modules with these sources."""
    rules: Any = ModuleType("ebbtide.rules.made")
    rules.made = made
    exec(rules_source, vars(rules))
    for name in ("twice", "other"):
        if name in vars(rules):
            setattr(rules, name, compiled(getattr(rules, name)))
    module: Any = ModuleType("ebbtide.engine.made")
    module.compiled, module.rules = compiled, rules
    exec(phase_source, vars(module))
    return module.phase.py_func


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def phase", "# a remark\n\ndef phase"),
        ("    total = np", '    """Told."""\n    total = np'),
        ("def twice(x):\n", 'def twice(x: float) -> float:\n    "Told."\n'),
        ("def other(x):\n    return x", "def other(x):\n    return x + 1"),  # nobody calls it
        ("RATE = 0.5\n", "RATE = 0.5\nNOT_READ = 3\n"),
    ],
)
def test_remarks_and_what_is_not_read_change_nothing(before: str, after: str) -> None:
    assert digest(before, after) == closure_digest(loaded(RULES, PHASE))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("inner(x) + step", "inner(x) - step"),
        ("rules.twice(x) +", "rules.twice(x) -"),
        ("rules.twice(x) +", "rules.other(x) +"),
        ("return 2.0 * x", "return 3.0 * x"),
        ("RATE = 0.5", "RATE = 0.25"),
        ("STEPS = (1, 2)", "STEPS = (1, 3)"),
        ("TABLE = np.array([1.0, 2.0])", "TABLE = np.array([1.0, 4.0])"),
        ("np.float64(0.0)", "np.float32(0.0)"),
    ],
)
def test_a_change_of_what_is_done_anywhere_below_is_felt(before: str, after: str) -> None:
    assert digest(before, after) != closure_digest(loaded(RULES, PHASE))


def digest(before: str, after: str) -> str:
    assert (before in RULES) != (before in PHASE)
    return closure_digest(loaded(RULES.replace(before, after), PHASE.replace(before, after)))


def test_a_global_that_compiled_code_cannot_hold_is_told() -> None:
    with pytest.raises(TypeError, match=r"made\.phase is compiled and reads .* of type dict"):
        closure_digest(loaded(RULES, PHASE.replace("STEPS = (1, 2)", "STEPS = {1: 2}")))


def test_a_named_tuple_is_named_with_its_fields() -> None:
    digests, names = set(), set()
    for fields in ("low high", "high low"):
        made = namedtuple("Made", fields)
        names.add(type_named(numba.typeof(made(1.0, 2.0))))
        phase = PHASE.replace("inner(x) + step", "inner(x) + rules.made(1.0, x).low")
        digests.add(closure_digest(loaded(RULES, phase, made)))
    assert len(digests) == len(names) == 2


def test_numbers_of_other_types_are_others() -> None:
    digests = set()
    for value in (1, 1.0, True, np.float32(1), "1"):
        source: dict[str, Any] = {"VALUE": value, "__name__": "made"}
        exec("def read():\n    return VALUE", source)
        digests.add(closure_digest(source["read"]))
    assert len(digests) == 5
