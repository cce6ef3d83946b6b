"""Which quantities a posterior's draws are told of by the record: distances worked by hand, and chance."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.comparison.question import ComparisonAsked
from ebbtide.comparison.running import posed
from ebbtide.comparison.updated import FALSELY_UPDATED, distance, which
from ebbtide.scenario.quantity import Measure

UNIFORM = Measure("share").read({"prior": "uniform", "low": 0.0, "high": 1.0})


def test_the_distance_is_of_the_middle_and_the_spread_of_places_in_the_prior() -> None:
    # places 1/4 and 3/4: in the middle together, and nearer to each other than draws of the prior
    assert distance(np.array([0.25, 0.75]), UNIFORM) == pytest.approx(np.sqrt(5) / 8, abs=3e-3)
    beyond = np.hypot(np.sqrt(3) * 0.8, np.sqrt(5) * 0.46)
    assert distance(np.full(10, 0.9), UNIFORM) == pytest.approx(beyond, abs=1e-2)
    even = (np.arange(100) + 0.5) / 100
    assert distance(even, UNIFORM) == pytest.approx(0, abs=3e-3)


def test_a_prior_that_is_cut_at_its_range_is_like_its_own_draws() -> None:
    cut = Measure("share", 0.0, 1.0).read({"prior": "normal", "low": 0.1, "high": 1.0})
    drawn = np.array([cut.quantile((each + 0.5) / 200) for each in range(200)])
    assert (drawn == 1.0).sum() >= 8
    assert distance(drawn, cut) < 0.05


def test_by_chance_hardly_a_quantity_is_called_updated_and_one_that_moved_is() -> None:
    random = np.random.default_rng(4)
    called = 0
    for _ in range(40):
        drawn = {f"q{number}": random.random(200) for number in range(50)}
        said = {"draws": 200, "distances": {k: distance(v, UNIFORM) for k, v in drawn.items()}}
        called += any(which(said).values())
        moved = distance(np.sqrt(random.random(200)), UNIFORM)
        found = which({"draws": 200, "distances": said["distances"] | {"moved": moved}})
        assert found["moved"]
    assert called <= 3 * FALSELY_UPDATED * 40
    assert which({"draws": 200, "distances": {}}) == {}


def test_the_case_says_which_of_its_quantities_its_posterior_updates(khorasan) -> None:
    question = posed(khorasan, ["offensive"], ComparisonAsked(replications=2))
    said = question.manifest()["comparison"]["updated"]
    assert said["draws"] == len(khorasan.posterior)
    assert set(said["distances"]) == set(khorasan.uncertain_under())
    found = which(said)
    free = khorasan.file.calibration.free
    followed = np.mean([found[path] for path in free])
    others = np.mean([updated for path, updated in found.items() if path not in free])
    assert found["policy.acts.afghan-operations-2016.strength"]
    assert followed > others


def test_draws_of_priors_say_that_nothing_is_updated(khorasan) -> None:
    question = posed(khorasan, ["offensive"], ComparisonAsked(replications=2, priors=True))
    assert question.manifest()["comparison"]["updated"] is None
