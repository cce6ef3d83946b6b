"""Severity and pace of attacks, on attacks whose law is known."""

import math

import numpy as np
import pandas as pd
import pytest

from ebbtide.claims import patterns
from ebbtide.claims.observed import log_uniform


def test_the_tail_exponent_of_a_power_law_is_found() -> None:
    draws = np.random.default_rng(5).random(200_000)
    harmed = np.floor(3 * (1 - draws) ** (-1 / 1.5))
    assert patterns.tail_exponent(*patterns.tail(harmed)) == pytest.approx(2.5, abs=0.05)
    assert math.isnan(patterns.tail_exponent(*patterns.tail(harmed[:20])))


def test_attacks_that_come_ever_faster_have_a_positive_pace() -> None:
    waits = 30 * np.arange(1, 40) ** -0.8
    weeks = np.bincount(np.cumsum(waits).astype(int))
    found = patterns.pace(weeks)
    assert found is not None
    b, log_first = found
    assert b == pytest.approx(0.8, abs=0.25)
    assert log_first == pytest.approx(math.log(30), abs=0.7)
    assert patterns.pace(np.ones(5)) is None


def test_paces_are_gathered_over_runs_and_places() -> None:
    frame = pd.DataFrame(
        {"p: b north": [1, 2, None], "p: wait north": [3, 4, None], "p: b south": [None, 5, None],
         "p: wait south": [None, 6, None], "q: b north": [7, 7, 7], "q: wait north": [7, 7, 7]}
    )  # fmt: skip
    assert patterns.fits(frame, "p: ").tolist() == [[1, 3], [2, 4], [5, 6]]


def test_a_log_uniform_number_has_the_geometric_mean_for_a_median() -> None:
    assert [log_uniform(1, 4, at) for at in (0, 0.5, 1)] == pytest.approx([1, 2, 4])
