"""A force and a group that it spares are at peace until an act of a lever that breaks it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ebbtide.engine.peace import leaves_alone
from ebbtide.engine.phases.events import death_dated
from ebbtide.engine.plain import plain
from ebbtide.engine.strongest import strongest_of
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.scenario.levers import LEVERS

AT_PEACE = 'extends = "minimal.toml"\npolicy = "policies/nothing.toml"\n'
AT_PEACE += '[forces.garrison]\nspares = ["league"]\n'
OF_POSTS = [name for name, lever in LEVERS.items() if "post" in lever.held_by]


@pytest.fixture(scope="module")
def model(written: Callable[..., Scenario]) -> Insurgency:
    return Insurgency(written(AT_PEACE), rng=1)


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_breaks_a_peace_as_it_declares(model: Insurgency, name: str) -> None:
    """For the force and the group that its act names, where it is moved, and in either way of running."""
    league = model.group_names.index("league")
    levers = model.state.levers
    levers.flat[:] = 0.0
    assert leaves_alone(model.world.compiled, model.state.compiled, 0, league, 1) == 1
    getattr(levers, name)[...] = 0.1
    at_peace = not LEVERS[name].breaks_peace
    assert leaves_alone(model.world.compiled, model.state.compiled, 0, league, 1) == at_peace
    assert plain(leaves_alone)(model.world, model.state, 0, league, 1) == at_peace


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.breaks_peace])
def test_a_lever_that_breaks_a_peace_is_held_by_a_force_and_a_group(name: str) -> None:
    assert {"force", "group"} <= set(LEVERS[name].held_by)


@pytest.mark.parametrize("name", OF_POSTS)
def test_a_lever_kills_the_holder_of_a_post_as_it_declares(model: Insurgency, name: str) -> None:
    model.state.levers.flat[:] = 0.0
    getattr(model.state.levers, name)[2] = 1.0
    dated = [death_dated(model.state.levers.compiled, k) > 0.0 for k in range(model.world.posts)]
    assert dated == [k == 2 and LEVERS[name].kills_holder for k in range(model.world.posts)]


def test_of_several_levers_the_strongest_counts(model: Insurgency) -> None:
    levers = model.state.levers
    levers.flat[:] = 0.0
    both = strongest_of("both", ("strikes", "community_engagement"))
    assert both(levers.compiled, 0, 1, 0) == 0.0
    levers.strikes[0, 1, 0] = 0.25
    levers.community_engagement[1, 0] = 0.5
    assert both(levers.compiled, 0, 1, 0) == 0.5
    levers.strikes[0, 1, 0] = 0.75
    assert both(levers.compiled, 0, 1, 0) == 0.75
    assert both(levers.compiled, 0, 1, 1) == 0.0


def test_a_lever_between_two_groups_is_no_lever_against_one() -> None:
    with pytest.raises(TypeError, match="truce holds between two groups"):
        strongest_of("against", ("strikes", "truce"))
