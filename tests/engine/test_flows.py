"""What is added up within a while begins anew where its column says so, and nothing else adds up."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from ebbtide.engine.week import FROM_INTAKE, WEEK
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.flows import Since
from ebbtide.world.variables import Variables

LIVED = 40  # weeks, after which everything has happened
BEGIN = {Since.WEEK: "begin_anew", Since.ATTACKS: "attack", Since.STOCK: "take_stock"}  # with which
FLOWS = {name: column for name, column in Variables.declared.items() if column.since}
A_WEEK = [
    name
    for name, column in Variables.declared.items()
    if column.unit.endswith("/week") and column.since is None
]


@pytest.fixture(scope="module")
def before(busy: Scenario) -> bytes:
    """A world in which everything goes on, as plain Python lives it."""
    model = Insurgency(busy, rng=3, agents_way=True)
    model.run_until(LIVED)
    return pickle.dumps(model)


def lived(before: bytes, disturbed: str = "", until: str = "begin_anew") -> Insurgency:
    """A week more; before the phase of this name a column is disturbed."""
    model: Insurgency = pickle.loads(before)
    model._week += 1
    for phase in WEEK:
        if phase is FROM_INTAKE[0]:
            model.make_room(int(model.state.intake.sum()))
        if disturbed and phase.name == until:
            getattr(model.state, disturbed)[:] += 3
        model.live(phase)
    return model


@pytest.fixture(scope="module")
def undisturbed(before: bytes) -> Insurgency:
    return lived(before)


def differing(one: Insurgency, other: Insurgency) -> list[str]:
    return [
        name
        for name in Variables.declared
        if not np.array_equal(getattr(one.state, name), getattr(other.state, name))
    ]


@pytest.mark.parametrize("name", [n for n, c in FLOWS.items() if c.since is not Since.STOCK])
def test_what_stood_in_a_flow_before_it_begins_is_gone(
    name: str, before: bytes, undisturbed: Insurgency
) -> None:
    model = lived(before, name, until=BEGIN[FLOWS[name].since])
    assert differing(model, undisturbed) == []


@pytest.mark.parametrize("name", [n for n, c in FLOWS.items() if c.since is Since.STOCK])
def test_what_was_taken_stock_of_is_gone(name: str, before: bytes) -> None:
    model: Insurgency = pickle.loads(before)
    getattr(model.state, name)[:] = 1
    (phase,) = [phase for phase in WEEK if phase.name == BEGIN[Since.STOCK]]
    model.live(phase)
    assert not getattr(model.state, name).any()


@pytest.mark.parametrize("name", A_WEEK)
def test_what_is_told_by_the_week_and_is_no_flow_is_written_anew(
    name: str, before: bytes, undisturbed: Insurgency
) -> None:
    """A forgotten mark would add up from week to week, or leave what stood there to be read."""
    model = lived(before, name)
    assert set(differing(model, undisturbed)) <= {name}
    found, usual = getattr(model.state, name), getattr(undisturbed.state, name)
    moved = usual != getattr(pickle.loads(before).state, name)
    np.testing.assert_array_equal(found[moved], usual[moved])
