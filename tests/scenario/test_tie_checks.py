"""What `check` tells of ties that change: alliances that never hold, hostility that stays as it was."""

from __future__ import annotations

import datetime as dt

import pytest

from ebbtide.scenario import Faults, load

DAY = dt.date
START, BIRTH = DAY(2001, 1, 7), DAY(2001, 3, 4)
BREAK = {"kind": "alliance", "group": "old", "ally": "young"}
FEUD = {"kind": "hostility", "group": "old", "towards": "young"}


def fault_of(project):
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize(
    ("start", "ends", "sound_from"),
    [
        (None, START, DAY(2001, 1, 15)),  # the start is lived in the first week
        (DAY(2001, 3, 11), DAY(2001, 3, 11), DAY(2001, 3, 12)),
        (DAY(2001, 3, 12), DAY(2001, 3, 18), DAY(2001, 3, 19)),  # first and last day of one week
    ],
)
def test_an_alliance_ends_after_the_week_in_which_it_begins(project, start, ends, sound_from):
    tie = project.scenario["groups"]["old"]["allies"]["young"]
    tie |= {} if start is None else {"start": start}
    project.scenario["events"]["end"] = BREAK | {"date": ends, "holds": 0}
    fault = fault_of(project)
    assert fault.key == "events.end.date"
    assert fault.found.startswith(f"{ends}, an end in the week in which groups.old.allies.young")
    assert fault.allowed == f"a date from {sound_from} on"
    project.scenario["events"]["end"]["date"] = sound_from
    sound = load(project.write_all())
    assert sound.with_overrides({"events.end.date": ends}) != sound  # may be tried
    project.scenario["events"]["end"] |= {"date": ends, "holds": 0.5}
    load(project.write_all())


@pytest.mark.parametrize("holds", [0, 0.5])
def test_an_alliance_changes_after_it_has_begun(project, holds):
    day = DAY(2001, 4, 1)
    project.scenario["groups"]["old"]["allies"]["young"]["start"] = day
    project.scenario["events"]["end"] = BREAK | {"date": DAY(2001, 3, 31), "holds": holds}
    fault = fault_of(project)
    assert (fault.key, fault.allowed) == ("events.end.date", f"a date after {day}")
    assert fault.found == f"2001-03-31, before groups.old.allies.young begins on {day}"


@pytest.mark.parametrize("pair", [("old", "young"), ("young", "old")])
def test_an_alliance_begins_when_both_are_there(project, pair):
    group, ally = pair
    tie = {"men": 1, "money": 0, "start": BIRTH - dt.timedelta(days=1)}
    project.scenario["groups"]["old"]["allies"] = {}
    project.scenario["groups"][group]["allies"] = {ally: tie}
    fault = fault_of(project)
    assert fault.key == f"groups.{group}.allies.{ally}.start"
    assert fault.found == "2001-03-03, when young is not founded yet"
    assert fault.allowed == f"a date from {BIRTH} on, when events.birth founds it"
    tie["start"] = BIRTH
    sound = load(project.write_all())
    later = {"events.birth.date": BIRTH + dt.timedelta(weeks=3)}
    assert sound.with_overrides(later) != sound  # may be tried


def test_an_alliance_begins_before_the_end(project):
    tie = project.scenario["groups"]["old"]["allies"]["young"]
    tie["start"] = DAY(2001, 12, 31)
    fault = fault_of(project)
    assert fault.key == "groups.old.allies.young.start"
    assert (fault.found, fault.allowed) == ("2001-12-31, after the end", "a date up to 2001-12-30")
    tie["start"] = DAY(2001, 12, 30)
    sound = load(project.write_all())
    assert sound.with_overrides({"groups.old.allies.young.start": DAY(2002, 1, 1)}) != sound


def test_a_hostility_that_changes_nothing(project):
    events = project.scenario["events"]
    events["feud"] = FEUD | {"date": BIRTH, "hostility": 0.4}  # as its entry has it
    fault = fault_of(project)
    assert fault.key == "events.feud.hostility"
    assert fault.found == "0.4, which changes nothing: old is as hostile to young by then"
    events["feud"]["hostility"] = 0.6
    sound = load(project.write_all())
    assert sound.with_overrides({"events.feud.hostility": 0.4}) != sound  # may be tried
    events["truce"] = FEUD | {"date": DAY(2001, 5, 6), "hostility": 0.4}
    load(project.write_all())
    events["truce"]["hostility"] = 0.6
    assert fault_of(project).key == "events.truce.hostility"
    events["pause"] = FEUD | {"date": DAY(2001, 4, 1), "hostility": 0}
    load(project.write_all())
    events["answer"] = {"kind": "hostility", "group": "young", "towards": "old"}
    events["answer"] |= {"date": BIRTH, "hostility": 0}  # its entry says nothing of old
    assert fault_of(project).key == "events.answer.hostility"


@pytest.mark.parametrize("pair", [("old", "young"), ("young", "old")])
def test_hostility_changes_between_groups_that_are_there(project, pair):
    feud = FEUD | dict(zip(("group", "towards"), pair, strict=True)) | {"hostility": 0.6}
    project.scenario["events"]["feud"] = feud | {"date": BIRTH - dt.timedelta(days=1)}
    fault = fault_of(project)
    assert fault.key == "events.feud.date"
    assert fault.found == "2001-03-03, when young is not founded yet"
    project.scenario["events"]["feud"]["date"] = BIRTH
    load(project.write_all())
