"""Severity and pace of attacks, on attacks whose law is known."""

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from ebbtide.claims import patterns
from ebbtide.claims.kind import Measuring
from ebbtide.claims.observed import log_uniform
from ebbtide.evidence.lived import Lived
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from known_answers.worlds import only, world


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


def test_attacks_are_drawn_again_at_their_own_group_s_severity(
    written: Callable[..., Scenario],
) -> None:
    """Not at one for all: of two groups the one that harms nobody leaves the tail to the other."""
    usual = {"fighters": 100, "attacks": 60}
    harmless = written(
        world(60, {"usual": usual, "harmless": {**usual, "attack_severity": 0}}, {"city": 1})
    )
    stated = only("attacks", attacks__reach=0.5, attacks__mounted_least=20,
                  attacks__carried_least=20, attacks__men_lost=0)  # fmt: skip
    model = Insurgency(harmless, rng=1, **stated)
    run = Measuring(Lived.of(model, 60), {}, {})
    found = patterns.severity(run, None)
    series = model.series()
    attacks = series["attacks_state"] + series["attacks_civilians"]
    own = attacks[series["group"] == "usual"].sum()
    assert own > 200
    assert found["attacks"] == pytest.approx(own, abs=2)
    assert patterns.severity(run, None) == found


def test_attacks_are_split_over_groups_by_their_numbers() -> None:
    assert patterns.whose(4, ["one", "two", "three"], [30, 0, 10]) == ["one"] * 3 + ["three"]
    assert patterns.whose(0, ["one", "two"], [0, 0]) == []
