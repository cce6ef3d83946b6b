"""What the model and its agents only tell cannot be set, and says what to do instead."""

from __future__ import annotations

import copy

import pytest

import ebbtide as eb
from ebbtide.agents import Fighter, InsurgentGroup, StateForce


@pytest.fixture(scope="module")
def model() -> eb.Insurgency:
    return eb.Insurgency("minimal", rng=1)


def holders(model: eb.Insurgency) -> list[object]:
    return [model, model.groups[0], model.forces[0], next(iter(model.fighters))]


def public_properties(kind: type) -> set[str]:
    """All that a class tells and has no setter for."""
    return {
        name
        for each in kind.__mro__
        if each.__module__.startswith("ebbtide")
        for name, value in vars(each).items()
        if isinstance(value, property) and value.fset is None and not name.startswith("_")
    }


@pytest.mark.parametrize("which", range(4))
def test_what_is_only_read_is_refused_with_what_to_do_instead(
    model: eb.Insurgency, which: int
) -> None:
    holder = holders(model)[which]
    before = repr(holder)
    assert public_properties(type(holder)) <= {*holder.instead_of_setting, "noted"}
    for name, instead in holder.instead_of_setting.items():
        with pytest.raises(AttributeError) as error:
            setattr(holder, name, getattr(holder, name))
        assert str(error.value) == f"{type(holder).__name__}.{name} is only read: {instead}"
    assert repr(holder) == before


@pytest.mark.parametrize("which", range(4))
def test_what_is_only_read_cannot_be_deleted_and_then_set(model: eb.Insurgency, which: int) -> None:
    holder = holders(model)[which]
    for name in holder.instead_of_setting:
        with pytest.raises(AttributeError, match=f"{name} is only read"):
            delattr(holder, name)


@pytest.mark.parametrize("which", range(4))
def test_what_stands_in_scenario_or_columns_is_not_set_on_an_object(
    model: eb.Insurgency, which: int
) -> None:
    holder = holders(model)[which]
    assert len(holder.stated_elsewhere) > 5
    for name, where in holder.stated_elsewhere.items():
        with pytest.raises(AttributeError) as error:
            setattr(holder, name, 0)
        assert str(error.value) == f"{type(holder).__name__}.{name} would do nothing: {where}"
        assert name not in vars(holder)


def test_it_is_told_where_it_is_set(model: eb.Insurgency) -> None:
    said = [
        (model.groups[0], "pay", r'\*\*\{"groups\.ID\.pay": \.\.\.'),
        (model.forces[0], "capacity", r'\*\*\{"forces\.ID\.capacity": \.\.\.'),
        (model.groups[0], "morale", r"model\.state\.morale\[group\.row\]"),
        (model, "weeks", "follows from the scenario"),
        (model, "end", r'\*\*\{"end": \.\.\.'),
    ]
    for holder, name, where in said:
        with pytest.raises(AttributeError, match=where):
            setattr(holder, name, 3)


def test_the_luck_of_a_run_cannot_be_reset(model: eb.Insurgency) -> None:
    for reset in (model.reset_rng, model.reset_randomizer):
        with pytest.raises(TypeError, match="begin another run"):
            reset(77)


def test_a_users_own_attributes_stay_his(model: eb.Insurgency) -> None:
    for holder in holders(model):
        holder.remembered = 3
        assert holder.remembered == 3


@pytest.mark.parametrize("name", InsurgentGroup.settable)
def test_what_can_be_set_of_a_group_is_felt(name: str) -> None:
    usual, changed = (eb.Insurgency("minimal", rng=1) for _ in range(2))
    setattr(changed.groups[0], name, 0.0)
    for each in (usual, changed):
        each.run_until(26)
    assert not usual.series().equals(changed.series())


@pytest.mark.parametrize(
    "value", [-1, float("nan"), float("inf"), "much", None, True, [1.0], 10**400]
)
@pytest.mark.parametrize("name", InsurgentGroup.settable)
def test_what_no_group_can_have_is_refused(model: eb.Insurgency, name: str, value: object) -> None:
    before = getattr(model.groups[0], name)
    with pytest.raises(eb.Faults, match=f"{name}: found .*; allowed: a number"):
        setattr(model.groups[0], name, value)
    assert getattr(model.groups[0], name) == before


def test_a_copy_is_as_guarded_as_what_it_is_of(model: eb.Insurgency) -> None:
    other = copy.deepcopy(model)
    with pytest.raises(AttributeError, match="only read"):
        other.policy = model.policy
    other.step()
    assert (other.week, model.week) == (1, 0)
    assert {type(each) for each in holders(other)} == {
        eb.Insurgency, InsurgentGroup, StateForce, Fighter
    }  # fmt: skip
