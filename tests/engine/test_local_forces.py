"""Communities are won over against a group, and armed locals turn on whom people there resist."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario, load_policy

ENGAGED = """
title = "Communities engaged"
[acts.engaged]
kind = "community_engagement"
places = ["highland"]
start = 2001-02-04
strength = 0.8
"""
AGAINST = ENGAGED + 'against = ["embers"]\n'
LEAGUE, EMBERS = 0, 1


@pytest.fixture
def engaged(busy: Scenario, tmp_path: Path) -> Callable[[str], Insurgency]:
    """A model in which communities are engaged, by an act of these words, for half a year."""

    def lived(act: str) -> Insurgency:
        path = tmp_path / "engaged.toml"
        path.write_text(act, encoding="utf-8")
        model = Insurgency(
            busy, rng=2, policy=load_policy(path, busy), **{"rules.resistance.rise": 0}
        )
        model.run_until(30)
        return model

    return lived


def test_engagement_lifts_resistance_to_the_named_group_alone(
    engaged: Callable[[str], Insurgency],
) -> None:
    model = engaged(AGAINST)
    resistance = model.state.resistance
    assert resistance[EMBERS, 0] > 0.3
    assert not resistance[EMBERS, 1]
    assert not np.delete(resistance, EMBERS, axis=0).any()


def test_engagement_that_names_no_group_reaches_all(engaged: Callable[[str], Insurgency]) -> None:
    resistance = engaged(ENGAGED).state.resistance[:, 0]
    assert resistance == pytest.approx(resistance[EMBERS])
    assert resistance[EMBERS] > 0.3


def test_armed_locals_spend_themselves_on_whom_people_resist(
    engaged: Callable[[str], Insurgency],
) -> None:
    """Though the other group has more men there, all of what they do goes to the group resisted."""
    against, at_all = engaged(AGAINST), engaged(ENGAGED)
    wardens = list(against.scenario.file.forces).index("wardens")
    assert against.world.local[wardens]
    assert against.state.group_men[LEAGUE, 0] > against.state.group_men[EMBERS, 0] > 0
    assert at_all.state.effort[wardens, LEAGUE] > at_all.state.effort[wardens, EMBERS] > 0
    assert not against.state.effort[wardens, LEAGUE]
    assert against.state.effort[wardens, EMBERS] > 2 * at_all.state.effort[wardens, EMBERS]


def test_armed_locals_press_by_what_they_spend(engaged: Callable[[str], Insurgency]) -> None:
    against = engaged(AGAINST)
    wardens = list(against.scenario.file.forces).index("wardens")
    pressure = against.state.force_pressure[wardens, :, 0]
    assert not pressure[LEAGUE]
    routine = against.world.routine[wardens] * against.state.attention_paid[wardens, EMBERS]
    assert pressure[EMBERS] > against.parameters.displacement_effort_weight * routine * 1.5


MILITIA = """
extends = "minimal.toml"
title = "A militia raised by the state"
policy = "policies/raised.toml"
[places.highland]
local_institutions = 0.7
[forces.militia]
name = "The militia"
local = true
places = ["highland"]
capacity = 10
arrests = 0
routine = 0
attention = 1
attention_new = 1
intelligence = 0.8
harm = 0
taken = 0
"""
RAISED = """
title = "The state raises it in the autumn"
[acts.raised]
kind = "community_engagement"
places = ["highland"]
start = 2001-09-02
strength = 1
"""


def test_a_militia_raised_by_the_state_follows_harm_from_its_day_on(
    written: Callable[..., Scenario],
) -> None:
    """Before it there is resistance and nobody to arm; without harm there is nothing to arm it for."""
    scenario = written(MILITIA, raised=RAISED)
    rests_on_harm = {
        "rules.resistance.engaged_rise": 0, "rules.support.outsider_weight": 0,
        "rules.resistance.rise": 10, "groups.league.attacks": 30, "groups.league.outsider": 1,
    }  # fmt: skip
    found = {}
    for attacks in (True, False):
        model = Insurgency(scenario, rng=3, **rests_on_harm, **{"rules.attacks.on": attacks})
        model.run_until(90)
        militia = list(scenario.file.forces).index("militia")
        series = model.force_series()
        series = series[series["force"] == model.forces[militia].name]
        effort = series.groupby("date")["effort"].sum()
        resisted = model.state.place_series.resistance[: len(effort)].max(axis=(1, 2))
        capacity = scenario.file.forces["militia"].capacity.median
        assert (effort <= capacity * resisted + 1e-6).all()
        before = effort.index < "2001-09-02"
        found[attacks] = effort[before].max(), effort[~before].max(), resisted[before].max()
    spent_before, spent_after, resisted_before = found[True]
    assert spent_before == 0 < resisted_before
    assert spent_after > 0.5
    assert found[False] == (0, 0, 0)
