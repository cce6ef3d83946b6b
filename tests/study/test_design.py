"""Pairing and keyed draws: what makes two runs comparable."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.calibration.bank import Bank
from ebbtide.calibration.proposal import Proposal
from ebbtide.scenario import load
from ebbtide.scenario.schema.calibration import Calibration
from ebbtide.study.design import Design, probability_of, seed_of

from .worlds import ToyScenario

SEEDS = st.integers(min_value=0, max_value=2**64)


def test_policies_share_seed_and_draws():
    runs = list(Design(ToyScenario(), ("one", "two", "three"), 4, base_seed=7))
    assert [run.run for run in runs] == list(range(12))
    for replication in range(4):
        three = [run for run in runs if run.replication == replication]
        assert {run.policy for run in three} == {"one", "two", "three"}
        assert len({(run.seed, tuple(run.values.items())) for run in three}) == 1


def test_one_more_uncertainty_or_replication_leaves_other_draws_alone():
    few = Design(ToyScenario({"a": None}), ("p",), 5, base_seed=3)
    more = Design(ToyScenario({"z": None, "a": None}), ("p",), 50, base_seed=3)
    for run in few:
        assert more[run.run].seed == run.seed
        assert more[run.run].values["a"] == run.values["a"]


def test_fixed_takes_the_medians_and_keeps_the_seeds():
    drawn, fixed = (Design(ToyScenario(), ("p",), 3, 1, fixed) for fixed in (False, True))
    assert [run.seed for run in drawn] == [run.seed for run in fixed]
    assert all(set(run.values.values()) == {0.5} for run in fixed)
    assert all(set(run.values.values()) != {0.5} for run in drawn)


@given(SEEDS, st.integers(0, 10**6), st.text(max_size=20))
def test_draws_are_inside_the_unit_interval_and_seeds_64_bits(base, replication, path):
    assert 0 < probability_of(base, replication, path) < 1
    assert 0 <= seed_of(base, replication) < 2**64


def test_seed_zero_is_a_seed_like_any_other():
    assert len({seed_of(base, replication) for base in range(3) for replication in range(9)}) == 27


def test_draws_are_uniform():
    draws = np.array([probability_of(0, replication, "a.b") for replication in range(4000)])
    counts, _ = np.histogram(draws, 20, (0, 1))
    assert ((counts - 200) ** 2 / 200).sum() < 43.8  # chi-squared, 19 degrees, p = 0.001


def test_seeds_and_draws_of_a_version_stay_what_they_are():
    assert seed_of(1, 0) == 12604005229017875259
    assert probability_of(1, 0, "groups.reds.pay") == 0.05749220226887569


PATH = "groups.embers.pay"


def bank(*rounds: int) -> Bank:
    scenario = load("minimal")
    file = scenario.file.model_copy(
        update={"calibration": Calibration(free=(PATH,), source="a test")}
    )
    first = Proposal(1), Proposal(1, (0,), (2.0,), ((0.1,),))
    return Bank(replace(scenario, file=file), 7, tuple(zip(rounds, first, strict=False)))


@pytest.mark.parametrize("runs", [Design(ToyScenario(), ("one", "two"), 3, 1), bank(4, 2)])
def test_runs_are_a_sequence_by_their_numbers(runs):
    assert len(runs) == 6
    assert [run.run for run in runs] == [*range(6)]
    assert runs[2:5:2] == [runs[2], runs[4]]
    assert runs[4:99] == [runs[4], runs[5]]
    for none in (6, -1):
        with pytest.raises(IndexError):
            runs[none]
