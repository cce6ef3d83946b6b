"""What a check tells of forces: numbers that they never use, and those that spend nothing."""

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
    project.policy["acts"].clear()
    assert notes(project) == []
    guard["capacity"] = 0
    assert notes(project) == [
        "forces.guard.routine moves nothing: the force has no capacity anywhere"
    ]
    guard["routine"] = 0
    assert notes(project) == []
