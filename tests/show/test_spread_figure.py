"""How a metric is spread: whiskers end where tables say, and runs without the number are told."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.show.sweep_policies import _box
from ebbtide.study.spread import ends


@pytest.mark.parametrize("numbers", [[1.0], [1.0, 5.0], [3.0, 3.0, 3.0], list(range(12))])
def test_whiskers_are_the_interval_itself(numbers: list[float]) -> None:
    box = _box(np.array(numbers, float))
    low, high = np.quantile(numbers, ends(len(numbers)))
    assert (box["whislo"], box["whishi"]) == (low, high)
    assert box["whislo"] <= box["q1"] <= box["med"] <= box["q3"] <= box["whishi"]
