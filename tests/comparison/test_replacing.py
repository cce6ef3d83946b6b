"""Policies that put less of a lever in the place of more of it are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from comparison.worlds import write_world
from ebbtide.comparison.replacing import less_than_ended, not_kept
from ebbtide.comparison.running import compare
from ebbtide.scenario import Scenario, load, load_policy

AIMED = """extends = "minimal.toml"
title = "Strikes of another aim"
[acts.strikes]
stop = 2002-01-06
[acts.aimed]
kind = "strikes"
force = "garrison"
against = ["embers"]
start = 2002-01-06
strength = {strength}
"""


@pytest.fixture
def world(tmp_path: Path) -> Scenario:
    file = write_world(tmp_path)
    for name, strength in {"weaker": 0.1, "stronger": 1.0}.items():
        path = tmp_path / "minimal" / "policies" / f"{name}.toml"
        path.write_text(AIMED.format(strength=strength), encoding="utf-8")
    return load(file)


def test_weaker_acts_in_the_place_of_those_of_the_reference_are_found(world) -> None:
    reference = world.policy
    strength = reference.file.acts["strikes"].strength.median
    (found,) = less_than_ended(load_policy("weaker", world), reference, world)
    assert found == {"ended": "strikes", "kind": "strikes", "strength": strength, "own": 0.1}
    for other in ("stronger", "harder", "longer", "nothing", "same"):
        assert less_than_ended(load_policy(other, world), reference, world) == []


def test_what_a_policy_ends_or_changes_of_the_reference_is_found(world) -> None:
    found = {
        name: not_kept(load_policy(name, world), world.policy)
        for name in ("weaker", "harder", "longer", "same")
    }
    assert found == {
        "weaker": ["strikes"],
        "harder": ["strikes"],
        "longer": ["offensive"],
        "same": [],
    }
    assert set(not_kept(load_policy("nothing", world), world.policy)) == {*world.policy.file.acts}


@pytest.mark.slow
def test_a_comparison_says_so_on_its_page_and_in_what_it_tells(world, tmp_path) -> None:
    from ebbtide.comparison.told import told

    found = compare(
        world, ["weaker", "stronger"], replications=2, workers=1, out=tmp_path / "kept"
    )  # fmt: skip
    few, _of_those_who_flee, note = told(found)["notes"]
    assert "2 replications of each policy are few" in few
    assert "“weaker” ends acts of the reference (strikes at " in note
    assert "is less of the lever than there was" in note
    assert note in found.report().read_text(encoding="utf-8")
