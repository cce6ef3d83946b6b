"""CPython and machine code agree to the last bit on every rule."""

from __future__ import annotations

import math
import struct

import pytest
from inputs import RULES, drawn, gathered

from ebbtide.compilation.compiled import compiled

INPUTS = 2000


def bits(value: float) -> bytes:
    return struct.pack("d", value)


@pytest.mark.parametrize("name", RULES)
def test_plain_and_compiled_rules_agree_to_the_last_bit(name: str) -> None:
    """Compiled, and kept on disk, as phases are."""
    rule = RULES[name]
    fast = compiled(rule.function)
    for row in drawn(name, INPUTS):
        given = gathered(rule, row)
        slow = rule.function(*given)
        assert math.isfinite(slow)
        assert bits(fast(*given)) == bits(slow), row
