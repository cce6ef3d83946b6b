"""Events happen in their week, and levers stand where acts hold them while they are in force."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.rules import succession
from ebbtide.scenario import Scenario, load_policy
from ebbtide.scenario.levers import LEVERS

ACTS = """
title = "Two strikes that overlap, a death, a truce"
[acts.weak]
kind = "strikes"
force = "garrison"
against = ["league"]
start = 2001-01-14
stop = 2001-02-04
strength = 0.3
[acts.strong]
kind = "strikes"
force = "garrison"
against = ["league"]
places = ["highland"]
start = 2001-01-21
stop = 2001-01-28
strength = 0.8
leaders = 0.5
[acts.head]
kind = "leader_killed"
against = ["league"]
post = 1
start = 2001-01-24
strength = 1
[acts.truce]
kind = "truce"
against = ["league"]
rival = "embers"
start = 2001-02-04
strength = 0.6
"""


@pytest.fixture
def model(written: Callable[..., Scenario]) -> Insurgency:
    earlier = 'extends = "minimal.toml"\n[events.embers-founded]\ndate = 2001-02-04'
    return Insurgency(written(earlier, acts=ACTS), rng=3, policy="acts")


def test_levers_stand_at_the_strongest_act_in_force(model: Insurgency) -> None:
    """Acts are in force from the week of their start up to the week before their stop's."""
    seen = []
    for _ in range(5):
        model.step()
        seen.append(model.state.levers.strikes[0, 0].tolist())
    assert seen == [[0.3, 0.3], [0.8, 0.3], [0.3, 0.3], [0.0, 0.0], [0.0, 0.0]]
    assert model.state.levers.truce.tolist() == [[0.0, 0.6], [0.6, 0.0]]
    assert not model.state.levers.strikes[0, 1].any()


def test_a_dated_death_empties_the_post_that_week(model: Insurgency) -> None:
    head = int(np.nonzero((model.world.post_group == 0) & (model.world.post_rank == 0))[0][0])
    model.step()
    model.step()
    holder = model.state.fighter_id[model.state.post_row[head]]
    model.step()
    assert model.week == 3
    assert holder not in model.state.fighter_id
    assert model.state.post_vacant_since[head] == 3
    empty_for = succession.empty_for(
        0.0,
        float(model.world.group_posts[0]),
        model.parameters.succession_vacancy,
        model.parameters.succession_seniority,
    )
    for _ in range(math.ceil(empty_for)):
        assert model.state.post_row[head] < 0
        model.step()
    assert model.state.post_row[head] >= 0


def test_an_act_without_strength_kills_nobody(written: Callable[..., Scenario]) -> None:
    """As for every lever: strength 0 takes an act out of a policy that extends another."""
    world = written('extends = "minimal.toml"\n', acts=ACTS)
    deadly = Insurgency(world, rng=3, policy="acts")
    spared = Insurgency(world, rng=3, policy=load_policy("acts", world).with_overrides(
        {"acts.head.strength": 0}))  # fmt: skip
    for model in (deadly, spared):
        model.run_until(4)
    head = int(np.nonzero((deadly.world.post_group == 0) & (deadly.world.post_rank == 0))[0][0])
    assert deadly.state.post_vacant_since[head] == 3
    assert spared.state.post_row[head] >= 0


def test_a_lever_of_posts_dates_no_death_unless_it_kills(
    written: Callable[..., Scenario], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is known to die on a later day is spared till then; who is only threatened is not."""
    world = written('extends = "minimal.toml"\n', acts=ACTS)
    dated = Insurgency(world, rng=3, policy="acts").world.post_dated
    assert dated.max() == 3
    threat = replace(LEVERS["leader_killed"], kills_holder=False)
    monkeypatch.setitem(LEVERS, "leader_killed", threat)
    assert Insurgency(world, rng=3, policy="acts").world.post_dated.max() == -1


def test_a_founding_brings_its_men_its_money_and_its_share(model: Insurgency) -> None:
    restless = model.faction_names.index("league.restless")
    while model.week < 3:
        model.step()
    before = int(model.state.men[restless].sum())
    assert not model.state.founded[1]
    model.step()
    week = model.series().query("date == date.max()").set_index("group").loc["embers"]
    assert week.entries_founding == 40
    assert week.entries_switched == pytest.approx(0.3 * before, abs=4 * np.sqrt(0.21 * before))
    assert model.state.joined_from[1].tolist() == [week.entries_switched, 0]
    p = model.place_names.index("highland")
    places = model.places().query("date == date.max() and group == 'embers'")
    assert places.set_index("place").fighters["lowland"] == 0
    assert model.state.men[:, p].sum() > 0
    assert week.money > 0
    model.step()
    assert model.series().query("date == date.max()").set_index("group").leaders["embers"] > 0


def test_no_founding_where_the_rule_is_off(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=3, **{"rules.founding.on": False})
    model.run_until_end()
    assert not model.series().query("group == 'embers'").fighters.any()


def test_a_pledge_brings_men_over_and_lifts_the_name(busy: Scenario) -> None:
    whole = {"events.smugglers-pledge.share": 1}
    one = Insurgency(busy, rng=3, **whole)
    other = Insurgency(busy, rng=3, **whole, **{"rules.pledges.on": False})
    for _ in range(4):
        one.step()
        other.step()
    smugglers, embers = one.group_names.index("smugglers"), one.group_names.index("embers")
    assert one.state.joined_from[embers, smugglers] > 0
    assert one.state.brand[embers] > other.state.brand[embers]


def test_a_leaders_death_that_becomes_known_shakes_the_group(busy: Scenario) -> None:
    model = Insurgency(busy, rng=3)
    cohesion = []
    for _ in range(6):
        model.step()
        cohesion.append(model.state.cohesion[0])
    assert cohesion[4] < 0.7 * cohesion[3]
    assert cohesion[5] > cohesion[4]
