"""Tribes are won over against a group, and armed locals turn on whom their tribes resist."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario, load_policy

ENGAGED = """
title = "Tribes engaged"
[acts.engaged]
kind = "tribal_engagement"
places = ["highland"]
start = 2001-02-04
strength = 0.8
"""
AGAINST = ENGAGED + 'against = ["embers"]\n'
LEAGUE, EMBERS = 0, 1


@pytest.fixture
def engaged(busy: Scenario, tmp_path: Path) -> Callable[[str], Insurgency]:
    """A model in which tribes are engaged, by an act of these words, for half a year."""

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


def test_armed_locals_spend_themselves_on_whom_tribes_resist(
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
