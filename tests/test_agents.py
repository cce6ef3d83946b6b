"""The agents on top of the columns: what they tell, and every verb of an AgentSet."""

from __future__ import annotations

import copy
import gc
import pickle
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import mesa
import numpy as np
import pytest

from ebbtide.agents import Fighter, InsurgentGroup, StateForce
from ebbtide.engine.phase import Phase
from ebbtide.engine.week import WEEK
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario


@pytest.fixture
def model(minimal: Scenario) -> Insurgency:
    """The small conflict half a year in, with two groups standing."""
    model = Insurgency(minimal, rng=2)
    for _ in range(40):
        model.step()
    return model


def test_groups_and_forces_are_registered_and_fighters_are_not(model: Insurgency) -> None:
    assert len(model.fighters) == sum(group.size for group in model.groups) > 0
    assert set(model.agents) == {*model.groups, *model.forces}
    assert set(model.agents_by_type) == {InsurgentGroup, StateForce}


def test_select(model: Insurgency) -> None:
    up = model.fighters.select(lambda fighter: fighter.place == "highland")
    p = model.place_names.index("highland")
    assert len(up) == model.state.men[:, p].sum() > 0
    assert len(model.fighters.select(at_most=7)) == 7


def test_shuffle(model: Insurgency) -> None:
    straight = [fighter.unique_id for fighter in model.fighters]
    shuffled = [fighter.unique_id for fighter in model.fighters.shuffle()]
    assert straight != shuffled
    assert sorted(straight) == sorted(shuffled)


def test_sort(model: Insurgency) -> None:
    served = [f.weeks_served for f in model.fighters.sort("weeks_served", ascending=True)]
    assert served == sorted(served)
    assert served[0] < served[-1] == 40


def test_do_and_map(model: Insurgency) -> None:
    seen: list[int] = []
    model.fighters.do(lambda fighter: seen.append(fighter.unique_id))
    assert len(seen) == len(set(seen)) == len(model.fighters)
    assert all(model.fighters.map(lambda fighter: fighter.present))
    model.fighters.shuffle_do(lambda fighter: seen.append(fighter.unique_id))
    assert Counter(seen).most_common(1)[0][1] == 2


def test_agg(model: Insurgency) -> None:
    assert model.fighters.agg("weeks_served", max) == 40
    low, high = model.fighters.agg("unique_id", [min, max])
    assert 0 < low < high


def test_groupby(model: Insurgency) -> None:
    sizes = {name: len(members) for name, members in model.fighters.groupby("origin")}
    week = model.series().query("date == date.max()")
    for origin, size in sizes.items():
        assert week[f"fighters_{origin}"].sum() == size
    assert sum(sizes.values()) == week.fighters.sum()


def test_get(model: Insurgency) -> None:
    places = model.fighters.get("place")
    assert len(places) == len(model.fighters)
    assert set(places) <= set(model.place_names)
    pairs = model.fighters.get(["place", "faction"])
    assert Counter(pair[0] for pair in pairs) == Counter(places)


def test_a_fresh_set_keeps_its_members_while_the_model_stands(model: Insurgency) -> None:
    once, again = model.fighters, model.fighters
    assert len(once) == len(again) > 0
    assert next(iter(once)) is next(iter(again))


@pytest.mark.slow
@pytest.mark.parametrize(
    "made",
    [
        copy.copy,
        copy.deepcopy,
        lambda some: pickle.loads(pickle.dumps(some)),
        lambda some: copy.deepcopy(some).select(lambda fighter: fighter.present),
        lambda some: copy.deepcopy(some).shuffle().sort("unique_id"),
        lambda some: copy.deepcopy(some).groupby("present").groups[True],
    ],
)
@pytest.mark.parametrize("of", [lambda m: m.fighters, lambda m: m.groups[0].fighters])
def test_a_set_of_fighters_holds_its_men_when_nobody_else_holds_the_model(
    minimal: Scenario, of: Callable[[Insurgency], Any], made: Callable[[object], Any]
) -> None:
    kept = made(of(Insurgency(minimal, rng=2)))
    gc.collect()
    assert len(kept) == len(of(Insurgency(minimal, rng=2))) > 0
    assert all(fighter.present for fighter in kept)


def test_the_model_shuffles_on_with_the_numbers_that_it_is_given(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=2)
    model.random = Random(5)
    twin = pickle.loads(pickle.dumps(model))
    expected = [Random(5).random(), Random(5).random()]
    assert [model.fighters.random.random(), twin.fighters.random.random()] == expected
    assert twin.random.model is twin


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda some: pickle.loads(pickle.dumps(some))])
def test_a_copied_set_of_fighters_holds_them_all(
    model: Insurgency, copied: Callable[[object], Any]
) -> None:
    fighters = model.fighters
    twin = copied(fighters)
    gc.collect()
    assert len(twin) == len(fighters) > 0
    assert sorted(each.unique_id for each in twin) == sorted(each.unique_id for each in fighters)
    other = next(iter(twin)).model
    assert other is not model
    assert all(each.model is other and each.present for each in twin)


def test_what_a_user_sets_on_a_fighter_stays(model: Insurgency) -> None:
    fighter = next(iter(model.fighters))
    fighter.interviewed = True
    looked_at_again = next(each for each in model.fighters if each.unique_id == fighter.unique_id)
    assert looked_at_again.interviewed
    later = pickle.loads(pickle.dumps(model)).fighters
    assert [each.unique_id for each in later if getattr(each, "interviewed", False)] == [
        fighter.unique_id
    ]


