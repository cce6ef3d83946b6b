"""Where men are: sent to their base, recruited on held ground, pressed, driven out, drawn home, seen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from ebbtide.engine import borders, service
from ebbtide.model import Insurgency
from ebbtide.rules import MECHANISMS, displacement, territory
from ebbtide.scenario import Scenario
from ebbtide.world.codes import Kind

HIGHLAND, LOWLAND = 0, 1
TWO_CAMPS = """
extends = "minimal.toml"
policy = "policies/nothing.toml"
[groups.shepherds]
name = "shepherds"
dynamics = "full"
fighters = 400
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
[groups.smugglers]
name = "smugglers"
dynamics = "full"
fighters = 60
places = { lowland = 1 }
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
[groups.shepherds.allies.smugglers]
men = 20
money = 0
lifeline = false
source = "invented"
"""


def alone(*rules: str) -> dict[str, object]:
    """Overrides that leave only these rules on."""
    return {f"rules.{rule}.on": False for rule in MECHANISMS if rule not in rules}


def rows(model: Insurgency, *groups: str) -> list[int]:
    """Groups by row; shepherds and smugglers have one faction, which is the whole group."""
    return [list(model.scenario.file.groups).index(name) for name in groups]


def men(model: Insurgency, group: str) -> np.ndarray:
    """A group's men by place."""
    g = rows(model, group)[0]
    return model.state.men[model.world.group_start[g]]


@pytest.mark.parametrize("stay", [0.0, 0.5, 1.0])
def test_men_whom_allies_give_go_to_the_group_but_for_those_who_stay(
    written: Callable[..., Scenario], stay: float
) -> None:
    model = Insurgency(
        written(TWO_CAMPS), rng=1, **alone("alliances"), **{"rules.alliances.stay": stay}
    )
    for _ in range(4):
        model.step()
    given = model.state.enlisted[rows(model, "shepherds")[0], Kind.ALLIES]
    assert given.sum() > 50
    if stay in (0.0, 1.0):
        assert given[LOWLAND] == stay * given.sum()
    else:
        assert (given > 20).all()
    assert men(model, "shepherds")[LOWLAND] == given[LOWLAND]


def test_a_force_presses_wherever_it_operates(written: Callable[..., Scenario]) -> None:
    model = Insurgency(written(TWO_CAMPS), rng=1)
    model.step()
    state = model.state
    assert (state.group_men[rows(model, "shepherds", "smugglers")] == 0).any(axis=1).all()
    weight = model.parameters.displacement_effort_weight
    routine = model.world.routine[0] * state.attention_paid[0]
    awaiting = np.array([displacement.pressure(effort, 0.0, weight) for effort in routine])
    for p in (HIGHLAND, LOWLAND):
        nobody = state.group_men[:, p] == 0
        assert state.force_pressure[0, nobody, p] == pytest.approx(awaiting[nobody])
        assert (state.force_pressure[0, ~nobody, p] < awaiting[~nobody]).all()
    assert (state.force_pressure > 0).all()


def test_a_force_of_next_to_nothing_presses_nobody(written: Callable[..., Scenario]) -> None:
    def pressed(capacity: float) -> float:
        model = Insurgency(written(TWO_CAMPS), rng=1, **{"forces.garrison.capacity": capacity})
        model.step()
        return float(model.state.force_pressure[0][model.state.group_men > 0].max())

    assert pressed(1e-6) < 1e-2 * pressed(1e4)


@pytest.mark.parametrize("where", ["highland", "XA"])
def test_men_are_driven_to_where_those_who_press_cannot_follow(
    written: Callable[..., Scenario], where: str
) -> None:
    """What drives men over a border grows by its weight where the force has no business there."""

    def driven(weight: float) -> float:
        model = Insurgency(
            written(TWO_CAMPS + f'[forces.garrison]\nplaces = ["{where}"]\n'),
            rng=1,
            **alone("displacement", "targeting"),
            **{"rules.displacement.sanctuary_weight": weight},
        )
        model.state.pressure[:] = 0.0
        model.state.force_pressure[0, :, HIGHLAND] = 0.5
        model.state.pressure[:, HIGHLAND] = 0.5
        shepherds = rows(model, "shepherds")[0]
        ends = model.world.compiled, model.parameters.compiled, model.state.compiled
        world, _, state = ends
        sanctuary = borders.sanctuary_along(world, state, shepherds, HIGHLAND, 0)
        return float(borders.away_along(*ends, shepherds, HIGHLAND, 0, sanctuary))

    assert driven(0.0) > 0.0
    assert driven(4.0) == pytest.approx(driven(0.0) * (5.0 if where == "highland" else 1.0))


def test_where_no_forces_reach_ends_all_that_presses_follows(khorasan: Scenario) -> None:
    """To the last bit: there no sanctuary is looked for."""
    model = Insurgency(khorasan, rng=1)
    model.run_until(120)
    world, state, followed = model.world, model.state, 0
    for p, (first, stop) in enumerate(pairwise(world.border_start)):
        for b in range(first, stop):
            for g in range(world.groups):
                here = state.pressure[g, p]
                presses = borders.following(
                    world.compiled, state.compiled, g, p, world.border_to[b]
                )
                assert presses == here or world.border_ends_reach[b] == 1
                followed += presses == here > 0
    assert followed
    assert world.border_ends_reach.any()


