"""Men and goods taken by force: how many, how they grow, what they cost, and that nothing is without."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

from .worlds import ERRORS, only, world

WEEKS, EACH, FIT = 60, 0.02, 0.1
TAKING = {
    "predation__fit": FIT, "predation__taking_weight": 5, "predation__looting_weight": 2,
}  # fmt: skip


def lived(scenario: Scenario, *rules: str, rng: int = 1, **numbers: float) -> Insurgency:
    model = Insurgency(scenario, rng=rng, **only("predation", *rules, **TAKING, **numbers))
    model.run_until_end()
    return model


def test_men_are_taken_by_each_fighter_until_nobody_is_left(
    written: Callable[..., Scenario],
) -> None:
    """`dn/dt = each * n` while many are left, and never more than are fit."""
    people, men = 1e6, 1000
    band = {"fighters": men, "abduction": EACH}
    model = lived(written(world(WEEKS, {"band": band}, {"population": people})))
    series = model.series()
    taken, expected = 0.0, 0.0
    for now in series["fighters"].to_numpy()[:-1]:
        left = FIT * people - taken
        week = left * (1 - np.exp(-EACH * now / left))
        taken, expected = taken + week, expected + week
    found = series["entries_forced"].sum()
    assert abs(found - expected) < ERRORS * np.sqrt(expected)
    assert (series["fighters"] == men + series["fighters_forced"]).all()
    few = lived(written(world(200, {"band": {**band, "abduction": 0.5}}, {"population": 20_000})))
    assert few.series()["fighters_forced"].iloc[-1] == pytest.approx(FIT * 20_000, rel=0.02)


def test_pressure_keeps_men_from_being_taken_but_not_in_held_ground(
    written: Callable[..., Scenario],
) -> None:
    band = {"fighters": 1000, "abduction": EACH}
    scenario = written(world(1, {"band": band}, {"population": 1e7}))
    taken = {}
    for held in (0.0, 1.0):
        model = Insurgency(scenario, rng=3, **only("predation", **TAKING))
        model.state.held[:] = held
        for phase in ("feel_the_ground", "take_by_force"):
            act = next(each for each in model.extensions.week.phases if each.name == phase).act
            act(model.world.compiled, model.parameters.compiled, model.state.compiled, 1, 0)
            model.state.pressure[:] = 1.0
        taken[held] = model.state.intake.sum()
    assert taken[0.0] == 0
    assert taken[1.0] == pytest.approx(1000 * EACH, rel=0.5)


def test_loot_is_money_in_the_week_after_and_costs_support_where_people_are_robbed(
    written: Callable[..., Scenario],
) -> None:
    """In attacks on state forces as in those on civilians; the people of the place lose by these alone."""
    loot = 3.0
    band = {"fighters": 1000, "attacks": 20, "loot": loot}
    support = {}
    for target, leaning in (("state", -20), ("civilians", 20)):
        scenario = written(world(WEEKS, {"band": {**band, "civilian_targeting": leaning}}))
        model = lived(
            scenario, "attacks", "support", attacks__mounted_least=0.1, attacks__mounted_exponent=5,
            attacks__men_lost=0, attacks__price=0, attacks__soft_tendency=0, attacks__soft_weight=0,
            support__own_harm_weight=0.001,
        )  # fmt: skip
        series = model.series()
        attacks = series[f"attacks_{target}"].to_numpy()
        assert attacks.sum() > 500
        assert attacks.sum() == series[["attacks_state", "attacks_civilians"]].to_numpy().sum()
        assert not series["civilians_harmed"].any()
        assert series["income_loot"].to_numpy()[1:] == pytest.approx(loot * attacks[:-1])
        support[target] = series["support"].iloc[-1]
    assert support["state"] == pytest.approx(model.world.usual_support[0, 0])
    assert support["civilians"] < support["state"] - 0.05


def test_men_taken_cost_support_as_harm_does(written: Callable[..., Scenario]) -> None:
    """One man taken as `taking_weight` people harmed."""
    people, weight = 1e6, 0.002
    band = {"fighters": 1000, "abduction": EACH}
    model = lived(
        written(world(2, {"band": band}, {"population": people})),
        "support", support__own_harm_weight=weight, support__mending=0, support__kin_blame=1,
        support__heard=1,
    )  # fmt: skip
    taken = model.series()["entries_forced"].to_numpy()[1]
    before, after = model.series()["support"].to_numpy()[1:]
    assert taken > 0
    assert after == pytest.approx(before * np.exp(-weight * 5 * taken / people * 1e5))


def test_who_takes_nobody_meets_the_same_luck(busy: Scenario) -> None:
    """What one group takes by force is drawn beside all other draws, and without it nothing is."""
    kept = {"rules.predation.on": True}
    nil = {"groups.league.abduction": 0, "groups.league.loot": 0}
    series = []
    for stated in (kept, nil, {**nil, "rules.predation.on": False}):
        model = Insurgency(busy, rng=5, **stated)
        model.run_until(20)
        series.append(model.series())
    usual, without, off = series
    assert without.equals(off)
    assert not without["entries_forced"].any()
    first = usual["date"] == usual["date"].unique()[1]
    assert usual["entries_forced"][first].sum() > 0
    volunteers = ["entries_local_poor", "entries_like_minded", "entries_foreign"]
    assert usual[first][volunteers].equals(without[first][volunteers])
