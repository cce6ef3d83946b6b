"""What a scenario states stands in the columns on the first day."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.engine.assembly.rows import apportion
from ebbtide.engine.phases.leaders import FIRST_LATER_ID
from ebbtide.model import Insurgency
from ebbtide.scenario import Faults, Scenario
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Group
from ebbtide.scenario.schema.places import Place
from ebbtide.study.design import Design
from ebbtide.world.codes import Slot


@given(st.integers(0, 10**6), st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=30))
def test_men_are_split_to_the_last_man_and_to_within_one(total: int, weights: list[float]) -> None:
    counts = apportion(total, weights)
    assert sum(counts) == total
    for count, weight in zip(counts, weights, strict=True):
        assert abs(count - total * weight / sum(weights)) < 1 + 1e-6


def test_ties_go_to_the_first() -> None:
    assert apportion(5, [1, 1, 1]) == [2, 2, 1]


@pytest.mark.parametrize("scenario", ["minimal", "khorasan"])
def test_men_stand_where_the_scenario_says(scenario: str, request: pytest.FixtureRequest) -> None:
    loaded: Scenario = request.getfixturevalue(scenario)
    model = Insurgency(loaded, rng=1)
    for row, (name, group) in enumerate(loaded.file.groups.items()):
        first, last = model.world.group_start[row : row + 2]
        men = model.state.men[first:last]
        assert men.sum() == round(group.fighters.median) == model.groups[row].size
        homes = [set(f.places or group.places) for f in group.factions.values()]
        homes = homes or [set(group.places)]
        for faction, places in zip(men, homes, strict=True):
            present = {model.place_names[p] for p in np.nonzero(faction)[0]}
            assert present <= places, name


ANSWERS = [
    (table, name)
    for table, kind in (("places", Place), ("groups", Group), ("forces", Force))
    for name, field in kind.model_fields.items()
    if field.annotation is bool
]


@pytest.mark.parametrize(("table", "name"), ANSWERS)
def test_an_answer_stands_in_a_column_of_its_name(
    khorasan: Scenario, table: str, name: str
) -> None:
    """As a quantity does, without a line of the engine's."""
    said = [getattr(entry, name) for entry in getattr(khorasan.file, table).values()]
    column = getattr(Insurgency(khorasan, rng=1).world, name)
    assert column.tolist() == said
    assert {True, False} == {*said}
    assert column.dtype == np.uint8


UNCERTAIN_CAMPS = """
extends = "minimal.toml"
[groups.league.places]
highland = { prior = "lognormal", low = 1, high = 9, unit = "weight", source = "guess: invented" }
lowland = 1
[groups.league.factions.restless]
places = { highland = 1, lowland = { prior = "lognormal", low = 0.25, high = 4 } }
[events.embers-founded.places]
highland = { prior = "lognormal", low = 0.5, high = 2 }
lowland = 2
"""


def test_a_weight_by_place_is_drawn_as_any_quantity(written: Callable[..., Scenario]) -> None:
    """Men stand by the weights that a run draws; at the medians as by the medians as numbers."""
    scenario = written(UNCERTAIN_CAMPS)
    of_group, of_faction = "groups.league.places", "groups.league.factions.restless.places"
    founded = "events.embers-founded.places"
    drawn = {f"{of_group}.highland", f"{of_faction}.lowland", f"{founded}.highland"}
    assert drawn <= scenario.uncertainties.keys()
    as_drawn = Insurgency(scenario, rng=1)
    runs = Design(scenario, (scenario.policy.id,), 2, 1)
    assert all(drawn <= run.values.keys() for run in runs)
    medians = {path: scenario.medians()[path] for path in drawn}
    assert sorted(medians.values()) == pytest.approx([1, 1, 3])
    certain = Insurgency(scenario.with_overrides(medians), rng=1)
    assert (as_drawn.state.men == certain.state.men).all()
    moved = Insurgency(scenario, **dict.fromkeys(drawn, 4))
    loyal, restless = moved.state.men[:2]
    assert loyal[1] == pytest.approx(loyal.sum() / 5, abs=1)
    assert restless[1] == pytest.approx(restless.sum() * 4 / 5, abs=1)
    gathered = moved.world.event_places[list(scenario.file.events).index("embers-founded")]
    assert gathered == pytest.approx([4 / 6, 2 / 6])


def test_borders_are_seen_from_both_sides_and_near_is_near(khorasan: Scenario) -> None:
    world = Insurgency(khorasan, rng=1).world
    ends = np.repeat(np.arange(world.places), np.diff(world.border_start))
    pairs = set(zip(ends.tolist(), world.border_to.tolist(), strict=True))
    assert len(pairs) == len(ends) == 2 * len(khorasan.file.borders)
    assert {(q, p) for p, q in pairs} == pairs
    assert ((world.border_nearness > 0) & (world.border_nearness < 1)).all()


def test_the_distance_of_a_degree_of_latitude(minimal: Scenario) -> None:
    """The two invented provinces lie 1 degree, 111.2 km, apart on one meridian."""
    (length,) = (border.length.median for border in minimal.file.borders.values())
    overrides = {"rules.displacement.length": 100, "rules.displacement.half_border": length}
    world = Insurgency(minimal, **overrides).world
    assert -100 * np.log(2 * world.border_nearness) == pytest.approx([111.19] * 2, abs=0.01)


def test_the_health_of_a_centre_is_linear_between_its_dates(busy: Scenario) -> None:
    health = Insurgency(busy, rng=1).world.centre_health[:, 0]
    np.testing.assert_allclose(health[:9], np.linspace(0.9, 0.2, 9))
    assert (health[9:] == health[8]).all()


def test_a_group_founded_later_does_not_stand_yet(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=1)
    standing = {group.name: bool(model.state.founded[group.row]) for group in model.groups}
    assert standing == {"league": True, "embers": False}
    assert model.series().set_index("group").leaders.to_dict() == {"league": 6, "embers": 0}


def test_ground_of_the_first_day_is_held_as_stated_and_lived_on_from(
    written: Callable[..., Scenario],
) -> None:
    def taxes(held: float) -> float:
        stated = f'extends = "minimal.toml"\n[groups.league]\nheld = {{ highland = {held} }}\n'
        model = Insurgency(written(stated), rng=1)
        places, districts = model.places([0]).set_index(["group", "place"]), model.world.districts
        assert model.state.held.tolist() == [[held, 0.0], [0.0, 0.0]]
        assert places.districts_held["league", "highland"] == round(held * districts[0])
        model.step()
        return float(model.series().query("group == 'league'")["income_taxes"].iloc[-1])

    assert taxes(0.0) == 0.0 < taxes(0.25) < taxes(0.5)


@pytest.mark.parametrize("key", ["groups.league.fighters", "events.embers-founded.men"])
def test_more_men_than_ids_have_room_for_are_refused(minimal: Scenario, key: str) -> None:
    with pytest.raises(Faults, match=rf"{key}.*at most 4194304"):
        Insurgency(minimal, **{key: 9e6})


def test_rows_of_the_start_stand_in_the_order_of_ids(khorasan: Scenario) -> None:
    """Which `leaders.longest_serving` counts on; all later ids are higher."""
    state = Insurgency(khorasan, rng=1).state
    ids = state.fighter_id[: state.rows[Slot.USED]]
    assert ids.size > 0
    assert (np.diff(ids) > 0).all()
    assert ids[0] > 0
    assert ids[-1] < FIRST_LATER_ID
