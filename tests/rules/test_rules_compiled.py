"""CPython and machine code agree to the last bit on every rule."""

from __future__ import annotations

import math
import struct

import numba
import numpy as np
import pytest
from inputs import RULES, WHOLE, gathered, interval

INPUTS = 2000


def drawn(name: str) -> np.ndarray:
    """Inputs over each argument's range: its ends, evenly, and close to its lower end."""
    generator = np.random.default_rng(list(name.encode()))
    columns = []
    for each in RULES[name].arguments:
        low, high = interval(name, each)
        even = generator.uniform(low, high, INPUTS)
        near = low + (high - low) * 10.0 ** generator.uniform(-9, 0, INPUTS)
        ends = generator.choice([low, high], INPUTS)
        column = np.choose(generator.choice(3, INPUTS, p=[0.45, 0.45, 0.1]), [even, near, ends])
        columns.append(np.rint(column) if each in WHOLE else column)
    return np.stack(columns, axis=1)


def bits(value: float) -> bytes:
    return struct.pack("d", value)


@pytest.mark.parametrize("name", RULES)
def test_plain_and_compiled_rules_agree_to_the_last_bit(name: str) -> None:
    rule = RULES[name]
    fast = numba.njit(error_model="python", no_cfunc_wrapper=True)(rule.function)
    for row in drawn(name).tolist():
        given = gathered(rule, dict(zip(rule.arguments, row, strict=True)))
        slow = rule.function(*given)
        assert math.isfinite(slow)
        assert bits(fast(*given)) == bits(slow), row
