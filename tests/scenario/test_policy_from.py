"""A policy from a stated date on: what begins, what ends, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ebbtide.scenario import Faults, Scenario, load, load_policy
from ebbtide.scenario.policy_from import added
from shipped import copy_small

POLICIES = {
    "way-out": """# Strikes end, and men are let go.
extends = "minimal.toml"
title = "A way out"
[acts.strikes]
stop = 2002-06-02
[acts.amnesty]
kind = "amnesty"
against = ["embers"]
start = 2002-06-02
strength = 0.5
[acts.truce]
kind = "truce"
against = ["embers"]
rival = "league"
start = 2002-07-07
stop = 2002-10-06
strength = 1
""",
    "harder": 'extends = "minimal.toml"\ntitle = "Harder"\n[acts.strikes]\nstrength = 0.9\n',
    "mixed": 'extends = "way-out.toml"\ntitle = "Mixed"\n[acts.media]\nkind = "counter_media"\n'
    'against = ["embers"]\nstart = 2002-06-02\nstrength = 0.4\n',
    "late-guests": 'extends = "minimal.toml"\ntitle = "Sent home"\n[deployments.leave]\n'
    'force = "garrison"\ndate = 2002-06-02\nscale = 0.5\n',
}


@pytest.fixture(scope="module", autouse=True)
def one_rule() -> None:
    """All rules are there: what is tried is a shipped scenario."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    folder = tmp_path_factory.mktemp("world")
    copy_small(folder)
    for name, text in POLICIES.items():
        (folder / "minimal" / "policies" / f"{name}.toml").write_text(text, encoding="utf-8")
    return load(folder / "minimal.toml")


def spans(world: Scenario, named: str) -> dict[str, tuple[str, str | None, float]]:
    acts = load_policy(named, world).file.acts
    return {
        name: (str(act.start), act.stop and str(act.stop), act.strength.median)
        for name, act in acts.items()
    }


def test_what_it_adds_begins_then_and_keeps_its_distances(world) -> None:
    found = spans(world, "way-out@2002-02-03")  # 17 weeks earlier
    assert found["amnesty"] == ("2002-02-03", None, 0.5)
    assert found["truce"] == ("2002-03-10", "2002-06-09", 1)


def test_what_it_stops_is_stopped_then(world) -> None:
    assert spans(world, "way-out@2002-02-03")["strikes"] == ("2001-10-07", "2002-02-03", 0.5)
    assert "strikes" not in spans(world, "way-out@2001-09-02")  # they have not begun
    assert spans(world, "way-out@2002-02-03")["offensive"] == spans(world, "minimal")["offensive"]


def test_what_it_changes_is_changed_from_then_on(world) -> None:
    found = spans(world, "harder@2002-02-03")
    assert found["strikes"] == ("2001-10-07", "2002-02-03", 0.5)
    assert found["strikes-from"] == ("2002-02-03", None, 0.9)
    assert spans(world, "harder@2001-09-02")["strikes"] == ("2001-10-07", None, 0.9)


def test_its_own_date_makes_the_same_acts(world) -> None:
    assert spans(world, "way-out@2002-06-02") == spans(world, "way-out")


def test_a_policy_on_its_own_is_taken_up_and_the_scenarios_holds_until_then(world) -> None:
    assert spans(world, "nothing@2002-06-02") == {
        "strikes": ("2001-10-07", "2002-06-02", 0.5),
        "offensive": ("2002-05-05", "2002-06-02", 0.8),
    }


def test_deployments_move_too(world) -> None:
    policy = load_policy("late-guests@2002-02-03", world)
    assert policy.file.deployments["leave"].date == dt.date(2002, 2, 3)


def test_a_stop_beyond_the_end_is_none(world) -> None:
    assert spans(world, "way-out@2002-12-01")["truce"] == ("2003-01-05", None, 1)


def test_it_goes_by_its_date_and_says_so(world) -> None:
    policy = load_policy("harder@2002-02-03", world)
    assert policy.id == "harder@2002-02-03"
    assert policy.title == "Harder, from 3 February 2002"
    assert policy != load_policy("harder", world)
    assert load_policy("harder", world).id == "harder"


def test_what_is_added_is_what_the_base_has_not_however_many_files_lie_between(world) -> None:
    of = {name: added(load_policy(name, world), world) for name in ("mixed", "harder", "nothing")}
    assert of == {"mixed": ["amnesty", "truce", "media"], "harder": [], "nothing": []}
    assert added(load_policy("harder@2002-02-03", world), world) == []


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("way-out@soon", 'policy: found "way-out@soon"; allowed: NAME@DATE with a date such as'),
        ("way-out@2002-13-01", "allowed: NAME@DATE"),
        ("way-out@1999-01-03", "allowed: a date from 2001-01-07 to 2003-03-02"),
        ("way-out@2003-03-02", "acts.truce.start: found 2003-04-06"),
        ("minimal@2002-02-03", "does nothing else than what it builds on"),
        ("way-uot@2002-02-03", "did you mean way-out?"),
    ],
)
def test_what_cannot_begin_then_is_told(world, named, told) -> None:
    with pytest.raises(Faults) as found:
        load_policy(named, world)
    assert told in str(found.value)


def test_a_file_may_have_the_sign_in_its_name(world) -> None:
    file = Path(world.path).parent / "minimal" / "policies" / "up@noon.toml"
    file.write_text(POLICIES["harder"], encoding="utf-8")
    assert load_policy(file, world).id == "up@noon"
