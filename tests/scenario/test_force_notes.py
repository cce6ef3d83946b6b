"""What a check tells of forces: numbers that they never use, and those that spend nothing."""

import datetime as dt

import pytest

from ebbtide.scenario import check

ALONE = (
    "{} nothing: guard has a contingent with numbers of its own in every country where it operates"
)


def notes(project):
    return [line.strip() for line in check(project.write_all()) if "forces." in line]


def test_what_a_force_states_beside_contingents_everywhere_is_told(project):
    guard = project.scenario["forces"]["guard"]
    guard["contingents"] = {"XX": {"capacity": 2, "arrests": 1}}
    assert notes(project) == [ALONE.format("forces.guard.arrests, forces.guard.capacity move")]
    guard["arrests"] = 0
    assert notes(project) == [ALONE.format("forces.guard.capacity moves")]
    project.scenario["places"]["lower"]["country"] = "YY"
    guard["places"] = ["XX", "YY"]
    assert notes(project) == []  # it is for YY
    guard["places"] = ["XX"]
    assert notes(project) == [ALONE.format("forces.guard.capacity moves")]
    project.policy["deployments"] = {
        "out": {
            "force": "guard",
            "date": project.scenario["events"]["birth"]["date"],
            "places": ["YY"],
        }
    }
    assert not any("contingent" in line for line in notes(project))  # where its policy sends it


def test_a_routine_without_capacity_is_told(project):
    guard = project.scenario["forces"]["guard"]
    guard["capacity"] = 5
    project.policy["acts"].clear()
    assert notes(project) == []
    guard["capacity"] = 0
    assert notes(project) == [
        "forces.guard.routine moves nothing: the force has no capacity anywhere"
    ]
    guard["routine"] = 0
    assert notes(project) == []


def test_armed_locals_whom_nothing_raises_are_told(project):
    guard = project.scenario["forces"]["guard"]
    guard |= {"local": True, "routine": 0, "capacity": 5}
    project.policy["acts"].clear()
    raised = {"kind": "community_engagement", "start": project.scenario["start"], "strength": 0.5}
    for places, told in ((None, False), (["upper"], False), ([], True)):
        project.policy["acts"] = {"won": raised | ({"places": places} if places else {})}
        if places == []:
            project.policy["acts"] = {}
        assert any("routine 0" in note for note in notes(project)) == told
    guard["places"] = ["upper"]
    project.policy["acts"] = {"won": raised | {"places": ["lower"]}}
    assert any("routine 0" in note for note in notes(project))


def test_a_force_that_could_hit_less_than_a_man_a_week_is_told(project):
    guard = project.scenario["forces"]["guard"]
    for capacity, told in ((0.5, True), (1, False), (0, False)):
        guard["capacity"] = capacity
        project.policy["acts"].clear()
        assert any("hardly anything" in note for note in notes(project)) == told


@pytest.mark.parametrize(
    ("back", "told"), [(None, True), ({"places": ["XX"]}, False), ({"places": ["XX"], "scale": 1}, True)]
)  # fmt: skip
def test_a_scale_that_holds_while_a_force_is_nowhere_is_told(project, back, told):
    march, june, july = (dt.date(2001, month, 3) for month in (3, 6, 7))
    project.policy["acts"].clear()
    sent = {"kind": "deployment", "force": "guard", "source": "a guess"}
    events = {
        "home": sent | {"date": march, "places": []},
        "fewer": sent | {"date": june, "scale": 0.5},
    }
    events |= {} if back is None else {"back": sent | {"date": july} | back}
    project.scenario["events"] |= events
    idle = "events.fewer.scale changes nothing: from 2001-06-03 on guard is nowhere while it holds"
    assert (f"  {idle}" in check(project.write_all())) == told


@pytest.mark.parametrize(("scale", "told"), [(0, True), (0.1, False)])
def test_a_force_that_is_sent_with_nothing_is_told(project, scale, told):
    project.policy["acts"].clear()
    project.policy["deployments"] = {
        "out": {"force": "guard", "date": dt.date(2001, 6, 3), "places": ["upper"], "scale": scale}
    }
    lines = [line for line in check(project.write_all()) if "sends guard somewhere" in line]
    assert ["deployments.out.scale" in line for line in lines] == [True] * told
