"""What `check` tells of forces that are deployed anew, and of acts while they are elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest

from ebbtide.scenario import Faults, load
from ebbtide.scenario.policy_notes import notes_on

DAY = dt.date
RAID = {
    "kind": "raids",
    "force": "guard",
    "against": ["old"],
    "start": DAY(2001, 2, 4),
    "strength": 0.5,
}
SENT = {"kind": "deployment", "force": "guard", "date": DAY(2001, 4, 1)}
CONTINGENT = {"capacity": 5, "arrests": 1}


def faults_of(project):
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    return caught.value.faults


@pytest.mark.parametrize(
    ("says", "key", "found", "near"),
    [
        ({"places": ["uper"]}, "places", '"uper"', "upper"),
        ({"force": "gard", "scale": 2}, "force", '"gard"', "guard"),
        ({"scale": -1}, "scale", "-1", None),
        ({"scale": 2, "date": DAY(1999, 1, 3)}, "date", "1999-01-03", None),
        ({"scale": 2, "date": DAY(2011, 1, 3)}, "date", "2011-01-03", None),
        ({"scale_in": {"YY": 0}}, "scale_in.YY", "an unknown name", None),
        ({}, "", "a deployment that says nothing", None),
        ({"places": ["XX"]}, "", "a deployment that changes nothing: guard is deployed so by then", None),
        ({"scale": 1}, "", "a deployment that changes nothing: guard is deployed so by then", None),
    ],
)  # fmt: skip
def test_a_deployment_that_cannot_be_or_moves_nothing(project, says, key, found, near):
    project.scenario["events"]["sent"] = SENT | says
    (fault,) = faults_of(project)
    assert fault.key == ".".join(filter(None, ("events.sent", key)))
    assert (fault.found, fault.nearest) == (found, near)


@pytest.mark.parametrize("key", ["scale", "scale_in.XX"])
def test_a_scale_is_a_factor_and_no_percentage(project, key):
    name, *country = key.split(".")
    project.scenario["forces"]["guard"]["contingents"] = {"XX": CONTINGENT}
    project.scenario["events"]["sent"] = SENT | {name: {"XX": 130} if country else 130}
    (fault,) = faults_of(project)
    assert (fault.key, fault.found) == (f"events.sent.{key}", "130")
    assert fault.allowed == "0 to 10 (ratio: a factor, 1 is as stated)"
    project.scenario["events"]["sent"] |= {name: {"XX": 1.3} if country else 1.3}
    scenario = load(project.write_all())
    with pytest.raises(Faults, match="a factor, 1 is as stated"):
        scenario.with_overrides({f"events.sent.{key}": 30})


def test_what_changes_nothing_is_asked_of_the_deployment_before(project):
    project.scenario["events"] |= {
        "out": SENT | {"places": []},
        "home": SENT | {"places": ["XX"], "scale": 1, "date": DAY(2001, 5, 6)},
    }
    assert load(project.write_all())
    project.scenario["events"]["again"] = SENT | {"places": ["XX"], "date": DAY(2001, 5, 13)}
    (fault,) = faults_of(project)
    assert fault.key == "events.again"


def test_a_force_that_is_never_anywhere_and_a_contingent_of_nowhere(project):
    guard = project.scenario["forces"]["guard"]
    project.scenario["forces"]["idle"] = guard | {"places": []}
    (fault,) = faults_of(project)
    assert (fault.key, fault.found) == ("forces.idle.places", "no place")
    project.scenario["events"]["sent"] = SENT | {"force": "idle", "places": ["upper"]}
    project.scenario["forces"]["idle"]["contingents"] = {"XXY": CONTINGENT}
    (fault,) = faults_of(project)
    assert (fault.key, fault.nearest) == ("forces.idle.contingents.XXY", "XX")
    project.scenario["places"]["lower"]["country"] = "XXY"
    project.scenario["borders"]["pass"]["international"] = True
    (fault,) = faults_of(project)
    assert fault.key == "forces.idle.contingents.XXY"
    assert fault.found == "a country where it never operates"


@pytest.mark.parametrize(
    ("act", "key", "found"),
    [
        ({"stop": DAY(2001, 3, 25)}, "force", '"guard", which operates nowhere while the act is in force'),
        ({"stop": DAY(2001, 3, 25), "places": ["upper"]}, "places",
         '"upper", where guard does not operate while the act is in force'),
        ({"start": DAY(2001, 5, 6), "places": ["lower"]}, "places",
         '"lower", where guard does not operate'),
    ],
)  # fmt: skip
def test_an_act_while_its_force_is_elsewhere(project, act, key, found):
    project.scenario["forces"]["guard"]["places"] = []
    project.scenario["events"]["sent"] = SENT | {"places": ["upper"]}
    project.policy["acts"] = {"new": RAID | act}
    (fault,) = faults_of(project)
    assert (fault.key, fault.found) == (f"acts.new.{key}", found)
    if key == "force" or "while" in found:
        assert fault.allowed.startswith("when guard operates somewhere: 2001-03-2")


def test_an_act_may_wait_for_its_force_and_check_notes_it(project):
    project.scenario["forces"]["guard"]["places"] = []
    project.scenario["events"]["sent"] = SENT | {"places": ["upper"]}
    project.policy["acts"] = {"new": RAID}
    scenario = load(project.write_all())
    told = map(str, notes_on(scenario.policy.file, scenario))
    (note,) = [line for line in told if line.startswith("acts.new")]
    assert note.startswith("acts.new moves nothing from 2001-0")
    assert note.endswith("while guard operates in none of its places")


def test_a_force_acts_only_by_what_it_has_there_and_then(project):
    guard = project.scenario["forces"]["guard"]
    project.scenario["events"]["gone"] = SENT | {"scale": 0}
    project.policy["acts"]["new"] = RAID | {"start": DAY(2001, 5, 6)}
    (fault,) = faults_of(project)
    assert fault.found == '"guard", whose arrests is 0 where and while it acts'
    guard["contingents"] = {"XX": CONTINGENT}
    guard["arrests"] = 0
    del project.scenario["events"]["gone"]
    assert load(project.write_all())
    guard["contingents"]["XX"]["arrests"] = 0
    (fault,) = faults_of(project)
    assert fault.found == '"guard", whose arrests is 0'


@pytest.mark.parametrize(
    ("says", "key", "found", "near"),
    [
        ({"places": ["uper"]}, "places", '"uper"', "upper"),
        ({"force": "gard", "scale": 2}, "force", '"gard"', "guard"),
        ({"scale": {"prior": "uniform", "low": 1, "high": 2}}, "scale",
         "a prior; a policy says what is done", None),
        ({"scale": 130}, "scale", "130", None),
        ({"scale": 2, "date": DAY(2011, 1, 3)}, "date", "2011-01-03", None),
        ({"scale_in": {"YY": 0}}, "scale_in.YY", "an unknown name", None),
        ({"kind": "founding", "scale": 2}, "kind", '"founding"', None),
        ({"skale": 2}, "skale", "an unknown key", "scale"),
        ({}, "", "a deployment that says nothing", None),
        ({"scale": 1}, "", "a deployment that changes nothing: guard is deployed so by then", None),
    ],
)  # fmt: skip
def test_a_deployment_of_a_policy_is_checked_as_one_of_the_scenario(
    project, says, key, found, near
):
    sent = {name: value for name, value in SENT.items() if name != "kind"}
    project.policy["deployments"] = {"sent": sent | says}
    (fault,) = faults_of(project)
    assert fault.key == ".".join(filter(None, ("deployments.sent", key)))
    assert (fault.found, fault.nearest) == (found, near)
    assert fault.file.endswith("usual.toml")


def test_a_deployment_of_a_policy_takes_the_place_of_no_other_kind_of_event(project):
    sent = {name: value for name, value in SENT.items() if name != "kind"}
    project.policy["deployments"] = {"birth": sent | {"scale": 2}}
    (fault,) = faults_of(project)
    assert (fault.key, fault.found) == (
        "deployments.birth", "the id of an event of kind founding",
    )  # fmt: skip


def test_what_changes_nothing_may_be_tried(project):
    project.scenario["events"]["sent"] = SENT | {"scale": 2}
    project.policy["deployments"] = {
        "more": {"force": "guard", "date": DAY(2001, 5, 6), "scale": 3}
    }
    scenario = load(project.write_all())
    assert scenario.with_overrides({"events.sent.scale": 1}) != scenario
    same = scenario.policy.with_overrides({"deployments.more.scale": 2})
    faults: list = []
    same.check(scenario.file, scenario.names, faults)
    assert not faults


def test_a_deployment_called_nearly_as_one_of_the_scenario_is_told(project):
    project.scenario["events"]["sent-north"] = SENT | {"scale": 2}
    sent = {"force": "guard", "date": DAY(2001, 5, 6), "scale": 3}
    told = "deployments.sent-nort is a new one; did you mean events.sent-north, to take its place?"
    for name, is_told in (("sent-nort", True), ("more", False), ("sent-north", False)):
        project.policy["deployments"] = {name: sent}
        scenario = load(project.write_all())
        assert (told in map(str, notes_on(scenario.policy.file, scenario))) == is_told


def test_a_deployment_of_a_policy_takes_the_place_of_none_of_another_force(project):
    guests = project.scenario["forces"]["guard"] | {"name": "Guests", "places": []}
    project.scenario["forces"]["guests"] = guests
    project.scenario["events"]["come"] = SENT | {"force": "guests", "places": ["XX"]}
    project.policy["deployments"] = {
        "come": {"force": "guard", "date": DAY(2001, 4, 1), "scale": 2}
    }
    project.policy["acts"] |= {
        name: RAID | {"force": "guests", "start": DAY(2001, 5, 6)} for name in ("one", "other")
    }
    (fault,) = faults_of(project)  # and none of acts by those who come no more
    assert (fault.key, fault.allowed) == (
        "deployments.come.force", '"guests", or another id for the deployment',
    )  # fmt: skip
    assert fault.found == '"guard", in the place of events.come, of guests'
    project.policy["deployments"]["come"] |= {"force": "guests", "places": ["XX"]}
    load(project.write_all())
