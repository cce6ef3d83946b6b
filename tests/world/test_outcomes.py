"""An outcome that is a state variable is declared once, and a week's record is what the state has."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.codes import End, Kind, Move, Target
from ebbtide.world.columns import Numbers
from ebbtide.world.outcomes import ATTACKS, Series
from ebbtide.world.recorded import Recorded, mean_over_fighters, recorded, total
from ebbtide.world.variables import Variables


@pytest.fixture(scope="module")
def model(busy: Scenario) -> Insurgency:
    model = Insurgency(busy, rng=4)
    model.run_until(12)
    return model


def test_what_is_recorded_is_the_variable_with_its_unit_and_meaning() -> None:
    for name, variable in (("money", "money"), ("customary_wage", "wage")):
        said, outcome = Variables.declared[variable], Series.outcomes[name]
        assert (outcome.unit, outcome.meaning) == (said.unit, said.meaning)


def test_the_record_of_a_week_is_what_the_state_has(model: Insurgency) -> None:
    state, week = model.state, model.week
    series, places, forces = state.series, state.place_series, state.force_series
    men = np.add.reduceat(state.men, np.array(model.world.group_start[:-1]), axis=0)
    mood = (men * state.morale).sum(axis=1) / np.maximum(1, men.sum(axis=1))
    for recorded_, stands in (
        (series.money[week], state.money),
        (series.customary_wage[week], state.wage),
        (series.income[:, week], state.income.T),
        (series.fighters_of[:, week], state.origins[:, Kind.FOUNDING :].T),
        (series.exits[End.DESERTED, week], state.exits[:, End.DESERTED]),
        (series.fighters_displaced_across_borders[week], state.moved[:, Move.ACROSS]),
        (series.attacks_civilians[week], state.attacks[:, :, Target.CIVILIANS].sum(axis=1)),
        (series.civilians_harmed_by_forces[week], state.harmed.sum(axis=(0, 2))),
        (places.attacks[week], state.attacks.sum(axis=2)),
        (places.held[week], state.held.astype(np.float32)),
        (forces.civilians_harmed[week], state.harmed.sum(axis=2)),
    ):
        assert np.array_equal(recorded_, stands)
    assert series.morale[week] == pytest.approx(np.where(men.sum(axis=1) > 0, mood, 0.0))
    for flow in (series.income[:, week], series.attacks_civilians, series.exits):
        assert flow.any()


def test_all_attacks_are_those_of_all_places(model: Insurgency) -> None:
    """The outcomes that come to all attacks leave none out, whatever targets there are."""
    series, everywhere = model.series(), model.places().groupby(["date", "group"])["attacks"].sum()
    found = series.set_index(["date", "group"])[[*ATTACKS]].sum(axis=1)
    assert (found == everywhere.reindex(found.index)).all()
    assert found.sum() > 0


def test_districts_held_are_whole_place_by_place_and_a_group_holds_their_sum(
    minimal: Scenario,
) -> None:
    model = Insurgency(minimal, rng=1)
    model.run_until(60)
    series, places = model.state.series, model.state.place_series
    there = np.array([place.districts.median for place in minimal.file.places.values()])
    shares = places.held[:61] * there
    assert np.abs(places.districts_held[:61] - shares).max() <= 0.5 + 1e-5
    assert np.array_equal(places.districts_held, np.floor(places.districts_held))
    assert np.array_equal(places.districts_held.sum(axis=2), series.districts_held)
    assert (places.districts_held[:61] != shares).any()
    assert places.districts_held.any()


@pytest.mark.parametrize(
    ("declare", "wrong"),
    [
        (lambda: recorded("mony"), "no state variable is called mony; did you mean money"),
        (lambda: recorded("moved", target=0), r"moved is laid out by .*, not target"),
        (lambda: recorded("morale"), r"Odd.outcome is laid out by .*: as it stands"),
        (lambda: recorded("joined_from"), "Odd.outcome"),
        (lambda: recorded("post_standing"), "Odd.outcome"),
        (lambda: total("money", "all of it"), "Odd.outcome .*: total"),
        (lambda: mean_over_fighters("harmed", "harm"), "Odd.outcome .*: mean over fighters"),
        (lambda: recorded("attacks", "{}", family="end"), "Odd.outcome"),
    ],
)
def test_a_variable_that_does_not_come_to_the_outcome_is_refused(declare, wrong) -> None:
    with pytest.raises(TypeError, match=wrong):

        class Odd(Recorded, of=("group",)):
            outcome: Numbers = declare()
