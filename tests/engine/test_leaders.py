"""Who leads: posts lie as men do, high ones stand empty longest, and a dated death waits for its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ebbtide.engine.phases import leaders
from ebbtide.engine.plain import plain
from ebbtide.engine.service import leave
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.codes import End, Note

HUNT = """
title = "All fire at leaders, and one who is known to die on a later day"
[acts.hunt]
kind = "strikes"
force = "garrison"
against = ["league"]
start = 2001-01-07
strength = 1
leaders = 1
[acts.known]
kind = "leader_killed"
against = ["league"]
post = 2
start = 2001-09-02
strength = 1
"""
DEADLY = {
    "forces.garrison.capacity": 1000,
    "forces.garrison.intelligence": 1,
    "rules.targeting.leader_worth": 1,
    "rules.targeting.leader_highest": 0.5,
}
HEAD_FALLS = """
title = "The head falls"
[acts.head]
kind = "leader_killed"
against = ["league"]
post = 1
start = 2001-01-28
strength = 1
"""


def in_post(model: Insurgency, group: str) -> np.ndarray:
    """Leaders by faction and place."""
    state, world = model.state, model.world
    found = np.zeros_like(state.men)
    own = (world.post_group == model.group_names.index(group)) & (state.post_row >= 0)
    rows = state.post_row[own]
    np.add.at(found, (state.fighter_faction[rows], state.fighter_place[rows]), 1)
    return found


@pytest.mark.parametrize("group", ["afghan_taliban", "ttp", "hezb"])
def test_posts_lie_as_men_do_at_the_start(khorasan: Scenario, group: str) -> None:
    """No faction in any place has more than a post above or below its share of the men."""
    model = Insurgency(khorasan, rng=1)
    own = model.world.faction_group == model.group_names.index(group)
    men, leaders = model.state.men[own], in_post(model, group)[own]
    due = men / men.sum() * leaders.sum()
    assert leaders.sum() == model.world.group_posts[model.group_names.index(group)]
    assert (np.abs(leaders - due) < 1).all()


def test_a_founding_takes_leaders_as_it_takes_men(khorasan: Scenario) -> None:
    """Over runs, neither nearly all nor nearly none of the leaders of the seeding factions."""
    shares, men_shares = [], []
    for seed in range(6):
        model = Insurgency(khorasan, rng=seed)
        model.run_until("2015-01-18")
        founding = int(model.world.event_week[list(khorasan.file.events).index("iskp-founded")])
        while model.week < founding - 1:
            model.step()
        leaders, men = in_post(model, "ttp"), model.state.men.copy()
        orakzai = model.faction_names.index("ttp.orakzai")
        rows = model.state.post_row[model.state.post_row >= 0]
        held = {int(model.state.fighter_id[row]) for row in rows
                if model.state.fighter_faction[row] == orakzai}  # fmt: skip
        model.step()
        to = model.group_names.index("iskp")
        went = {int(i) for i in model.state.fighter_id[
            (model.state.fighter_came_from >= 0)
            & np.isin(model.world.faction_group[model.state.fighter_faction], to)]}  # fmt: skip
        shares.append((len(held & went), len(held)))
        men_shares.append(model.state.joined_from[to].sum() / men[orakzai].sum())
        assert leaders.sum() > 0
    of_leaders = sum(a for a, _ in shares) / sum(b for _, b in shares)
    assert 0.1 < of_leaders < 0.9


def test_who_is_known_to_die_later_lives_till_then(written: Callable[..., Scenario]) -> None:
    world = written('extends = "minimal.toml"\n', hunt=HUNT)
    model = Insurgency(world, rng=4, policy="hunt", **DEADLY)
    state = model.state
    k = int(np.nonzero((model.world.post_group == 0) & (model.world.post_rank == 1))[0][0])
    holders = state.fighter_id[state.post_row[model.world.post_group == 0]]
    known = state.fighter_id[state.post_row[k]]
    day = int(model.world.post_dated[k])
    while model.week < day - 1:
        model.step()
    assert state.fighter_id[state.post_row[k]] == known
    assert np.isin(holders, state.fighter_id).sum() < len(holders) / 2  # the others are hunted down
    model.step()
    assert known not in state.fighter_id


def test_a_lost_head_is_disputed_and_the_dispute_settles(written: Callable[..., Scenario]) -> None:
    """The discontented faction is drawn away as far as it is disputed who leads."""
    world = written('extends = "minimal.toml"\n', falls=HEAD_FALLS)
    model = Insurgency(world, rng=4, policy="falls")
    rules, state = model.parameters, model.state
    rise, fade = rules.cohesion_dispute_rise, rules.cohesion_dispute_fade
    restless = model.faction_names.index("league.restless")
    disputes, grievances = [], []
    for _ in range(12):
        model.step()
        disputes.append(float(state.dispute[0]))
        grievances.append(float(state.grievance[restless]))
    fell = int(model.state.chronicle[model.state.chronicle[:, 1] == Note.LEADER_LOST][0, 0])
    assert disputes[:fell] == [0.0] * fell
    expected = [rise * (1 - fade) ** n for n in range(12 - fell)]
    assert disputes[fell:] == pytest.approx(expected)
    weight = rules.switching_discontent_weight
    assert np.log(np.array(grievances)) == pytest.approx(
        rules.switching_tendency + weight * 0.7 * np.array(disputes)
    )


def test_a_death_may_close_ranks(written: Callable[..., Scenario]) -> None:
    """Its sign is disputed: below zero it brings a group together, never beyond a share."""
    world = written('extends = "minimal.toml"\n', falls=HEAD_FALLS)
    levels = {}
    for shock in (-1.0, -0.3, 0.0, 0.6):
        model = Insurgency(world, rng=4, policy="falls", **{"rules.cohesion.head_shock": shock})
        model.run_until(5)
        levels[shock] = float(model.state.cohesion[0])
    assert levels[-1.0] == pytest.approx(1.0, abs=0.05)
    assert levels[-1.0] > levels[-0.3] > levels[0.0] > levels[0.6] > 0.0


def test_a_founding_names_its_leaders(thinned: Scenario) -> None:
    """On the day: it is led from its first week on, and posts are filled as far as men are there."""
    model = Insurgency(thinned, rng=3)
    founding = int(model.world.event_week[list(thinned.file.events).index("iskp-founded")])
    g = model.group_names.index("iskp")
    while model.week < founding:
        model.step()
    men, posts = int(model.state.men[model.world.faction_group == g].sum()), model.world.group_posts
    assert model.state.series.leaders[founding, g] == min(men, posts[g]) > 0
    share = min(men, posts[g]) / posts[g]
    assert model.state.series.command[founding, g] == pytest.approx(model.world.standing[g] * share)
    model.step()
    assert model.state.command[g] > 0.0


@pytest.mark.parametrize("end", End)
def test_who_walks_away_is_no_decapitation(minimal: Scenario, end: End) -> None:
    """Taken by force he shakes his group; gone by himself he only leaves it to dispute who leads."""
    model = Insurgency(minimal, rng=4)
    state, world = model.state, model.world
    plain(leave)(world, state, 0, int(state.post_row[0]), end)
    assert state.post_row[0] < 0
    before = float(state.cohesion[0])
    model.step()
    assert (state.cohesion[0] < before) == end.decapitates
    assert state.dispute[0] > 0.0


def test_the_ends_that_decapitate_are_those_of_the_literature() -> None:
    """Price (2012) and Jordan (2009) count leaders who were killed or captured."""
    assert {end for end in End if end.decapitates} == {
        End.KILLED,
        End.KILLED_BY_RIVALS,
        End.CAPTURED,
        End.KILLED_ATTACKING,
    }


@pytest.mark.parametrize("agents_way", [False, True])
def test_first_leaders_are_named_in_one_way(minimal: Scenario, agents_way: bool) -> None:
    """On the first day as at a founding, save that the first day's command is the scenario's."""
    named: list[tuple[int, ...]] = []

    class Watched(Insurgency):
        def act(self, act: Callable[..., Any], *row: int) -> None:
            if act is leaders.name_first_leaders:
                named.append((self.week, *row))
            super().act(act, *row)

    model = Watched(minimal, rng=4, agents_way=agents_way)
    assert named == [(0, g) for g in range(model.world.groups)]
    assert (model.state.post_row[model.world.post_group == 0] >= 0).all()
    assert model.state.series.command[0].tolist() == model.world.standing.tolist()


def test_fire_at_leaders_meets_those_who_are_where_it_falls(
    written: Callable[..., Scenario],
) -> None:
    """A leader who is elsewhere runs no risk, though his group is hunted."""
    in_highland = HUNT.partition("[acts.known]")[0].replace("start", 'places = ["highland"]\nstart')
    world = written('extends = "minimal.toml"\n', hunt=in_highland)
    model = Insurgency(world, rng=1, policy="hunt", **DEADLY)
    model.step()
    league = model.group_names.index("league")
    stand = model.state.leaders_in_place[league]
    assert stand.sum() == model.state.leaders[league]
    assert (stand > 0).all()
    risks = {
        place: plain(leaders.risk_of_hunt)(model.world, model.parameters, model.state, league, p)
        for p, place in enumerate(model.place_names)
    }
    assert risks["highland"] > 0.1
    assert risks["lowland"] == 0.0
