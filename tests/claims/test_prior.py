"""What priors say of figures: known answers over made draws, and a small case lived."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from ebbtide.claims.prior import PriorPredictive, quantities_drawn, worlds_of_figures
from ebbtide.claims.reading import CaseTests, read_tests
from ebbtide.claims.trials import Trials, live
from ebbtide.scenario import load
from ebbtide.study.executor import executor

from .written import TESTS, case

SECOND = """
[figure.again]
claim = "fall"
words = "the same again"
measure = { kind = "at", outcome = "fighters", date = 2002-06-30 }
interval = [100, 100]
null = "fitted"
heavy_tailed = true
[figure.kept]
claim = "fall"
words = "one held back"
measure = "strength"
interval = [1, 1]
null = "fitted"
held_back = true
"""


@pytest.fixture
def tests(tmp_path) -> CaseTests:
    """Figures: `size`, 190-510; `again`, 100; `kept`, held back."""
    return read_tests(load(case(tmp_path, TESTS + SECOND)))


def found(tests: CaseTests, size: list[float], again: list[float]) -> PriorPredictive:
    drawn = pd.DataFrame({"figure.size": size, "figure.again": again, "figure.kept": again})
    return PriorPredictive(tests, drawn)


def test_the_mass_is_the_share_of_draws_within_a_factor_of_the_interval(tests) -> None:
    size = [151.0, 153.0, 300.0, 637.0, 638.0]  # 190 / 1.25 is 152, and 510 * 1.25 is 637.5
    [mass, again] = found(tests, size, [100.0] * 5).masses(held_back=False)
    assert mass.within == {1.25: 3 / 5, 1.5: 1.0}
    assert again.within == {1.25: 1.0, 1.5: 1.0}


def test_draws_count_jointly_only_if_they_come_near_all_at_once(tests) -> None:
    of = found(tests, [300.0, 300.0, 1.0, 1.0], [100.0, 1.0, 100.0, 1.0])
    assert of.joint(1.25, of.fitted) == 1
    assert of.at_once(1.25, of.fitted).tolist() == [2, 1, 1, 0]
    assert of.claims(of.fitted) == ["rise", "fall"]


def test_heavy_tailed_counts_are_left_out_of_the_steady_figures(tests) -> None:
    of = found(tests, [300.0, 300.0, 1.0, 1.0], [100.0, 1.0, 100.0, 1.0])
    assert of.steady == ["size"]
    assert of.joint(1.25, of.steady) == 2


def test_what_is_held_back_is_shown_and_not_counted(tests) -> None:
    of = found(tests, [300.0], [100.0])
    assert [mass.name for mass in of.masses(held_back=True)] == ["kept"]
    assert of.fitted == ["size", "again"]
    assert of.joint(1.25, of.fitted) == 1  # although `kept` is far from 1


def test_figures_that_shut_each_other_out_are_a_conflict(tests) -> None:
    """Each comes out in half of 40 draws: ten would have both if they had nothing to do."""
    half = [True] * 20 + [False] * 20
    size = [300.0 if near else 1.0 for near in half]
    apart = [1.0 if near else 100.0 for near in half]
    [pair] = found(tests, size, apart).conflicts(1.5)
    assert (pair.names, pair.together, pair.expected) == (("size", "again"), 0, 10.0)
    beside = [100.0, 1.0] * 20
    assert found(tests, size, beside).conflicts(1.5) == []


def test_every_draw_is_lived_and_told_with_what_it_drew(tests) -> None:
    worlds = worlds_of_figures(tests)
    [drawn] = live(trials := Trials(worlds, 10, 1), executor(trials, 1), lambda now: None).values()
    quantities = quantities_drawn(tests, 10, 1)
    assert list(quantities) == list(tests.scenario.uncertain_under())
    assert len(drawn) == len(quantities) == 10
    assert np.isfinite(drawn[["figure.size", "figure.again", "figure.kept"]]).all(axis=None)
    assert quantities.nunique().min() > 1


def test_runs_end_with_the_last_day_that_a_figure_asks_for(tests) -> None:
    [world] = worlds_of_figures(tests).values()
    assert world.weeks == tests.scenario.weeks  # `strength` is of the last day
    file = tests.file.model_copy(update={"figure": {"again": tests.file.figure["again"]}})
    [shorter] = worlds_of_figures(dataclasses.replace(tests, file=file)).values()
    assert tests.scenario.dates[shorter.weeks].isoformat() == "2002-06-30"