@pytest.mark.parametrize("driven_out", [True, False])
def test_who_is_driven_out_looks_for_safety_alone(
    written: Callable[..., Scenario], driven_out: bool
) -> None:
    """Held ground that is no safer draws men who come from there and move on, and nobody who flees."""
    model = Insurgency(written(TWO_CAMPS), rng=1)
    state, g = model.state, rows(model, "shepherds")[0]
    state.pressure[:] = 0.3
    row = int(np.flatnonzero(state.fighter_faction == model.world.group_start[g])[0])
    state.held[g] = [0.5, 0.0]
    service.go(state.compiled, 1, row, LOWLAND)
    service.go_on(
        model.world.compiled, model.parameters.compiled, state.compiled, 1, row, driven_out
    )
    assert state.fighter_place[row] == (LOWLAND if driven_out else HIGHLAND)


@pytest.mark.parametrize(("weight", "fled"), [(0.0, True), (10.0, True), (10.0, False)])
def test_men_come_home_to_held_ground(
    written: Callable[..., Scenario], weight: float, fled: bool
) -> None:
    """With no pressure anywhere men who left go back to what their group holds, if that draws them.

    Those of the other place stay: held ground is no home of theirs.
    """
    stated = "highland = 1" if fled else "highland = 3, lowland = 1"
    world = written(TWO_CAMPS.replace("highland = 1", stated))
    calm = {
        "forces.garrison.routine": 0,
        "rules.displacement.homing_weight": weight,
        "rules.displacement.rate": 1,
        "rules.territory.men_a_district": 50,
    }
    model = Insurgency(world, rng=1, **alone("displacement", "territory"), **calm)
    if fled:
        g = rows(model, "shepherds")[0]
        own = np.flatnonzero(model.state.fighter_faction == model.world.group_start[g])
        for row in own[:100]:
            service.go(model.state.compiled, 0, int(row), LOWLAND)
        model.state.group_men[g] = [300, 100]
    assert men(model, "shepherds").tolist() == [300, 100]
    away = men(model, "shepherds")[LOWLAND]
    for _ in range(60):
        model.step()
    held = model.state.held[rows(model, "shepherds")[0]]
    assert held[HIGHLAND] > held[LOWLAND] + 0.1
    left = men(model, "shepherds")[LOWLAND]
    assert left < 0.75 * away if weight and fled else left == away


def test_ground_frees_recruiters_and_nothing_else_as_much(
    written: Callable[..., Scenario],
) -> None:
    """Where nothing is held, recruits come by the part that is to be had without control."""
    joined = []
    for outside in (1.0, 0.1):
        model = Insurgency(
            written(TWO_CAMPS), rng=1, **alone("recruitment"),
            **{"rules.recruitment.outside": outside, "rules.recruitment.rate": 0.3,
               "rules.recruitment.absorption": 1},
        )  # fmt: skip
        for _ in range(8):
            model.step()
        assert not model.state.held.any()
        joined.append(model.series()[["entries_local_poor", "entries_like_minded"]].sum().sum())
    assert joined[0] > 500
    assert joined[1] < 0.2 * joined[0]


def test_supporters_won_by_media_alone_do_not_stand_for_presence(thinned: Scenario) -> None:
    model = Insurgency(thinned, rng=1)
    model.run_until("2015-09-27")
    places = model.places([model.week])
    now = places[places["group"] == "iskp"]
    deserted = now[now["fighters"] == 0]
    assert (deserted["affiliates"] > 0).any()
    assert (deserted["reported"] == 0).all()
    peopled = now[now["fighters"] > 0]
    assert (peopled["reported"] > 0).all()
    seen = 1 - np.exp(-peopled["affiliates"] / model.parameters.territory_unseen)
    assert (peopled["reported"] <= seen + 1e-6).all()
    series = model.series()
    told = series[series["group"] == "iskp"]["places_reported"].iloc[-1]
    assert told == pytest.approx(now["reported"].sum(), rel=1e-6)


def test_affiliates_in_sight_are_men_and_whom_they_drew() -> None:
    assert territory.in_sight(0, 400, 0) == 0
    assert territory.in_sight(10, 400, 25) == 35
    assert territory.in_sight(10, 5, 25) == 15


ISLAND = """
[places.island]
name = "Island"
country = "XA"
lon = 12
lat = 44
population = 90_000_000
districts = 9
poverty = 0.3
cover = 0.2
local_institutions = 0.3
sympathy = 0.1
city = 0.9
note = "invented"
[groups.shepherds.places]
highland = 99
island = 1
"""


def test_men_strike_the_cities_within_reach_of_them_however_many_live_elsewhere(
    written: Callable[..., Scenario],
) -> None:
    """A hundred people to one live on an island on which one man in a hundred stands."""
    scenario = written(TWO_CAMPS.replace("places = { highland = 1 }", "", 1) + ISLAND)
    every_attack = {
        **alone("attacks"),
        "groups.shepherds.attacks": 1000,
        "rules.attacks.reach": 1,
        "rules.attacks.network_speed": 1,
        "rules.attacks.men_lost": 0,
        "rules.attacks.people_power": 1,
    }
    model = Insurgency(scenario, rng=1, **every_attack)
    model.run_until(40)
    ours = model.places().query("group == 'shepherds'").groupby("place")["attacks"].sum()
    assert ours.sum() > 5000
    assert ours["highland"] == 0  # there is no city
    assert ours["island"] == pytest.approx(0.01 * ours.sum(), rel=0.4)
