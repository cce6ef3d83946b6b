"""Between what a rule's result lies is said in words, whichever ends it has."""

from __future__ import annotations

import math

import pytest

from ebbtide.explain.rules import bounds
from ebbtide.rules.declaration import Rule


@pytest.mark.parametrize(
    ("within", "words"),
    [
        (None, ""),
        ((0.0, 1.0), "0 to 1"),
        ((0.0, "highest"), "0 to `highest`"),
        ((-0.5, math.inf), "-0.5 or more"),
        ((-math.inf, 2.0), "2 or less"),
        ((-math.inf, "income"), "`income` or less"),
    ],
)
def test_the_ends_are_told(within: tuple[float, float | str] | None, words: str) -> None:
    assert bounds(Rule(abs, "abs(x)", within, "", "", {})) == words
