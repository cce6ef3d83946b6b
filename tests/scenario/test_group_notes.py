"""What a check tells of the groups of a sound scenario: what they state and nothing comes of."""

import datetime as dt

import pytest

from ebbtide.scenario import check, load
from ebbtide.scenario.group_notes import notes_on_groups

HOME = "  groups.old.places: its factions state their own; they are its home alone"
IDLE = "  nothing comes of groups.old.attacks: groups of simple dynamics mount none"


def test_a_group_that_can_never_be_is_told(project):
    project.scenario["groups"]["ghost"] = {**project.scenario["groups"]["old"], "fighters": 0}
    lines = check(project.write_all())
    assert "  groups.ghost has no fighters and no founding: it is never there" in lines
    assert not any("groups.young" in line for line in lines)


def test_places_that_are_weights_of_nobody_are_told(project):
    factions = project.scenario["groups"]["old"]["factions"]
    factions["loyal"]["places"] = {"upper": 1}
    assert HOME not in check(project.write_all())  # the other faction gathers by them
    factions["wild"]["places"] = {"lower": 1}
    assert HOME in check(project.write_all())
    project.scenario["events"]["birth"]["seed"] = {"old": 0.5}
    factions.clear()
    assert HOME not in check(project.write_all())  # so do its men


def test_health_of_days_that_are_not_lived_is_told(project):
    health = project.scenario["centres"]["patron"]["health"]
    health |= {"2000-07-02": 0.8, "2001-06-03": 0.5, "2001-12-30": 0.4}
    idle = (
        "  nothing comes of centres.patron.health.{}: from 2001-01-07 to 2001-12-30 it is between"
    )
    lines = check(project.write_all())
    assert any(line.startswith(idle.format("2000-07-02")) for line in lines)
    health["1901-06-03"] = health.pop("2001-06-03")
    health["2002-12-29"] = health.pop("2000-07-02")
    both = idle.format("1901-06-03, centres.patron.health.2002-12-29")
    assert any(line.startswith(both) for line in check(project.write_all()))
    del health["2001-01-07"], health["2001-12-30"]  # now a line between two that are far off
    assert not any("nothing comes of centres" in line for line in check(project.write_all()))


def test_attacks_of_a_group_that_mounts_none_are_told(project):
    old = project.scenario["groups"]["old"]
    assert IDLE not in check(project.write_all())
    old["dynamics"] = "simple"
    assert IDLE in check(project.write_all())
    old["attacks"] = 0
    assert IDLE not in check(project.write_all())


def test_a_tie_that_waits_for_an_ally_is_told(project):
    waits = "  groups.old.allies.young waits until 2001-03-04, when young is founded"
    assert waits in check(project.write_all())
    project.scenario["groups"]["old"]["allies"]["young"]["start"] = dt.date(2001, 3, 4)
    assert waits not in check(project.write_all())
    project.scenario["groups"]["young"]["allies"] = {"old": {"men": 1, "money": 0}}
    lines = check(project.write_all())
    assert not any("waits until" in line for line in lines)  # of a group that is not there itself


def test_ground_held_where_a_group_has_no_men_is_told(project):
    old = project.scenario["groups"]["old"]
    told = (
        "  groups.old.held: none of its men stand in lower at the start, and who holds ground without men "
        "loses it"
    )
    old["held"] = {"upper": 0.5, "lower": 0}
    assert told not in check(project.write_all())
    old["held"]["lower"] = 0.2
    assert told in check(project.write_all())
    old["factions"]["wild"]["places"] = {"lower": 1}
    assert told not in check(project.write_all())


def test_weights_of_a_group_that_is_founded_later_are_told(project):
    young = project.scenario["groups"]["young"]
    told = "  groups.young.places: it is founded later; they are its home alone, whatever their weights"
    young["places"] = {"upper": 1, "lower": 1}
    assert told not in check(project.write_all())
    young["places"]["lower"] = 2
    assert told in check(project.write_all())


def test_a_centre_behind_nobody_and_money_of_none_are_told(project):
    alone = "  centres.patron stands behind no group: it moves nothing"
    money = "  groups.{}.centre_money: no centre ever stands behind it: nothing comes of it"
    groups = project.scenario["groups"]
    groups["young"]["centre_money"] = 3
    lines = check(project.write_all())
    assert alone not in lines
    assert money.format("young") not in lines
    del groups["young"]["centre"]
    groups["old"]["centre_money"] = {"prior": "uniform", "low": -1, "high": 1}
    lines = check(project.write_all())
    assert {alone, money.format("young"), money.format("old")} <= {*lines}
    change = {"kind": "centre", "group": "young", "centre": "patron", "behind": 1}
    project.scenario["events"]["comes"] = change | {"date": dt.date(2001, 4, 1)}
    lines = check(project.write_all())
    assert alone not in lines
    assert money.format("young") not in lines
    groups["old"]["centre_money"] = 0
    assert money.format("old") not in check(project.write_all())


def test_what_is_stated_for_a_mechanism_that_is_off_is_told(project):
    old = project.scenario["groups"]["old"]
    old["abduction"], old["allies"] = 0.01, {}
    file = load(project.write_all()).file
    both = {"predation": {"on": False}, "alliances": {"on": False}, "founding": {"on": True}}
    said = [str(note) for note in notes_on_groups(file.model_copy(update={"rules": both}))]
    assert "nothing comes of groups.old.abduction: rules.predation is off" in said
    assert not any("alliances" in line or "founding" in line for line in said)
    off = {"rules": {"founding": {"on": False}}}
    said = map(str, notes_on_groups(file.model_copy(update=off)))
    assert "nothing comes of events.birth: rules.founding is off" in said


@pytest.mark.parametrize(
    ("money", "crime", "reserve", "told"),
    [
        (-5, 0, 100, True),  # 260 a year, below zero what the group pays
        (-5, 100, 100, False),  # and 200 men bring some 240 a year by crime
        (-5, 0, 300, False),
        (5, 0, 100, False),  # the ally, who is founded later, pays
        (0, 0, 0, False),
    ],
)
def test_money_that_a_payer_has_not_is_told(project, money, crime, reserve, told):
    old = project.scenario["groups"]["old"]
    old |= {"money": reserve, "crime": crime}
    old["allies"]["young"]["money"] = money
    said = (
        f"  groups.old.allies.young.money: 5 thousand USD a week are 260 in a year; old has {reserve} at "
        "the start and takes in some 0 a year, taxes aside: more than it has"
    )
    assert (said in check(project.write_all())) == told
    assert told or not any("taxes aside" in line for line in check(project.write_all()))


def test_money_that_an_ally_has_not_is_told(project):
    groups = project.scenario["groups"]
    groups["third"] = groups["old"] | {"allies": {"old": {"men": 0, "money": 50}}, "hostility": {}}
    groups["old"] |= {"money": 1, "crime": 0}
    lines = check(project.write_all())
    said = "groups.third.allies.old.money: 50 thousand USD a week are 2,600 in a year; old has 1 at"
    assert any(said in line for line in lines)


@pytest.mark.parametrize("pair", [("old", "young"), ("young", "old")])
@pytest.mark.parametrize(("hostility", "told"), [(0.2, True), (0.19, False)])
def test_an_ally_that_is_fought_is_told(project, pair, hostility, told):
    one, other = pair
    project.scenario["groups"]["old"]["hostility"] = {}
    project.scenario["groups"][one]["hostility"] = {other: hostility}
    said = f"groups.old.allies.young: {one} fights {other} by a hostility of {hostility:g}"
    assert any(said in line for line in check(project.write_all())) == told
