"""CPython and machine code agree to the last bit on every rule."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

import numba
import numpy as np
import pytest
from inputs import RULES, WHOLE, gathered, interval

import ebbtide.engine  # noqa: F401  lets compiled code call the rules

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


def called_from_compiled(function: Callable[..., float]) -> Callable[..., float]:
    @numba.njit(error_model="python")
    def calling(*numbers):  # type: ignore[no-untyped-def]
        return function(*numbers)

    return calling


@pytest.mark.parametrize("name", RULES)
def test_plain_and_compiled_rules_agree_to_the_last_bit(name: str) -> None:
    rule = RULES[name]
    fast = called_from_compiled(rule.function)
    for row in drawn(name).tolist():
        given = gathered(rule, dict(zip(rule.arguments, row, strict=True)))
        slow = rule.function(*given)
        assert math.isfinite(slow)
        assert bits(fast(*given)) == bits(slow), row
