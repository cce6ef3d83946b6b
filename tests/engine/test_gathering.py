"""Numbers that travel together to a rule are those that its fields are called."""

from __future__ import annotations

from types import SimpleNamespace
from typing import NamedTuple

import pytest

from ebbtide.engine.gathering import circumstances_of, weights_of
from ebbtide.engine.parameters import Parameters
from ebbtide.engine.plain import plain
from ebbtide.model import Insurgency
from ebbtide.rules import brand, morale, recruitment
from ebbtide.scenario import Scenario

MECHANISMS = (brand, morale, recruitment)


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_each_weight_is_the_parameter_of_its_name(mechanism) -> None:
    numbers = {name: float(number) for number, name in enumerate(Parameters.declared)}
    found = plain(weights_of(mechanism))(SimpleNamespace(**numbers))
    name = mechanism.__name__.rpartition(".")[2]
    assert found._asdict() == {each: numbers[f"{name}_{each}"] for each in found._fields}


@pytest.mark.parametrize("mechanism", [morale, recruitment])
def test_each_circumstance_is_the_state_variable_of_its_name(mechanism, busy: Scenario) -> None:
    model = Insurgency(busy, rng=4)
    model.run_until(12)
    g, p = 1, 1
    found = circumstances_of(mechanism)(model.state.compiled, g, p)
    for name, value in found._asdict().items():
        column = getattr(model.state, name)
        assert value == (column[g] if column.ndim == 1 else column[g, p]), name


def test_what_is_no_state_variable_is_handed_over_in_its_order(busy: Scenario) -> None:
    state = Insurgency(busy, rng=4).state
    found = circumstances_of(brand)(state.compiled, 1, 0.25, 0.75)
    assert (found.base, found.centre, found.media) == (0.25, 0.75, state.media[1])


def test_a_variable_of_a_post_is_no_circumstance_of_a_group() -> None:
    class Circumstances(NamedTuple):
        morale: float
        post_standing: float

    odd = SimpleNamespace(__name__="rules.odd", Circumstances=Circumstances)
    with pytest.raises(
        TypeError, match=r"rules\.odd\.Circumstances\.post_standing is of \('post',\)"
    ):
        circumstances_of(odd)
