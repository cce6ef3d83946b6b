"""Columns are the same arrays for Python and for compiled code."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ebbtide.compilation.compiled import compiled
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.assigned import SIZES
from ebbtide.world.columns import Block, Column, Columns, Flags, Integers, Numbers, column
from ebbtide.world.dimensions import FAMILIES
from ebbtide.world.levers import Levers
from ebbtide.world.outcomes import (
    FORCE_OUTCOMES,
    OUTCOMES,
    PLACE_OUTCOMES,
    ForceSeries,
    PlaceSeries,
    Series,
)
from ebbtide.world.state import State
from ebbtide.world.world import World


@compiled
def raise_brand(state, by):
    state.brand[0] += by
    return len(state.fighter_id)


@pytest.fixture
def state(minimal: Scenario) -> State:
    return Insurgency(minimal, rng=1).state


def test_compiled_code_writes_what_python_reads(state: State) -> None:
    before = state.brand[0]
    raise_brand(state.compiled, 0.125)
    assert state.brand[0] == before + 0.125


def test_a_replaced_column_is_seen_by_compiled_code(state: State) -> None:
    assert raise_brand(state.compiled, 0.0) == len(state.fighter_id)
    longer = len(state.fighter_id) + 3
    state.fighter_id = np.zeros(longer, np.int64)
    assert raise_brand(state.compiled, 0.0) == longer


def test_a_column_of_another_shape_is_refused(state: State) -> None:
    """Compiled code looks at no bounds: it would read and write past the end."""
    with pytest.raises(ValueError, match=r"State.support is \(1, 1\), not"):
        state.support = np.zeros((1, 1))
    with pytest.raises(ValueError, match="fighter_place"):
        state.fighter_place = state.fighter_place[:-1]
    with pytest.raises(AttributeError, match="one array"):
        state.levers.flat = state.levers.flat.copy()


@pytest.mark.parametrize("size", sorted(SIZES & World.declared.keys()))
def test_how_many_there_are_cannot_be_set(minimal: Scenario, size: str) -> None:
    """Compiled code goes by it: it would write past the end of columns that stay as they are."""
    world = Insurgency(minimal, rng=1).world
    before = getattr(world, size)
    with pytest.raises(AttributeError, match=rf"World.{size} is only read"):
        setattr(world, size, 1)
    with pytest.raises(AttributeError, match=f"{size} cannot be deleted"):
        delattr(world, size)
    assert getattr(world, size) == before


def test_a_name_that_is_no_column_is_told_with_the_nearest(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=1)
    with pytest.raises(AttributeError, match=r"no State\.brnd.*did you mean brand\?"):
        model.state.brnd = model.state.brand
    with pytest.raises(AttributeError, match=r"no Parameters\.atacks_reach.*mean attacks_reach\?"):
        model.parameters.atacks_reach = 2.0
    with pytest.raises(AttributeError, match="no Levers"):
        model.state.levers.anything = 1.0


@pytest.mark.parametrize(
    "given",
    [
        lambda n: [2] * n,
        lambda n: pd.Series([2.0] * n),
        lambda n: np.full(n, 2),
        lambda n: np.full(n, 2.0, ">f4"),
        lambda n: np.broadcast_to(2.0, n),
        lambda n: np.full((n, 2), 2.0)[:, 0],
    ],
)
def test_a_column_takes_numbers_of_any_kind_as_a_copy(
    state: State, given: Callable[[int], Any]
) -> None:
    numbers = given(len(state.brand))
    state.brand = numbers
    raise_brand(state.compiled, 0.5)
    assert state.brand.tolist() == [2.5, *[2.0] * (len(state.brand) - 1)]
    assert next(iter(numbers)) == 2.0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("brand", "many", 'holds numbers, not "many"'),
        ("brand", None, "holds numbers, not nothing"),
        ("brand", [1.0, "many"], "holds numbers"),
        ("brand", [[1.0], [1.0, 2.0]], "holds numbers"),
        ("brand", [10**400] * 3, "holds numbers"),
        ("fighter_since", 1.5, r"holds whole numbers, -32768 to 32767, not 1\.5"),
        ("fighter_since", 1 << 20, "holds whole numbers, -32768 to 32767, not 1048576"),
        ("fighter_since", float("nan"), "holds whole numbers"),
    ],
)
def test_what_a_column_cannot_hold_is_told_when_it_is_set(
    state: State, name: str, value: Any, said: str
) -> None:
    before = getattr(state, name).copy()
    number = isinstance(value, int | float)
    with pytest.raises(ValueError, match=rf"State\.{name} {said}"):
        setattr(state, name, np.full(before.shape, value) if number else value)
    np.testing.assert_array_equal(getattr(state, name), before)


def test_columns_survive_pickling(state: State) -> None:
    twin = pickle.loads(pickle.dumps(state))
    raise_brand(twin.compiled, 0.125)
    assert twin.brand[0] == state.brand[0] + 0.125


def test_missing_and_unknown_columns_are_named() -> None:
    with pytest.raises(TypeError, match=r"do not match.*population"):
        World(**dict.fromkeys(World.declared.keys() - {"population"}))


class Herd(Columns):
    """Some sheep."""

    weight: Numbers = column("place", unit="ratio", meaning="weight of a sheep", start=40.0)
    shorn: Flags = column("place", unit="yes/no", meaning="whether it is shorn")


def test_columns_are_allocated_as_they_are_declared() -> None:
    herd = Herd.allocate({"place": 3}, shorn=[True, False, True])
    assert herd.weight.tolist() == [40.0, 40.0, 40.0]
    assert herd.shorn.dtype == np.uint8
    with pytest.raises(TypeError, match=r"Herd.weight is \(2,\), not \(3,\)"):
        Herd.allocate({"place": 3}, weight=[1.0, 2.0])
    with pytest.raises(TypeError, match="do not match: wool"):
        Herd.allocate({"place": 3}, wool=[1.0, 2.0, 3.0])


def test_given_columns_are_copied() -> None:
    weight = np.array([1.0, 2.0])
    herd = Herd.allocate({"place": 2}, weight=weight)
    herd.weight[0] = 7.0
    assert weight[0] == 1.0


def test_every_column_has_the_type_it_says(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=1)
    for columns in (model.state, model.world, model.state.levers, model.state.series):
        for name, declared in columns.declared.items():
            found = getattr(columns, name)
            if declared.dimensions:
                assert found.dtype == np.dtype(declared.dtype), name
                assert found.ndim == len(declared.dimensions), name
                assert found.flags.c_contiguous, name


@pytest.mark.parametrize("kept", ["series", "place_series", "force_series"])
def test_a_recorded_outcome_stands_in_its_row_of_the_table(state: State, kept: str) -> None:
    recorded = getattr(state, kept)
    recorded.flat[:] = np.arange(recorded.flat.size)
    rows = dict(zip(recorded.outcomes, recorded.table, strict=True))
    for name, declared in recorded.declared.items():
        column = getattr(recorded, name)
        members = FAMILIES.get(declared.dimensions[0])
        if members is None:
            np.testing.assert_array_equal(column, rows[name])
        else:
            for member, each in zip(members, column, strict=True):
                np.testing.assert_array_equal(
                    each, rows[f"{name.removesuffix('_of')}_{member.called}"]
                )


def test_a_block_is_one_array_after_pickling_too(state: State) -> None:
    twin = pickle.loads(pickle.dumps(state))
    twin.levers.flat[:] = 0.5
    assert (twin.levers.amnesty == 0.5).all()
    assert not state.levers.amnesty.any()


def test_every_column_and_outcome_has_a_meaning() -> None:
    for columns in (World, State, Levers, Series, PlaceSeries, ForceSeries):
        for name, declared in columns.declared.items():
            assert declared.meaning, name
    for outcomes in (OUTCOMES, PLACE_OUTCOMES, FORCE_OUTCOMES):
        assert all(outcome.unit and outcome.meaning for outcome in outcomes.values())


def test_a_scalar_that_is_set_reaches_compiled_code(minimal: Scenario) -> None:
    free, held = Insurgency(minimal, rng=4), Insurgency(minimal, rng=4)
    held.parameters.switching_highest = held.parameters.switching_command_highest = 0.0
    held.parameters.founding_on = 0
    for model in (free, held):
        model.run_until(60)
    assert free.series().exits_switched.sum() > held.series().exits_switched.sum() == 0


def test_parts_and_columns_of_a_block_are_written_into(state: State) -> None:
    with pytest.raises(AttributeError, match="write into the columns of levers"):
        state.levers = state.levers
    with pytest.raises(AttributeError, match="write into amnesty"):
        state.levers.amnesty = np.zeros(2)


def test_a_block_holds_one_type_and_no_name_twice() -> None:
    with pytest.raises(TypeError, match="Mixed holds float64, int64"):

        class Mixed(Block):
            one: Numbers = column("place", unit="ratio", meaning="one")
            other: Integers = column("place", unit="men", meaning="other")

    with pytest.raises(TypeError, match="Twice declares weight twice"):

        class Twice(Columns, derived={"weight": Column((), "ratio", "again")}):
            weight: Numbers = column("place", unit="ratio", meaning="once")


def test_the_world_has_no_column_that_nobody_gives() -> None:
    sizes = dict.fromkeys({d for said in World.declared.values() for d in said.dimensions}, 0)
    given = {
        name: np.zeros([0] * len(said.dimensions)) if said.dimensions else 0
        for name, said in World.declared.items()
        if name != "local"
    }
    with pytest.raises(TypeError, match=r"World\.local is not given"):
        World.allocate(sizes, **given)
