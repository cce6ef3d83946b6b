"""What has been read of a scenario cannot be edited by hand: a part of what follows would not hear."""

from __future__ import annotations

import copy
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
