"""What `world.codes.Hazard` declares of each fate is what the engine does."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from bookkeeping import live_rows
from ebbtide.engine import slices
from ebbtide.engine.phases import fates, risks
from ebbtide.engine.plain import plain
from ebbtide.model import Insurgency
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario
from ebbtide.world.codes import End, Hazard, Kind
from ebbtide.world.posts import NO_POST


@pytest.fixture
def pressed(busy: Scenario) -> Insurgency:
    """A world some weeks on, in which every hazard has what raises it."""
    model = Insurgency(busy, rng=3)
    model.run_until(6)
    state = model.state
    for column in (
        state.onslaught,
        state.caught,
        state.rival_hit,
        state.hit,
        state.drive,
        state.contact,
    ):
        column[:] = 0.5
    state.risk[:] = 0.01
    return model


def weighed(model: Insurgency) -> np.ndarray:
    """The hazards of all cells with men, cell by cell."""
    for g in range(model.world.groups):
        plain(risks.weigh_risks)(model.world, model.parameters, model.state, model.week, g)
    return model.state.hazards[model.state.men > 0].copy()


def bound(hazard: Hazard) -> str:
    return hazard.fate.bound.replace(".", "_")


def test_no_hazard_exceeds_its_bound(pressed: Insurgency) -> None:
    found = weighed(pressed)
    assert (found > 0).any(axis=0).all()
    for hazard in Hazard:
        assert found[:, hazard].max() <= getattr(pressed.parameters, bound(hazard))


def test_nobody_is_likelier_to_go_home_than_his_cell_says(thinned: Scenario) -> None:
    """What the cell says cuts every draw: none may lose by it, whoever he is."""
    model = Insurgency(thinned, rng=2, **{"groups.ttp.abduction": 0.01})
    model.run_until(110)
    weighed(model)
    state, seen = model.state, set()
    for row in live_rows(state).tolist():
        c, p = int(state.fighter_faction[row]), int(state.fighter_place[row])
        own = plain(fates.own_desertion)(
            model.parameters, state, model.week, row, int(model.world.faction_group[c]), p
        )
        assert 0.0 < own <= state.hazards[c, p, Hazard.DESERTION]
        seen |= {
            ("origin", int(state.fighter_origin[row])),
            ("leads", state.fighter_post[row] != NO_POST),
            ("new", model.week - state.fighter_since[row] < 26),
        }
    assert seen == {
        *(("origin", int(kind)) for kind in Kind),
        *((said, yes) for said in ("leads", "new") for yes in (False, True)),
    }


@pytest.mark.parametrize("hazard", [h for h in Hazard if h is not Hazard.FIRE])
def test_a_fate_whose_bound_is_nil_comes_for_nobody(hazard: Hazard, pressed: Insurgency) -> None:
    """The risk of fire is worked out phases before, from the same parameter."""
    before = weighed(pressed)
    setattr(pressed.parameters, bound(hazard), 0.0)
    after = weighed(pressed)
    assert not after[:, hazard].any()
    others = [other for other in Hazard if other.fate is not hazard.fate]
    np.testing.assert_array_equal(after[:, others], before[:, others])


@pytest.mark.parametrize("hazard", Hazard)
def test_a_fate_needs_its_mechanisms(hazard: Hazard, pressed: Insurgency) -> None:
    for mechanism in hazard.fate.needs:
        assert weighed(pressed)[:, hazard].any()
        setattr(pressed.parameters, f"{mechanism}_on", 0)
    assert not weighed(pressed)[:, hazard].any()


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_fire_needs_every_mechanism_that_has_men_hit(mechanism: str, khorasan: Scenario) -> None:
    """Each alone: what adds to `hit`, by forces, by rivals or in own attacks, is one of its needs."""
    model = Insurgency(khorasan, rng=1)
    for other in MECHANISMS:
        setattr(model.parameters, f"{other}_on", int(other == mechanism))
    hit = 0.0
    for _ in range(6):
        model.step()
        hit += model.state.hit.sum()
    assert (hit > 0.0) == (mechanism in Hazard.FIRE.fate.needs)


def test_without_forces_and_rivals_men_still_fall_in_own_attacks(khorasan: Scenario) -> None:
    killed = {}
    for attacks in (True, False):
        off = {"rules.targeting.on": False, "rules.rivalry.on": False, "rules.attacks.on": attacks}
        model = Insurgency(khorasan.with_overrides(off), rng=1, policy="nothing")
        model.run_until(26)
        series = model.series()
        killed[attacks] = series["exits_killed_attacking"].sum()
        assert series["exits_killed"].sum() == 0  # by forces, of which none fires
    assert killed[True] > 0
    assert killed[False] == 0


@pytest.mark.parametrize("hazard", Hazard)
def test_a_fate_does_to_a_man_what_is_declared(hazard: Hazard, pressed: Insurgency) -> None:
    state, world = pressed.state, pressed.world
    row = next(
        row
        for row in live_rows(state)
        if world.border_start[state.fighter_place[row]]
        < world.border_start[state.fighter_place[row] + 1]
    )
    who, faction, place = (
        int(column[row])
        for column in (state.fighter_id, state.fighter_faction, state.fighter_place)
    )
    group, before = world.faction_group[faction], state.exits.copy()
    state.pressure[group, place] = 1.0
    plain(fates.meet)(world, pressed.parameters, state, pressed.week, row, int(hazard), 0.99)
    stays = state.fighter_id[row] == who
    moved = state.fighter_faction[row] != faction, state.fighter_place[row] != place
    assert stays == (hazard.fate.end in (None, End.SWITCHED))
    if stays:
        assert any(moved) == hazard.fate.elsewhere
    gone = (state.exits - before)[group]
    assert gone.sum() == (hazard.fate.end is not None)
    if hazard.fate.end is not None:
        assert gone[hazard.fate.end] == 1


def test_slices_of_one_fate_are_one(pressed: Insurgency) -> None:
    cut = plain(slices.laid_out)(pressed.parameters)
    assert Hazard.FIRE_ABROAD.owner is Hazard.FIRE
    for hazard in Hazard:
        assert cut.beginning[hazard] == cut.beginning[hazard.owner]
        assert cut.stop[hazard] == cut.stop[hazard.owner]


def test_a_draw_is_in_the_slice_of_one(pressed: Insurgency) -> None:
    cut = plain(slices.laid_out)(pressed.parameters)
    for hazard in {hazard.owner for hazard in Hazard}:
        assert plain(slices.owner_of)(cut, cut.beginning[hazard]) == hazard
        assert plain(slices.owner_of)(cut, np.nextafter(cut.stop[hazard], 0.0)) == hazard
    assert plain(slices.owner_of)(cut, max(cut.stop)) == slices.NO_HAZARD


def test_a_bound_that_is_no_parameter_is_refused() -> None:
    fate = replace(Hazard.CAPTURE.fate, bound="targeting.arest_highest")
    wrong = SimpleNamespace(name="CAPTURE", fate=fate)
    with pytest.raises(TypeError, match=r"CAPTURE names targeting\.arest_highest.*arrest_highest"):
        slices.parameter(wrong, wrong.fate.bound)
