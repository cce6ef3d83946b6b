"""What a check tells of acts by what a scenario has where and while they are in force."""

import datetime as dt

import pytest

import ebbtide.rules
from conftest import RULE, place
from ebbtide.rules.declaration import Mechanism, Parameter
from ebbtide.scenario import check

DAY = dt.date
ATTENTION = Mechanism(
    name="attention", file="attention.py", meaning="Forces attend.", remarks="", when_off="in full",
    parameters={"fade": Parameter("1/week", 0.0, 1.0, "a rate")}, rules={},
)  # fmt: skip


def notes(project):
    return [line.strip() for line in check(project.write_all()) if "acts." in line]


@pytest.mark.parametrize(
    ("strength", "own", "fade", "told"),
    [
        (0.6, 0.5, 0.01, None),
        (0.3, 0.5, 0, "it moves nothing"),
        (0.4, 0.5, 0.001, "it moves nothing"),
        (0.3, 0.5, 0.02, "it adds nothing before 2001-07-08"),  # 26 weeks: 0.98^26 is 0.59
        (0.3, 0.5, 0.4, None),  # it has faded below by the first week of the act
        (0.5, 0.5, 1, None),
    ],
)
def test_attention_that_a_force_pays_anyway_is_told(
    project, monkeypatch, strength, own, fade, told
):
    monkeypatch.setattr(ebbtide.rules, "MECHANISMS", {"drift": RULE, "attention": ATTENTION})
    project.scenario["rules"]["attention"] = {"fade": fade}
    project.scenario["forces"]["guard"]["attention"] = own
    project.policy["acts"] = {
        "look": {"kind": "attention", "force": "guard", "against": ["old"],
                 "start": DAY(2001, 2, 4), "strength": strength},
    }  # fmt: skip
    found = [line for line in notes(project) if "attends to old by 0.5 at first" in line]
    assert [told in line for line in found] == ([] if told is None else [True])
    project.scenario["rules"]["attention"]["on"] = False
    assert any("rules.attention is off" in line for line in notes(project))


def test_attention_to_a_group_of_later_is_that_of_its_founding(project, monkeypatch):
    monkeypatch.setattr(ebbtide.rules, "MECHANISMS", {"drift": RULE, "attention": ATTENTION})
    project.scenario["rules"]["attention"] = {"fade": 0}
    project.scenario["forces"]["guard"] |= {"attention": 0.9, "attention_new": 0.1}
    act = {"kind": "attention", "force": "guard", "start": DAY(2001, 3, 4), "strength": 0.5}
    project.policy["acts"] = {"look": act | {"against": ["young"]}}
    assert not any("attends to" in line for line in notes(project))
    project.policy["acts"]["look"]["against"] = ["old", "young"]
    assert not any("attends to" in line for line in notes(project))  # it moves something of one
    project.policy["acts"]["look"]["against"] = ["old"]
    assert any("attends to old by 0.9" in line for line in notes(project))
    project.scenario["rules"]["attention"]["fade"] = 1  # gone within a week
    project.policy["acts"]["look"] |= {"against": ["young"], "strength": 0.1}
    assert any("it adds nothing before 2001-03-11" in line for line in notes(project))


@pytest.mark.parametrize("kind", ["offensive", "strikes", "raids", "community_engagement"])
def test_acts_where_no_man_can_be_are_told(project, kind):
    project.scenario["places"]["isle"] = place("Isle", 9) | {"population": 5000}
    act = {"kind": kind, "against": ["old"], "places": ["isle"], "start": DAY(2001, 2, 4),
           "strength": 0.5}  # fmt: skip
    project.policy["acts"] = {
        "sweep": act | ({} if kind.startswith("comm") else {"force": "guard"})
    }
    told = "acts.sweep moves nothing: no border leads there from where any group has men"
    assert (told in notes(project)) == (kind != "community_engagement")
    project.scenario["events"]["birth"]["places"]["isle"] = 1
    only = "acts.sweep: no border leads there from where old has men; it meets only who comes over"
    found = notes(project)
    assert told not in found
    assert any(only in line for line in found) == (kind != "community_engagement")
    project.scenario["borders"]["ferry"] = {"between": ["isle", "lower"], "length": 2}
    at_first = "acts.sweep: none of old's men stand in isle at first"
    assert any(at_first in line for line in notes(project)) == (kind != "community_engagement")
    project.scenario["groups"]["old"]["places"]["isle"] = 1
    assert not any("sweep" in line for line in notes(project))


@pytest.mark.parametrize(
    ("changed", "told"),
    [({}, True), ({"strength": 0.9}, False), ({"start": DAY(2001, 5, 6)}, False),
     ({"start": DAY(2001, 5, 5)}, False), ({"start": DAY(2001, 4, 29)}, True),
     ({"places": ["upper", "lower"]}, False), ({"force": "others"}, False)],
)  # fmt: skip
def test_offensives_of_one_force_that_share_it_are_told(project, changed, told):
    project.scenario["forces"]["others"] = project.scenario["forces"]["guard"] | {"name": "Others"}
    act = {"kind": "offensive", "force": "guard", "against": ["old"], "strength": 1}
    one = act | {"places": ["upper"], "start": DAY(2001, 2, 4), "stop": DAY(2001, 5, 6)}
    other = act | {"places": ["lower"], "start": DAY(2001, 3, 4), "stop": DAY(2001, 7, 1)} | changed
    project.policy["acts"] = {"one": one, "other": other}
    share = "acts.one, acts.other: all that guard has is asked for by both, in the same weeks"
    assert any(share in line for line in notes(project)) == told
