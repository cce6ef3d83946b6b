"""CPython and machine code agree to the last bit on every rule."""

from __future__ import annotations

import inspect
import math
import struct

import numpy as np
import pytest
from test_rules_bounds import FUNCTIONS, WHOLE, interval

from ebbtide.engine import rules as compiled_rules

INPUTS = 2000


def drawn(name: str) -> np.ndarray:
    """Inputs over each argument's range: its ends, evenly, and close to its lower end."""
    mechanism = name.partition(".")[0]
    names = list(inspect.signature(FUNCTIONS[name]).parameters)
    generator = np.random.default_rng(list(name.encode()))
    columns = []
    for each in names:
        low, high = interval(mechanism, each)
        even = generator.uniform(low, high, INPUTS)
        near = low + (high - low) * 10.0 ** generator.uniform(-9, 0, INPUTS)
        ends = generator.choice([low, high], INPUTS)
        column = np.choose(generator.choice(3, INPUTS, p=[0.45, 0.45, 0.1]), [even, near, ends])
        columns.append(np.rint(column) if each in WHOLE else column)
    return np.stack(columns, axis=1)


def bits(value: float) -> bytes:
    return struct.pack("d", value)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_plain_and_compiled_rules_agree_to_the_last_bit(name: str) -> None:
    mechanism, _, function = name.partition(".")
    fast = getattr(getattr(compiled_rules, mechanism), function)
    for row in drawn(name).tolist():
        slow = FUNCTIONS[name](*row)
        assert math.isfinite(slow)
        assert bits(fast(*row)) == bits(slow), row


def test_every_mechanism_is_compiled() -> None:
    assert {name.partition(".")[0] for name in FUNCTIONS} <= set(vars(compiled_rules))
