"""Every key of scenario and policy files is told, in the schema's own words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from ebbtide.explain import Catalogue
from ebbtide.explain.keys import FILES, ID, every
from ebbtide.scenario import load, load_policy
from ebbtide.scenario.quantity import STATED, Quantity
from ebbtide.scenario.schema.groups import Group
from ebbtide.scenario.schema.table import Table


@pytest.fixture(scope="module")
def lake() -> Catalogue:
    return Catalogue(load("lake"))


def tables(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """All tables of scenarios and policies that are declared, as Python knows them."""
    for each in model.__subclasses__():
        if each.__module__.startswith("ebbtide.scenario.schema"):
            yield each
        yield from tables(each)


def test_no_key_of_any_table_is_left_out() -> None:
    told = {key.path[-1] for key in every()} | {
        held for key in every() for held in key.holds
    }  # the ledger's tables stand in a file of their own
    for table in tables(Table):
        if table.__name__ not in ("Claim", "Ledger"):
            assert told >= table.model_fields.keys(), table
    assert told >= STATED


def test_every_key_has_a_meaning_and_says_what_stands_there() -> None:
    keys = every()
    assert [key.name for key in keys if not (key.meaning and key.shape)] == []
    assert len({key.name for key in keys}) == len(keys)
    assert {key.file for key in keys} >= {*FILES, "scenario or policy"}


@pytest.mark.parametrize("name", ["lake", "minimal", "khorasan"])
def test_whatever_a_shipped_file_states_is_told(name: str) -> None:
    """Every path of it, whether a number, a name, a list or a table."""
    scenario = load(name)
    catalogue = Catalogue(scenario)
    paths = [
        path
        for path in (*scenario._paths, *load_policy(scenario.policy.id, scenario).paths)
        if not path.startswith("rules.")
    ]
    for path in paths[:: 1 + len(paths) // 75]:
        assert catalogue.explain(path), path


def test_a_bare_key_is_told_with_where_the_scenario_states_it(lake: Catalogue) -> None:
    [held] = [entry for entry in lake.explain("held") if entry.kind == "key"]
    assert held.name == "groups.ID.held"
    assert held.facts["meaning"] == Group.model_fields["held"].description
    assert held.facts["in lake"] == ["groups.covenant.held"]
    [spares] = lake.explain("spares")
    assert "in lake" not in spares.facts
    [stop] = lake.explain("acts.ID.stop")
    assert stop.facts["stands in"] == "a policy file"


def test_a_kind_of_event_is_told_with_the_keys_of_its_table(lake: Catalogue) -> None:
    [deployment] = lake.explain("deployment")
    assert deployment.name == f"events.{ID} (deployment)"
    assert "scale_in" in deployment.facts["may hold"]
    assert "events.army-returns" in deployment.facts["in lake"]
    assert "events.tide-splits" not in deployment.facts["in lake"]


def test_of_events_a_key_is_that_of_its_kind(lake: Catalogue) -> None:
    [seed] = lake.explain("events.tide-splits.seed_places")
    assert seed.name == f"events.{ID}.seed_places (founding)"
    [date] = lake.explain("events.tide-splits.date")
    assert date.facts["meaning"] == "day of the founding"
    assert len([entry for entry in lake.explain("date") if entry.kind == "key"]) > 5


def test_a_number_has_its_parts(lake: Catalogue) -> None:
    for part in ("prior", "low", "high", "value"):
        names = [entry.name for entry in lake.explain(part)]
        assert [name for name in names if not name.startswith("observation.")] == [f"NUMBER.{part}"]
    assert isinstance(lake.scenario.quantities["groups.covenant.fighters"], Quantity)
