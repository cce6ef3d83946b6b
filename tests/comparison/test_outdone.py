"""Scaled policies that add nothing where what they build on is as strong are named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from comparison.made_up import made_up
from comparison.worlds import write_world
from ebbtide.comparison.outdone import outdone, share_outdone
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
    assert {key: row[key] for key in row if key != "drawn"} == {
        "act": "everywhere", "strength": 0.45, "places": [world.file.places["highland"].name], "of": [],
        "wholly": False, "from": None, "by": {"offensive": 0.8},
    }  # fmt: skip
    assert outdone(scaled("wide", 1.0, world), world) == []  # the stronger of the two
    assert (
        outdone(scaled("longer-wide", 0.5, world), world) == []
    )  # felt once the other has stopped


def lived_with(**strengths: np.ndarray):
    """Runs of a policy and a reference, in which strengths of acts were drawn."""
    values = {"mean_strength": {"minimal": np.ones(4), "wide": np.ones(4)}}
    paths = {f"policy.acts.{act}.strength": each for act, each in strengths.items()}
    return made_up(values, quantities=paths).lived


DRAWN = """
[acts.offensive]
strength = { prior = "uniform", low = 0.2, high = 0.6, source = "invented" }
"""


def test_of_a_strength_that_is_drawn_the_draws_in_which_it_outdoes_are_counted(world) -> None:
    """The middle of the other, 0.4, is below 0.45: what is asked is how often it is above."""
    wide = world.path.parent / "minimal" / "policies" / "wide.toml"
    wide.write_text(HIGHLAND + DRAWN, encoding="utf-8")
    [row] = outdone(scaled("wide", 0.5, world), world)
    assert row["by"] == {"offensive": pytest.approx(0.4)}
    drawn = np.array([0.3, 0.46, 0.5, 0.45])
    assert share_outdone(row, lived_with(offensive=drawn), 1) == 0.75
    comparison = made_up(
        {"mean_strength": {"minimal": np.ones(4), "wide": np.ones(4)}},
        quantities={"policy.acts.offensive.strength": drawn},
    )
    comparison.results.manifest["comparison"]["outdone"] = {"wide": [row]}
    (said,) = (line for line in told(comparison)["notes"] if "adds nothing" in line)
    assert "by its act everywhere (0.45), in 75% of 4 replications: what it builds on is" in said
    never = made_up(
        {"mean_strength": {"minimal": np.ones(4), "wide": np.ones(4)}},
        quantities={"policy.acts.offensive.strength": np.array([0.2, 0.3, 0.4, 0.44])},
    )
    never.results.manifest["comparison"]["outdone"] = {"wide": [row]}
    assert not [line for line in told(never)["notes"] if "adds nothing" in line]
    assert outdone(scaled("wide", 0.7, world), world) == []  # 0.63, above all of the range


def test_what_is_outdone_from_a_later_day_on_is_told_with_the_day(world) -> None:
    earlier = world.path.parent / "minimal" / "policies" / "earlier.toml"
    earlier.write_text(HIGHLAND.replace("2002-06-02", "2002-03-03"), encoding="utf-8")
    begins = world.policy.file.acts["offensive"].start
    [row] = outdone(scaled("earlier", 0.5, world), world)
    assert row["from"] is not None
    assert 0 <= (dt.date.fromisoformat(row["from"]) - begins).days < 7
    assert row["places"] == [world.file.places["highland"].name]
    assert share_outdone(row, lived_with(), 1) == 1
    comparison = made_up({"mean_strength": {"minimal": np.ones(4), "earlier": np.ones(4)}})
    comparison.results.manifest["comparison"]["outdone"] = {"earlier": [row]}
    (said,) = (line for line in told(comparison)["notes"] if "adds nothing" in line)
    assert "is as strong from 5 May 2002 on, or stronger" in said


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
