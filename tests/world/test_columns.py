"""Columns are the same arrays for Python and for compiled code."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.compiled import compiled
from ebbtide.world.flows import END_NAMES, SOURCE_NAMES
from ebbtide.world.outcomes import INDEX, OUTCOMES
from ebbtide.world.setting import Setting
from ebbtide.world.state import State


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
    state.replace(fighter_id=np.zeros(3, np.int64))
    assert raise_brand(state.compiled, 0.0) == 3


def test_columns_survive_pickling(state: State) -> None:
    twin = pickle.loads(pickle.dumps(state))
    raise_brand(twin.compiled, 0.125)
    assert twin.brand[0] == state.brand[0] + 0.125


def test_missing_and_unknown_columns_are_named() -> None:
    with pytest.raises(TypeError, match=r"do not match.*people"):
        Setting(**dict.fromkeys(Setting.fields.keys() - {"people"}))


def test_every_column_has_the_type_it_says(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=1)
    for columns in (model.state, model.setting):
        for name, kind in columns.fields.items():
            column = getattr(columns, name)
            if hasattr(kind, "dtype"):
                assert column.dtype == np.dtype(str(kind.dtype)), name
                assert column.ndim == kind.ndim, name
                assert column.flags.c_contiguous, name


def test_outcomes_of_one_family_stand_side_by_side() -> None:
    """Recording writes a family from its first column on."""
    names = list(OUTCOMES)
    for family, members in (("income", SOURCE_NAMES), ("exits", END_NAMES)):
        first = INDEX[f"{family}_{members[0]}"]
        stated = [f"{family}_{member}" for member in members]
        assert names[first : first + len(members)] == stated


def test_every_outcome_has_a_unit_and_a_meaning() -> None:
    assert all(outcome.unit and outcome.meaning for outcome in OUTCOMES.values())
