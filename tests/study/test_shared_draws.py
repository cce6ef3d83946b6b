"""Priors of one path through time share a draw: a run's centre is bad, middling or good throughout."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.scenario.summary import key_lines
from ebbtide.study import points
from ebbtide.study.design import Design

from .worlds import ToyScenario

DATES = ("2001-06-03", "2002-01-06", "2003-03-02")
HEALTH = [f"centres.capital.health.{date}" for date in DATES]
FALLS = """
extends = "minimal.toml"
title = "A centre that may fall"
policy = "policies/nothing.toml"
[centres.capital]
name = "The capital"
brand = 0.8
health = { 2001-01-07 = 0.9, 2001-06-03 = { prior = "logitnormal", low = 0.1, high = 0.8 }, \
2002-01-06 = { prior = "logitnormal", low = 0.05, high = 0.75 }, \
2003-03-02 = { prior = "uniform", low = 0.01, high = 0.5 } }
[groups.embers]
centre = "capital"
centre_money = 10
"""
REPLICATIONS = 200


@pytest.fixture(scope="module")
def falling(written: Callable[..., Scenario]) -> Scenario:
    return written(FALLS)


def test_all_dates_of_a_run_stand_at_one_quantile(falling: Scenario) -> None:
    """Of a run that has a date's n-th lowest value every other date is the n-th lowest too."""
    runs = list(Design(falling, ("p",), REPLICATIONS, 3))
    orders = [np.argsort([run.values[path] for run in runs]).tolist() for path in HEALTH]
    assert orders[0] == orders[1] == orders[2]
    assert {falling.draws[path] for path in HEALTH} == {"centres.capital.health"}
    pay = np.argsort([run.values["groups.embers.pay"] for run in runs]).tolist()
    assert pay != orders[0]
    assert falling.draws["groups.embers.pay"] == "groups.embers.pay"


@pytest.mark.slow
def test_a_centre_that_has_fallen_stays_fallen(falling: Scenario) -> None:
    fell = 0
    for run in Design(falling, ("p",), REPLICATIONS, 1):
        model = Insurgency(falling.with_overrides(run.values), rng=run.seed)
        health = model.world.centre_health[:, 0]
        under = np.flatnonzero(health < 0.2)
        fell += under.size > 0
        assert under.size == 0 or (health[under[0] :] < 0.2).all()
    assert 20 < fell < REPLICATIONS  # the claim is not empty


def test_medians_and_single_dates_are_as_without_a_shared_draw(falling: Scenario) -> None:
    medians = {path: falling.quantities[path].quantile(0.5) for path in HEALTH}
    (fixed,) = Design(falling, ("p",), 1, 3, fixed=True)
    assert {path: fixed.values[path] for path in HEALTH} == medians
    one_set = falling.with_overrides({HEALTH[1]: 0.33})
    (before,), (after,) = (Design(s, ("p",), 1, 3) for s in (falling, one_set))
    assert HEALTH[1] not in after.values
    assert one_set.quantities[HEALTH[1]].median == 0.33
    assert all(after.values[path] == before.values[path] for path in after.values)


def test_a_shared_draw_is_told_with_its_keys(falling: Scenario) -> None:
    told = [line for line in key_lines(falling) if "centres.capital.health" in line]
    assert ["at one quantile in all of centres.capital.health" in line for line in told] == [
        False, True, True, True,
    ]  # fmt: skip


def test_quantities_with_one_draw_get_one_probability() -> None:
    scenario = ToyScenario({"a": None, "b": None, "c": None}, {"a": "path", "b": "path"})
    for run in Design(scenario, ("p",), 20, 5):
        assert run.values["a"] == run.values["b"] != run.values["c"]


@pytest.mark.parametrize("kind", ["grid", "random", "latin_hypercube", "sobol"])
def test_varied_priors_of_one_draw_move_together(falling: Scenario, kind: points.Layout) -> None:
    axes = {p: points.of_prior(falling.quantities[p], falling.draws[p]) for p in HEALTH}
    axes["b"] = points.of_range(0, 1)
    laid = points.lay(kind, axes, 8, 1)
    assert len(laid) == points.count(kind, axes, 8) == (64 if kind == "grid" else 8)
    assert [list(point) for point in laid] == [list(axes)] * len(laid)
    for one, other in pairwise(sorted(laid, key=lambda point: point[HEALTH[0]])):
        assert all(one[path] <= other[path] for path in HEALTH)
