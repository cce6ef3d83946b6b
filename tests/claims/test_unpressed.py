"""A year that nobody presses: what growth alone makes of a group."""

from __future__ import annotations

import datetime as dt

import pytest

import ebbtide as eb
from ebbtide.claims.trials import Trials, live
from ebbtide.claims.unpressed import unpressed, years_of
from ebbtide.scenario import Scenario
from ebbtide.study.executor import executor
from ebbtide.world.codes import Hazard

DRAWS = 10


@pytest.fixture(scope="module")
def minimal() -> Scenario:
    return eb.load("minimal")


def test_nothing_presses_and_men_are_counted_after_a_year(minimal: Scenario) -> None:
    world = unpressed(minimal)
    assert world.policy.file.acts == {}
    on = world.scenario.rules_on
    pressing = {name for hazard in Hazard for name in hazard.fate.by_others}
    own = {name for hazard in Hazard for name in hazard.fate.by_itself} - pressing
    assert not any(on[name] for name in pressing)
    assert all(on[name] for name in own)
    model = eb.Insurgency(world.scenario, rng=7, policy=world.policy)
    model.run_until(world.weeks)
    series = model.series()
    lost = ["exits_killed_by_rivals", "exits_captured", "exits_killed"]
    pressed = eb.Insurgency(minimal, rng=7)
    pressed.run_until(world.weeks)
    assert (pressed.series()[lost].sum() > 0).all()
    assert series[lost[:2]].to_numpy().sum() == 0
    assert not model.force_series()["men_killed"].any()
    numbers = world.numbers(7, {})
    for group in minimal.file.groups:
        own = series[series["group"] == group].set_index("date")["fighters"]
        first = minimal.week_of(minimal.there_from(group))
        grown = own.iloc[first + 52] / own.iloc[first]
        assert numbers[f"unpressed.{group}"] == pytest.approx(grown)


def test_years_are_told_by_group_over_draws(minimal: Scenario) -> None:
    trials = Trials({"alone": unpressed(minimal)}, DRAWS, 1)
    [drawn] = live(trials, executor(trials, 1), lambda now: None).values()
    years = years_of(minimal, drawn)
    assert [year.group for year in years] == [group.name for group in minimal.file.groups.values()]
    for year, group in zip(years, minimal.file.groups, strict=True):
        assert year.last - year.first == dt.timedelta(weeks=52)
        assert year.growth.median == pytest.approx(drawn[f"unpressed.{group}"].median())
