"""Civilians flee by whom fighting harms where they live, come home as it calms, and change nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ebbtide.model import Insurgency
from ebbtide.rules import displacement
from ebbtide.scenario import Scenario, load_policy
from ebbtide.scenario.quantity import measure_of
from ebbtide.scenario.schema.places import Place

MOST_PEOPLE = measure_of(Place.model_fields["population"]).high
NEW = ["civilians_displaced", "civilians_away"]
QUIET = {f"rules.{mechanism}.on": False for mechanism in ("attacks", "targeting", "rivalry")}
people = st.floats(1, MOST_PEOPLE)


@given(
    people,
    st.lists(st.tuples(st.floats(0, 1), st.lists(st.integers(0, 500), min_size=3, max_size=3))),
    st.floats(0, 1e4), st.floats(0.01, 1e3), st.floats(0, 1),
)  # fmt: skip
def test_who_fled_and_has_not_returned_is_away_and_nobody_is_away_twice(
    population: float,
    weeks: list[tuple[float, list[int]]],
    flight: float,
    flight_half: float,
    homecoming: float,
) -> None:
    """Week by week, of three fights in one place, with any harm and any numbers."""
    away, fled_in_all, returned_in_all = np.zeros(3), np.zeros(3), np.zeros(3)
    for _, harmed in weeks:
        here = float(sum(harmed))
        fear = displacement.fear(here, population, flight_half)
        home = displacement.at_home(population, away.sum())
        fleeing = displacement.fleeing(home, here, population, fear, flight)
        fled = [displacement.fleeing_this_fight(fleeing, float(own), here) for own in harmed]
        returned = [displacement.coming_home(each, fear, homecoming) for each in away]
        assert sum(fled) == pytest.approx(fleeing)
        assert fleeing <= home
        fled_in_all += fled
        returned_in_all += returned
        away = np.array(list(map(displacement.next_away, away, fled, returned)))
        assert (away >= 0).all()
        assert away.sum() <= population * (1 + 1e-9)
    assert away == pytest.approx(fled_in_all - returned_in_all, abs=1e-6 * population)


@given(people, st.floats(0.1, 1), st.integers(1, 250), st.floats(0.01, 1e3))
def test_low_violence_hardly_moves_people(
    population: float, at_home: float, harmed: int, flight_half: float
) -> None:
    """While few of all flee, twice the harm moves more than twice as many."""
    assume(displacement.fear(harmed, population, flight_half) <= 0.5)
    flight = 1e-4 * population / harmed  # that one in a thousand flees at most

    def fleeing(harmed: float) -> float:
        fear = displacement.fear(harmed, population, flight_half)
        return displacement.fleeing(at_home * population, harmed, population, fear, flight)

    assert fleeing(2.0 * harmed) >= 2.6 * fleeing(harmed) > 0


def lived(scenario: Scenario, **stated: object) -> pd.DataFrame:
    model = Insurgency(scenario, rng=3, **stated)
    model.run_until_end()
    return model.series()


def test_without_fighting_nobody_flees(minimal: Scenario) -> None:
    assert lived(minimal).civilians_displaced.sum() > 0
    quiet = lived(minimal, **QUIET)
    assert not quiet[["civilians_harmed", "civilians_harmed_by_forces", "exits_killed"]].any().any()
    assert not quiet[NEW].any().any()


def test_flight_changes_nothing_else(minimal: Scenario) -> None:
    """Whatever becomes of civilians, every other number is the same to the last bit."""
    without = lived(minimal, **{"rules.displacement.flight": 0})
    with_all = {"rules.displacement.flight": 1e4, "rules.displacement.flight_half": 0.01}
    everybody = lived(minimal, **with_all)
    assert not without[NEW].any().any()
    assert everybody.civilians_away.max() > 1e5
    pd.testing.assert_frame_equal(without.drop(columns=NEW), everybody.drop(columns=NEW))


def test_who_fled_comes_home_when_it_is_calm(minimal: Scenario) -> None:
    """A share of those away each week, from the week on in which nobody is harmed any more."""
    share = 0.1
    model = Insurgency(minimal, rng=3, **{"rules.displacement.homecoming": share})
    model.run_until(40)
    state = model.state
    away = state.away.sum()
    assert away > 0
    for column in (state.men, state.fighter_id):  # nobody is left to fight
        column[...] = 0
    model.step()  # the last who are hit were counted before
    calm = []
    for _ in range(5):
        model.step()
        assert not state.fled.any()
        calm.append(state.away.sum())
    assert calm[1:] == pytest.approx([each * (1 - share) for each in calm[:-1]])


def test_fights_between_groups_drive_people_out_too(written: Callable[..., Scenario]) -> None:
    """Men who fall to rivals count in their own group's fight, whichever side harms whom."""
    scenario = written(RIVALS)
    calm = {key: on for key, on in QUIET.items() if "rivalry" not in key}
    at_war = lived(scenario, **calm).groupby("group").civilians_displaced.sum()
    assert (at_war > 0).all()
    assert not lived(scenario, **QUIET).civilians_displaced.any()


@pytest.mark.parametrize("seed", [1, 2])
def test_while_forces_keep_quiet_fewer_flee_the_shipped_world(
    khorasan: Scenario, seed: int
) -> None:
    """In the first year of operations against the group; what a group left alone does comes later."""
    displaced = {}
    for policy in ("record", "nothing"):
        model = Insurgency(khorasan, rng=seed, policy=load_policy(policy, khorasan))
        model.run_until(khorasan.week_of(dt.date(2015, 12, 31)))
        weeks = model.series().query("date >= '2015-01-01'")
        own = weeks[weeks.group == khorasan.focus]
        displaced[policy] = own.civilians_displaced.sum(), weeks.civilians_displaced.sum()
    quiet, at_war = displaced["nothing"], displaced["record"]
    assert 0 < quiet[0] < 0.75 * at_war[0]  # from the fight with the group
    assert quiet[1] < 0.9 * at_war[1]  # from all fights


RIVALS = """
extends = "minimal.toml"
policy = "policies/nothing.toml"
[groups.embers]
attacks = 0
hostility = { shepherds = 1 }
[groups.shepherds]
name = "shepherds"
dynamics = "full"
fighters = 4000
places = { highland = 1 }
supporters = 1
belief = 0.4
outsider = 0.3
pay = 180
money = 500
crime = 300
brand = 0.3
media = 0
cohesion = 0.5
standing = 0.5
posts = 2
recruitment = 1
foreign = 0
attacks = 0
source = "invented"
"""
