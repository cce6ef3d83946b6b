"""Runs nearest to what was published: near the closed form, blind to no publisher, and covered."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ebbtide.calibration import posterior as module
from ebbtide.calibration import recovery
from ebbtide.calibration.by import By
from ebbtide.calibration.nearest import Nearest, strangeness, was_said, would_be_said
from ebbtide.calibration.recovery import coverage, ranks
from ebbtide.calibration.report import by_publisher
from ebbtide.evidence.unknown import SharedUnknown

from .test_posterior import DAY, closed, posterior, says  # noqa: F401  (a fixture)


@pytest.fixture
def near(posterior, monkeypatch):  # noqa: F811
    """The same toy, by nearness; what came of a run are its men."""
    monkeypatch.setattr(module, "OUTCOMES_TOLD", ("men",))
    runs = posterior.runs.assign(men=posterior.runs["Gazette"])
    return dataclasses.replace(posterior, runs=runs, by=By.NEAREST)


@pytest.mark.parametrize(
    ("how", "said"),
    [({}, (1500, 900)), ({"as_of": DAY}, (1500,)), ({"without": ["Gazette"]}, (900,))],
)
def test_it_agrees_with_the_closed_form(near, how, said):
    """Its mean, and a spread that is wider by what is let pass as near, and not by much."""
    weights = near.weigh(**how).weights
    mean, variance = closed(*said)
    found = weights @ near.scores[:, 0]
    assert found == pytest.approx(mean, abs=0.06)
    spread = weights @ np.square(near.scores[:, 0] - found)
    assert variance * 0.8 < spread < variance * 1.6


def test_with_nothing_said_it_is_the_prior(near):
    weights = near.weigh(as_of=DAY.replace(year=1999)).weights
    assert weights @ near.scores[:, 0] == pytest.approx(0, abs=0.03)


def test_it_has_neither_k_nor_evidence_and_as_many_draws_as_are_kept(near):
    weighed = near.weighed
    assert weighed.pareto_k is None
    assert weighed.log_evidence is None
    assert weighed.effective > 100


def test_the_nearest_of_few_runs_are_hardly_nearer_than_any(near):
    """A hundred are kept whatever there is: of a large bank a part, of a small one nearly all."""
    assert near.weighed.share_kept == pytest.approx(near.share)
    assert near.weighed.trusted
    small = dataclasses.replace(near, runs=near.runs.iloc[:150])
    assert small.weighed.share_kept == pytest.approx(100 / 150)
    assert not dataclasses.replace(near.weighed, share_kept=small.weighed.share_kept).trusted


def test_statements_of_one_publisher_share_his_bias():
    bias = SharedUnknown.bias("bias of Gazette", 0.4)
    said = [
        dataclasses.replace(says("Gazette", 1000), unknown=bias, count_error=1e-6, name=name)
        for name in ("first", "second")
    ]
    seen = {each.name: np.full(5000, 1000.0) for each in said}
    told = would_be_said(said, seen, 0)
    assert told[:, 0] == pytest.approx(told[:, 1], abs=1e-4)
    assert told[:, 0].std() == pytest.approx(0.4, rel=0.05)


def test_of_an_interval_any_number_inside_may_have_been_said():
    said = was_said([dataclasses.replace(says("Gazette", 0), low=1000, high=3000)], 0)
    assert (np.expm1(said) >= 1000 - 1e-6).all()
    assert (np.expm1(said) <= 3000 + 1e-6).all()
    assert len(np.unique(said)) == len(said)


def test_who_repeats_a_range_means_the_same_part_of_it():
    one, same, other = (
        dataclasses.replace(
            says("Gazette", 0), name=name, low=1000, high=3000, unknown=SharedUnknown.none(shared)
        )
        for name, shared in (("1", "usa"), ("2", "usa"), ("3", "un"))
    )
    said = was_said([one, same, other], 0)
    assert (said[:, 0] == said[:, 1]).all()
    assert (said[:, 0] != said[:, 2]).all()


@pytest.mark.slow
def test_coverage_is_as_said(near, monkeypatch):
    bank = SimpleNamespace(**vars(near.bank) | {"free": ("score",)})
    monkeypatch.setattr(recovery, "OUTCOMES_TOLD", ("men",))
    found = coverage(ranks(dataclasses.replace(near, bank=bank), cases=300))
    assert found["kept"].all()
    assert (found["uniform"] > 0.001).all()


def test_coverage_near_the_record_is_of_runs_that_would_be_told_like_it(near, monkeypatch):
    bank = SimpleNamespace(**vars(near.bank) | {"free": ("score",)})
    monkeypatch.setattr(recovery, "OUTCOMES_TOLD", ("men",))
    near = dataclasses.replace(near, bank=bank)
    cases = []
    monkeypatch.setattr(
        Nearest,
        "weights",
        lambda self, said, importance, without: cases.append(without) or importance,
    )
    ranks(near, cases=100, near_record=True)
    mean, variance = closed(1500, 900)
    of_cases = near.scores[cases, 0]
    assert len(set(cases)) == 100
    assert of_cases.mean() == pytest.approx(mean, abs=4 * np.sqrt(2 * variance / 100) + 0.06)
    assert of_cases.std() < 0.8 < near.scores[:, 0].std()


def test_with_a_larger_part_of_the_runs_the_answer_is_worth_more_draws_and_wider(near):
    few, many = (dataclasses.replace(near, share=share).weighed for share in (0.01, 0.2))
    assert few.effective < many.effective
    spread = [
        weighed.weights @ near.scores[:, 0] ** 2 - (weighed.weights @ near.scores[:, 0]) ** 2
        for weighed in (few, many)
    ]
    assert spread[0] < spread[1]


def test_a_publisher_counts_once_however_often_he_spoke():
    said = pd.DataFrame(
        {"publisher": ["usa", "un", "usa", "usa"], "inside": [True, True, False, True]}
    )
    assert by_publisher(said).to_numpy().tolist() == [["usa", 3, 2], ["un", 1, 1]]


def test_coverage_tells_a_posterior_that_is_too_sure():
    sure = pd.DataFrame({"men": np.random.default_rng(1).beta(0.4, 0.4, 300)})
    assert not coverage(sure)["kept"].any()


def test_what_no_run_would_be_told_like_is_strange():
    random = np.random.default_rng(0)
    truth = random.standard_normal((2000, 1))
    said = np.hstack([truth + 0.1 * random.standard_normal((2000, 1)), truth])
    assert strangeness(said, np.array([[0.0, 0.0]])) > 0.9
    assert strangeness(said, np.array([[1.0, 1.0]])) > 0.3
    assert strangeness(said, np.array([[1.0, -1.0]])) < 0.01