def test_what_a_fighter_tells_adds_up_to_his_group(model: Insurgency) -> None:
    for group in model.groups:
        assert len(group.fighters) == group.size
        assert {fighter.group for fighter in group.fighters} == {group}
        assert {f.faction.partition(".")[0] for f in group.fighters} == {group.name}
    switched = [f for f in model.fighters if f.origin == "switched"]
    assert switched
    for fighter in model.fighters:
        assert (fighter.came_from is not None) == (fighter.origin == "switched")
        assert fighter.came_from is not fighter.group
        assert fighter.from_abroad or fighter.origin != "foreign"
        assert 0 <= fighter.weeks_served <= model.week


def test_leaders_lead(model: Insurgency) -> None:
    leading = [fighter for fighter in model.fighters if fighter.leads]
    assert {f.unique_id for f in leading} == {f.unique_id for f in model.leaders}
    week = model.series().query("date == date.max()")
    assert len(leading) == week.leaders.sum() > 0


def test_the_view_of_a_man_who_left_says_so(model: Insurgency) -> None:
    kept = list(model.fighters)
    for _ in range(10):
        model.step()
    left = [fighter for fighter in kept if not fighter.present]
    assert left
    ids = {fighter.unique_id for fighter in model.fighters}
    assert {f.unique_id for f in kept if f.present} <= ids
    assert not ids & {fighter.unique_id for fighter in left}
    for told in ("group", "place", "origin", "faction", "came_from", "from_abroad", "weeks_served"):
        with pytest.raises(LookupError, match="has left"):
            getattr(left[0], told)
    assert not left[0].leads


def test_a_row_given_to_another_man_is_another_view(model: Insurgency) -> None:
    kept = {fighter.row: fighter for fighter in model.fighters}
    for _ in range(10):
        model.step()
    reused = [f for f in model.fighters if f.row in kept and f.unique_id != kept[f.row].unique_id]
    assert reused
    assert not any(kept[fighter.row].present for fighter in reused)


@pytest.mark.parametrize(
    "phase",
    [phase for phase in WEEK if phase.of in ("posts", "fighters")],
    ids=lambda phase: phase.name,
)
def test_a_man_who_left_lives_no_phase(model: Insurgency, phase: Phase) -> None:
    leader = next(iter(model.leaders))
    row = leader.row
    vars(leader)["unique_id"] = 1  # as if another stood in his row and post
    model.state.post_doomed[:] = 1
    before = model.state.fighter_id.copy()
    leader.live(phase)
    np.testing.assert_array_equal(model.state.fighter_id, before)
    assert (model.state.post_row == row).any()


@pytest.mark.parametrize("who", ["groups", "forces", "group_names", "place_names", "faction_names"])
def test_who_stands_in_which_row_cannot_be_changed(model: Insurgency, who: str) -> None:
    """Rows of columns go by it: sorted names would give one group's numbers to another."""
    listed = getattr(model, who)
    with pytest.raises(TypeError):
        listed[0] = listed[-1]
    assert not hasattr(listed, "sort")


def test_fighters_cannot_be_removed_by_hand(model: Insurgency) -> None:
    with pytest.raises(TypeError, match="rules"):
        next(iter(model.fighters)).remove()


@pytest.mark.parametrize(
    "by_hand",
    [
        lambda model: model.groups[0].remove(),
        lambda model: model.forces[0].remove(),
        lambda model: model.agents.do("remove"),
        lambda model: model.deregister_agent(model.groups[0]),
        lambda model: model.deregister_agent(next(iter(model.fighters))),
        lambda model: model.remove_all_agents(),
        lambda model: InsurgentGroup(model, 0, "third"),
        lambda model: StateForce.create_agents(model, 1, row=0, name="police"),
        lambda model: model.register_agent(next(iter(model.fighters))),
    ],
)
def test_who_acts_stands_in_the_scenario(
    model: Insurgency, by_hand: Callable[[Insurgency], object]
) -> None:
    """No rule would hear of a group that comes or goes by hand."""
    before = [*model.agents]
    with pytest.raises(TypeError, match=r"stand in the scenario|through the rules"):
        by_hand(model)
    assert [*model.agents] == before


def test_agents_of_a_users_own_come_and_go(model: Insurgency) -> None:
    before = [*model.agents]
    reporter = mesa.Agent(model)
    assert reporter in model.agents
    reporter.remove()
    assert [*model.agents] == before


def test_a_force_tells_its_attention_by_group(model: Insurgency) -> None:
    (force,) = model.forces
    assert tuple(force.attention) == model.group_names
    assert all(0 <= level <= 1 for level in force.attention.values())


@pytest.mark.parametrize("name", InsurgentGroup.settable)
def test_what_is_set_on_a_group_moves_the_world(minimal: Scenario, name: str) -> None:
    one, two = Insurgency(minimal, rng=2), Insurgency(minimal, rng=2)
    setattr(two.groups[0], name, 0.05)
    assert getattr(two.groups[0], name) == 0.05
    for _ in range(20):
        one.step()
        two.step()
    assert (one.state.series.table[:, 20, 0] != two.state.series.table[:, 20, 0]).any()


def test_fighters_are_agents_of_mesa(model: Insurgency) -> None:
    fighter = next(iter(model.fighters))
    assert isinstance(fighter, Fighter)
    assert fighter.model is model
    assert fighter.random is model.random
