"""Books balance to the last man, every week, in any valid scenario; both ways agree in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acts import as_table
from bookkeeping import assert_same, check_week, live_rows
from ebbtide.model import Insurgency
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario, load_policy
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.schema.groups import OF_ATTACKS
from ebbtide.world.codes import Slot

WEEKS = 12
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SUMS_TO_ONE = ".share"
SMALLER = {"men": 500.0, "population": 1e7}  # so that a week stays short
MOST_TAKEN = 0.1  # men taken by force, for each fighter and week
LARGEST = 1e5  # where a range has no end


def overridable(scenario: Scenario) -> list[str]:
    """Quantities that may be set one by one and leave the scenario valid."""
    founded = {event.group for event in scenario.file.events.values() if event.kind == "founding"}
    at_start = ("fighters", "foreigners")  # of whom a group that is founded later has none
    fixed = {f"groups.{name}.{said}" for name in founded for said in at_start}
    simple = [name for name, group in scenario.file.groups.items() if group.dynamics == "simple"]
    fixed |= {f"groups.{name}.{said}" for name in simple for said in OF_ATTACKS}
    return [
        path
        for path in scenario.quantities
        if path not in fixed and not (".factions." in path and path.endswith(SUMS_TO_ONE))
    ]


@st.composite
def overrides(draw: st.DrawFn, scenario: Scenario) -> dict[str, Any]:
    """Some quantities anywhere in their allowed range, its ends among them; some rules off."""
    found: dict[str, Any] = {}
    for path in draw(st.lists(st.sampled_from(overridable(scenario)), max_size=40, unique=True)):
        low, high = scenario.quantities[path].bounds
        high = min(high, SMALLER.get(scenario.quantities[path].unit, LARGEST))
        high = MOST_TAKEN if path.endswith(".abduction") else high
        found[path] = draw(st.one_of(st.sampled_from([low, high]), st.floats(low, high)))
    for name in draw(st.lists(st.sampled_from(sorted(MECHANISMS)), max_size=3, unique=True)):
        found[f"rules.{name}.on"] = False
    return found


@st.composite
def acts(draw: st.DrawFn, scenario: Scenario) -> str:
    """A policy of a few acts of any kind, as a file."""
    groups, forces = scenario.file.groups, scenario.file.forces
    share = st.floats(0, 1)
    tables = ['title = "drawn"']
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(list(LEVERS)))
        lever = LEVERS[kind]
        start = scenario.dates[draw(st.integers(0, WEEKS - 2))]
        whole = st.sampled_from([0.0, 1.0])
        strength = draw(whole if lever.all_or_nothing else share)
        act = {"kind": kind, "start": start, "strength": strength}
        names = st.sampled_from(list(groups))
        against = draw(st.lists(names, min_size=1, max_size=2, unique=True))
        force = draw(st.sampled_from(list(forces)))
        reached = [*forces[force].places, *scenario.places_in(forces[force].places)]
        drawn: dict[str, Any] = {
            "force": force,
            "against": against,
            "places": draw(st.lists(st.sampled_from(reached), min_size=1, unique=True)),
            "rival": draw(st.sampled_from([name for name in groups if name not in against])),
            "post": draw(st.integers(1, min(groups[name].posts for name in against))),
            "stop": max(start, scenario.dates[1]) + dt.timedelta(weeks=draw(st.integers(1, WEEKS))),
            **{aim: draw(share) / 3 for aim in lever.aims},
        }
        if {"embers"} in ({*against}, {drawn["rival"]}):  # founded early: it must be there
            drawn["stop"] = start + dt.timedelta(weeks=WEEKS)
        act |= {key: drawn[key] for key in lever.keys if key in lever.needs or draw(st.booleans())}
        tables.append(as_table(f"a{number}", act))
    return "\n".join(tables)


def drawn_model(data: st.DataObject, scenario: Scenario, folder: Path) -> Callable[..., Insurgency]:
    """A model of drawn overrides, policy and seed; it can be built as often as needed."""
    changed = scenario.with_overrides(data.draw(overrides(scenario)))
    path = folder / "drawn.toml"
    path.write_text(data.draw(acts(scenario)), encoding="utf-8")
    policy = load_policy(path, changed)
    seed = data.draw(st.integers(-(1 << 70), 1 << 70))
    return lambda **more: Insurgency(changed, rng=seed, policy=policy, **more)


@FEW
@given(data=st.data())
def test_books_balance_in_any_valid_scenario(
    data: st.DataObject, busy: Scenario, tmp_path: Path
) -> None:
    model = drawn_model(data, busy, tmp_path)()
    for _ in range(WEEKS):
        model.step()
        check_week(model)


@FEW
@given(data=st.data())
@pytest.mark.slow
def test_both_ways_agree_in_any_valid_scenario(
    data: st.DataObject, busy: Scenario, tmp_path: Path
) -> None:
    build = drawn_model(data, busy, tmp_path)
    compiled, agents = build(), build(agents_way=True)
    for _ in range(WEEKS // 2):
        compiled.step()
        agents.step()
    assert_same(compiled.state, agents.state)


def test_the_busy_scenario_is_busy(busy: Scenario) -> None:
    model = Insurgency(busy, rng=5)
    for _ in range(WEEKS):
        model.step()
        check_week(model)
    happened = model.series().drop(columns=["date", "group"]).sum()
    seen = ("founding", "local_poor", "like_minded", "foreign", "allies", "switched", "forced")
    assert (happened[[f"entries_{kind}" for kind in seen]] > 0).all()


@pytest.mark.parametrize(
    "scenario", ["minimal", "thinned", pytest.param("khorasan", marks=pytest.mark.slow)]
)
def test_books_balance_in_shipped_scenarios(scenario: str, request: pytest.FixtureRequest) -> None:
    model = Insurgency(request.getfixturevalue(scenario), rng=0)
    while model.running:
        model.step()
        check_week(model)


def test_recruits_outgrow_the_columns(minimal: Scenario) -> None:
    crowded = minimal.with_overrides(
        {"groups.league.fighters": 40, "groups.league.foreign": 400, "groups.embers.foreign": 400}
    )
    model, roomy = Insurgency(crowded, rng=1), Insurgency(crowded, rng=1)
    first = len(model.state.fighter_id)
    roomy.make_room(50_000)
    for _ in range(60):
        model.step()
        roomy.step()
        check_week(model)
    assert model.state.rows[Slot.USED] > 2 * first
    assert len(roomy.state.fighter_id) >= 50_000
    rows = live_rows(model.state)
    assert (rows == live_rows(roomy.state)).all()
    for name in model.state.declared:
        if name.startswith("fighter_"):
            assert (getattr(model.state, name)[rows] == getattr(roomy.state, name)[rows]).all()
    assert (model.state.series.flat == roomy.state.series.flat).all()


def test_a_scenario_with_the_least_it_can_hold(written: Callable[..., Scenario]) -> None:
    lone = written(
        """
extends = "parameters.toml"
title = "Alone"
start = 2001-01-07
end = 2001-07-01
policy = "policies/nothing.toml"
[places.valley]
name = "Valley"
country = "XB"
lon = 0
lat = 0
population = 1
districts = 1
poverty = 0
cover = 0
local_institutions = 0
sympathy = 0
city = 0
[groups.hermits]
name = "The Hermits"
dynamics = "full"
fighters = 1
places = { valley = 1 }
supporters = 0
belief = 0
outsider = 0
pay = 0
money = 0
crime = 0
brand = 0
media = 0
cohesion = 0
standing = 0
posts = 1
recruitment = 0
foreign = 0
attacks = 0
"""
    )
    model = Insurgency(lone, rng=1)
    while model.running:
        model.step()
        check_week(model)
