"""The interval of runs: one pair of quantiles, and one word for it everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import ebbtide
from ebbtide.study.spread import CENTRAL, INTERVAL, spread

PACKAGE = Path(ebbtide.__file__).parent


def test_the_word_for_the_interval_is_how_many_lie_in_it() -> None:
    numbers = np.random.default_rng(1).permutation(10_001)
    found = spread(numbers)
    inside = np.mean((numbers >= found["low"]) & (numbers <= found["high"]))
    assert f"{inside:.0%}" == CENTRAL
    below, above = np.mean(numbers < found["low"]), np.mean(numbers > found["high"])
    np.testing.assert_allclose((below, 1 - above), INTERVAL, atol=1e-3)
    assert found["median"] == 5000


def test_no_other_file_states_how_many_that_is() -> None:
    sources = [path for path in PACKAGE.rglob("*.py") if path.name != "spread.py"]
    assert len(sources) > 200
    stating = [path.name for path in sources if CENTRAL in path.read_text(encoding="utf-8")]
    assert stating == []
