"""Quantities of which a sum is known, and none of them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from ebbtide.calibration.confounded import CORRELATED, pairs


def test_quantities_of_which_only_the_sum_is_known_go_against_each_other():
    scores = np.random.default_rng(1).standard_normal((20_000, 3))
    weights = np.exp(-0.5 * np.square((scores[:, 0] + scores[:, 1] - 1.0) / 0.3))
    posterior = SimpleNamespace(
        scores=scores, weighed=SimpleNamespace(weights=weights / weights.sum()),
        bank=SimpleNamespace(free=("rate", "pool", "other")),
    )  # fmt: skip
    first, *rest = pairs(posterior).to_dict("records")
    assert (first["one"], first["other"]) == ("rate", "pool")
    assert first["correlation"] < -0.85
    assert all(abs(each["correlation"]) < CORRELATED for each in rest)
