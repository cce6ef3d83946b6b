"""Scaled policies that add nothing where what they build on is as strong are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from comparison.made_up import made_up
from comparison.worlds import write_world
from ebbtide.comparison.outdone import outdone
from ebbtide.comparison.question import ComparisonAsked
from ebbtide.comparison.report.answer import basis
from ebbtide.comparison.running import posed
from ebbtide.comparison.scalable import Scalable
from ebbtide.comparison.told import told
from ebbtide.scenario import Scenario, load, load_policy

HIGHLAND = """extends = "minimal.toml"
title = "An offensive everywhere, while that of the highland goes on"
[acts.everywhere]
kind = "offensive"
force = "garrison"
against = ["embers"]
start = 2002-06-02
stop = 2002-09-01
strength = 0.9
"""
LONGER = HIGHLAND.replace("stop = 2002-09-01", "stop = 2002-10-06")
UNDER_STRIKES = """extends = "minimal.toml"
title = "More strikes"
[acts.more]
kind = "strikes"
force = "garrison"
against = ["embers"]
start = 2002-01-06
strength = 0.6
"""

TWO = (
    HIGHLAND
    + """[acts.less]
kind = "offensive"
force = "garrison"
against = ["embers"]
start = 2002-06-02
stop = 2002-09-01
strength = 0.85
"""
)


@pytest.fixture
def world(tmp_path: Path) -> Scenario:
    file = write_world(tmp_path)
    texts = {"wide": HIGHLAND, "longer-wide": LONGER, "more": UNDER_STRIKES, "two": TWO}
    for name, text in texts.items():
        path = tmp_path / "minimal" / "policies" / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
    return load(file)


def scaled(name: str, factor: float, world: Scenario):
    found = Scalable.of(load_policy(name, world), world)
    assert found is not None
    return found.scaled(factor)


def test_an_act_weaker_than_what_its_policy_builds_on_adds_nothing_there(world) -> None:
    [row] = outdone(scaled("wide", 0.5, world), world)
    assert row == {
        "act": "everywhere", "strength": 0.45, "places": [world.file.places["highland"].name], "of": [],
        "wholly": False, "by": {"offensive": 0.8},
    }  # fmt: skip
    assert outdone(scaled("wide", 1.0, world), world) == []  # the stronger of the two
    assert (
        outdone(scaled("longer-wide", 0.5, world), world) == []
    )  # felt once the other has stopped


def test_what_covers_it_is_what_the_policy_builds_on_and_no_act_of_its_own(world) -> None:
    assert outdone(load_policy("two", world), world) == []
    assert {row["act"] for row in outdone(scaled("two", 0.5, world), world)} == {
        "everywhere",
        "less",
    }


def test_an_act_that_adds_nothing_anywhere_is_told_as_that(world) -> None:
    [row] = outdone(scaled("more", 0.5, world), world)
    assert row["wholly"]
    assert row["by"] == {"strikes": 0.5}
    assert set(row["places"]) == {each.name for each in world.file.places.values()}


def test_a_question_states_it_of_scaled_policies_alone(world) -> None:
    question = posed(world, ["more", "wide"], ComparisonAsked(replications=2))
    policies = {**question.policies, "more": scaled("more", 0.5, world)}
    assert replace(question, policies=policies).manifest()["comparison"]["outdone"] == {}
    at_equal_effort = replace(question, policies=policies, equalised={"budget": 1.0})
    said = at_equal_effort.manifest()["comparison"]["outdone"]
    assert said["wide"] == []
    assert [row["act"] for row in said["more"]] == ["more"]
    assert "minimal" not in said


def test_the_terminal_and_the_page_say_in_which_places_and_because_of_which_act(world) -> None:
    values = {"mean_strength": {"minimal": np.ones(4), "wide": np.ones(4), "more": np.ones(4)}}
    comparison = made_up(values)
    rows = {name: outdone(scaled(name, 0.5, world), world) for name in ("wide", "more")}
    comparison.results.manifest["comparison"]["outdone"] = rows
    of_wide, of_more = (line for line in told(comparison)["notes"] if "adds nothing" in line)
    highland = world.file.places["highland"].name
    assert of_wide.startswith(
        f"“wide” adds nothing in {highland} by its act everywhere (0.45): what"
    )
    assert "(offensive 0.8; of a range the middle)" in of_wide
    assert of_more.startswith("“more” adds nothing anywhere by its act more (0.3): what")
    assert [line for line in basis(comparison) if "adds nothing" in line] == [of_wide, of_more]
