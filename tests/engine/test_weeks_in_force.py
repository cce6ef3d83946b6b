"""In which weeks an act is in force, and when what has a date is felt: once, for checks and engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

import ebbtide as eb
from ebbtide.scenario import Scenario
from ebbtide.scenario.schema.policy import Act
from ebbtide.scenario.weeks import in_force

START = dt.date(2001, 1, 7)  # of the small scenario


def day(number: int) -> str:
    return (START + dt.timedelta(days=number)).isoformat()


@pytest.mark.parametrize(
    ("start", "stop", "weeks"),
    [
        (
            0,
            7,
            range(1, 1),
        ),  # the start itself is felt in the first week, and so is its seventh day
        (0, 8, range(1, 2)),
        (7, 15, range(1, 3)),
        (8, 14, range(2, 2)),
        (8, 15, range(2, 3)),
    ],
)
def test_an_act_is_in_force_from_the_week_of_its_start_to_that_before_its_stop(
    minimal: Scenario, start: int, stop: int, weeks: range
) -> None:
    act = Act(
        kind="raids",
        force="garrison",
        against=("embers",),
        start=dt.date.fromisoformat(day(start)),
        stop=dt.date.fromisoformat(day(stop)),
        strength=minimal.policy.file.acts["strikes"].strength,
    )
    found = in_force(act, minimal.file)
    assert found == weeks
    assert found.start == weeks.start


def test_the_engine_has_the_weeks_that_checks_speak_of(written: Callable[..., Scenario]) -> None:
    acts = f"""
title = "Three"
[acts.lasting]
kind = "raids"
force = "garrison"
against = ["embers"]
start = {day(0)}
strength = 0.5
[acts.short]
kind = "raids"
force = "garrison"
against = ["league"]
start = {day(20)}
stop = {day(40)}
strength = 0.5
[acts.death]
kind = "leader_killed"
against = ["league"]
post = 1
start = {day(30)}
strength = 1
"""
    scenario = written('extends = "minimal.toml"\npolicy = "three"\n', three=acts)
    world = eb.Insurgency(scenario).world
    spans = list(zip(world.act_start.tolist(), world.act_stop.tolist(), strict=True))
    assert spans == [(1, scenario.weeks + 1), (3, 6), (5, 6)]
    lasting = [in_force(act, scenario.file) for act in scenario.policy.file.acts.values()]
    assert spans == [(weeks.start, weeks.stop) for weeks in lasting]
