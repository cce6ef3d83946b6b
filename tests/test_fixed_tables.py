"""What has been read of a scenario cannot be edited by hand: a part of what follows would not hear."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ebbtide.scenario import Scenario
from ebbtide.scenario.content import walk
from ebbtide.scenario.fixed_table import FixedTable

EDITS: list[Callable[[dict[Any, Any]], object]] = [
    lambda table: table.__setitem__("pay", 0),
    lambda table: table.__delitem__("pay"),
    lambda table: table.pop("embers", None),
    lambda table: table.popitem(),
    lambda table: table.clear(),
    lambda table: table.update(pay=0),
    lambda table: table.setdefault("pay", 0),
    lambda table: table.__ior__({"pay": 0}),
]
OVERRIDDEN = [{}, {"groups.embers.recruitment": 3}, {"rules.rivalry.on": False}, {"events": {}}]


def tables(scenario: Scenario) -> Iterator[tuple[str, dict[Any, Any]]]:
    """Every table that a loaded scenario shows."""
    for name in ("overrides", "quantities", "uncertainties", "draws", "claims"):
        yield name, getattr(scenario, name)
    yield "policy.quantities", scenario.policy.quantities
    for file in (scenario.file, scenario.policy.file):
        for keys, value in walk(file):
            if isinstance(value, dict):
                yield ".".join(keys), value


def within(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """A value, and all that tables, lists and tuples within it hold."""
    yield name, value
    if isinstance(value, dict | list | tuple):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from within(each, f"{name}.{key}")


def shown_beside(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    """Everything that a loaded scenario shows of the files beside its own."""
    yield from within(scenario.outlines, "outlines")
    yield from within(scenario.published.files, "published.files")
    for kind, file in scenario.published.files.items():
        yield from within(file.rows, kind)
    yield from within(scenario.names.called, "names.called")
    yield from within(scenario.dates, "dates")


@pytest.fixture(params=["overrides", "pickle", "deepcopy"])
def again(request: pytest.FixtureRequest) -> Callable[[Scenario], Scenario]:
    """Ways in which one scenario is made of another."""
    return {
        "overrides": lambda some: some,
        "pickle": lambda some: pickle.loads(pickle.dumps(some)),
        "deepcopy": copy.deepcopy,
    }[request.param]


@pytest.mark.parametrize("overrides", OVERRIDDEN, ids=str)
def test_no_table_of_a_loaded_scenario_can_be_edited(
    khorasan: Scenario, minimal: Scenario, again: Callable, overrides: dict[str, object]
) -> None:
    for base in (minimal, khorasan):
        if "embers" not in str(overrides) or base is minimal:
            scenario = again(base.with_overrides(overrides) if overrides else base)
            found = list(tables(scenario))
            assert len(found) > 20
            assert [name for name, table in found if type(table) is not FixedTable] == []
            assert scenario == again(scenario)


def test_nothing_of_the_files_beside_a_scenario_can_be_edited(
    khorasan: Scenario, again: Callable
) -> None:
    """A map's outlines, publishers' rows, names of places: another figure would be drawn of them."""
    found = list(shown_beside(again(khorasan)))
    kinds = {type(value) for _, value in found}
    assert {FixedTable, tuple} <= kinds
    assert [name for name, value in found if type(value) in (dict, list)] == []
    assert json.loads(json.dumps(khorasan.outlines))["features"]


def test_every_way_to_edit_is_refused_with_what_to_do(minimal: Scenario) -> None:
    for _, table in tables(minimal):
        before = dict(table)
        for edit in EDITS:
            with pytest.raises(TypeError, match="with_overrides"):
                edit(table)
        assert table == before


def test_dates_stay_in_order(minimal: Scenario) -> None:
    assert not hasattr(minimal.dates, "reverse")
    assert len(minimal.dates) == minimal.weeks + 1
