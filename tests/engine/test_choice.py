"""A draw along weights: each as often as it weighs, and nobody without weight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ebbtide.engine.choice import along

WEIGHTS = st.lists(st.just(0.0) | st.floats(1e-6, 1e6), max_size=9)


@settings(deadline=None)
@given(WEIGHTS, st.floats(0, 1, exclude_max=True))
@example([0.1] * 9, 1 - 2**-53)
def test_only_what_has_a_weight_is_chosen(weights: list[float], drawn: float) -> None:
    chosen = along(np.array(weights), drawn * sum(weights))
    assert chosen == -1 if not any(weights) else weights[chosen] > 0.0


def test_each_is_chosen_as_often_as_it_weighs() -> None:
    weights, draws = np.array([0.0, 1.0, 0.0, 3.0, 4.0, 0.0]), 8000
    chosen = [along(weights, (i + 0.5) / draws * weights.sum()) for i in range(draws)]
    assert np.bincount(chosen, minlength=6) / draws == pytest.approx(weights / weights.sum())


def test_what_rounding_leaves_goes_to_the_last_with_a_weight() -> None:
    assert along(np.array([1.0, 1.0, 0.0]), 2.0) == 1
