"""The two ways agree, and the order of actors never matters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mesa.agent import AgentSet

from bookkeeping import assert_same, assert_same_but_rows
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

SEEDS = [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)]


class Shuffled(Insurgency):
    """Actors act in another order in every phase."""

    def in_order(self, members: AgentSet) -> AgentSet:
        return members.shuffle()


def lived(kind: type[Insurgency], scenario: Scenario, weeks: int, **stated: object) -> Insurgency:
    model = kind(scenario, **stated)
    for _ in range(weeks):
        model.step()
    return model


def went_on(model: Insurgency) -> None:
    """What the comparison needs to mean something: a founding, switchers, fallen leaders."""
    series = model.series()
    assert series.entries_founding.sum() > 0
    assert series.exits_switched.sum() > 0
    assert (model.state.post_vacant_since > 0).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_agents_and_machine_code_agree_to_the_last_bit(minimal: Scenario, seed: int) -> None:
    fast = lived(Insurgency, minimal, 100, rng=seed)
    slow = lived(Insurgency, minimal, 100, rng=seed, agents_way=True)
    went_on(fast)
    assert_same(fast.state, slow.state)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.slow
def test_they_agree_on_a_thinned_large_world(thinned: Scenario, seed: int) -> None:
    fast = lived(Insurgency, thinned, 100, rng=seed)
    slow = lived(Insurgency, thinned, 100, rng=seed, agents_way=True)
    went_on(fast)
    assert_same(fast.state, slow.state)


@pytest.mark.parametrize("seed", SEEDS[:2])
@pytest.mark.slow
def test_the_order_of_actors_changes_nothing(minimal: Scenario, seed: int) -> None:
    straight = lived(Insurgency, minimal, 100, rng=seed)
    shuffled = lived(Shuffled, minimal, 100, rng=seed, agents_way=True)
    went_on(straight)
    assert_same_but_rows(straight.state, shuffled.state)
    assert (straight.state.fighter_id[:500] != shuffled.state.fighter_id[:500]).any()


def test_it_changes_nothing_where_many_change_sides_between_equals(busy: Scenario) -> None:
    """Whom a newcomer joins must not hang on who came before him in the same week."""
    restless = busy.with_overrides(
        {
            "groups.league.factions.loyal.share": 0.5,
            "groups.league.factions.restless.share": 0.5,
            "groups.league.fighters": 80,
            "events.embers-founded.men": 300,
            "rules.switching.highest": 0.1,
            "rules.switching.tendency": 4,
        }
    )
    straight = lived(Insurgency, restless, 40, rng=1)
    shuffled = lived(Shuffled, restless, 40, rng=1, agents_way=True)
    went_on(straight)
    assert_same_but_rows(straight.state, shuffled.state)


def test_a_run_repeats_itself(minimal: Scenario) -> None:
    assert_same(
        lived(Insurgency, minimal, 112, rng=9).state, lived(Insurgency, minimal, 112, rng=9).state
    )


PUSH = """
title = "An offensive where a group is founded, from before that day on"
[acts.push]
kind = "offensive"
force = "garrison"
against = ["embers"]
places = ["highland"]
start = 2001-01-14
strength = 1
source = "invented"
"""


def test_they_agree_where_founders_cross_into_an_offensive(
    written: Callable[..., Scenario],
) -> None:
    """Men who crossed over this week stand where their group had none when it mustered."""
    world = written('extends = "minimal.toml"\npolicy = "policies/push.toml"\n', push=PUSH)
    stated = {"rng": 3, "rules.displacement.killed": 0.1, "rules.targeting.half_fire": 1e-4}
    fast = lived(Insurgency, world, 24, **stated)
    slow = lived(Insurgency, world, 24, agents_way=True, **stated)
    own = fast.series().query("group == 'embers'").set_index("date")
    founding = own.fighters.gt(0).idxmax()
    assert own.exits_killed[founding] > 0
    assert_same(fast.state, slow.state)
