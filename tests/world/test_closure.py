"""What machine code depends on: what a function and those it calls do, not how it is told."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from numba.core import types

from ebbtide.world.closure import closure_digest, type_named
from ebbtide.world.columns import NUMBER, NUMBERS, Columns
from ebbtide.world.compiled import compiled

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


def loaded(rules_source: str, phase_source: str) -> object:
    """The phase of two modules with these sources."""
    rules = ModuleType("ebbtide.rules.made")
    exec(rules_source, vars(rules))
    for name in ("twice", "other"):
        if name in vars(rules):
            setattr(rules, name, compiled(getattr(rules, name)))
    module = ModuleType("ebbtide.engine.made")
    module.compiled, module.rules = compiled, rules  # type: ignore[attr-defined]
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


def test_a_structure_is_named_with_its_fields() -> None:
    def columns(fields: dict[str, object]) -> object:
        return type("Made", (Columns,), {"__module__": __name__, "fields": fields}).compiled_type

    one, longer = columns({"a": NUMBER}), columns({"a": NUMBER, "b": NUMBERS})
    assert str(one) == str(longer)  # Numba's own name would not tell them apart
    assert type_named(one) != type_named(longer)
    assert type_named(types.Tuple((one, NUMBER))) != type_named(types.Tuple((longer, NUMBER)))


def test_numbers_of_other_types_are_others() -> None:
    digests = set()
    for value in (1, 1.0, True, np.float32(1), "1"):
        source = {"VALUE": value}
        exec("def read():\n    return VALUE", source)
        source["read"].__module__ = "made"  # type: ignore[attr-defined]
        digests.add(closure_digest(source["read"]))  # type: ignore[arg-type]
    assert len(digests) == 5
