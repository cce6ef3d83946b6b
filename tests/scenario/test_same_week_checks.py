"""What `check` tells of events of one week of which the order in the file would decide."""

from __future__ import annotations

import datetime as dt

import pytest

from ebbtide.scenario import Faults, load

DAY = dt.date
FIRST, LAST = DAY(2001, 4, 2), DAY(2001, 4, 8)  # of one week
NEXT = DAY(2001, 4, 9)
SENT = {"kind": "deployment", "force": "guard"}
FEUD = {"kind": "hostility", "group": "old", "towards": "young"}
TIE = {"kind": "alliance", "group": "old", "ally": "young"}
BEHIND = {"kind": "centre", "group": "young"}
PLEDGE = {"kind": "pledge", "to": "young", "share": 0.5, "brand": 0}
SPLIT = {"kind": "founding", "group": "third", "places": {"upper": 1}, "men": 10, "money": 0}
OTHER = SPLIT | {"group": "fourth", "seed": {"old": 0.2}}


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        (SENT | {"places": ["upper"]}, SENT | {"places": ["lower"]}, "places"),
        (SENT | {"scale": 2}, SENT | {"scale": 3}, "scale"),
        (SENT | {"scale_in": {"XX": 2}}, SENT | {"scale": 3}, "scale_in.XX"),
        (SENT | {"scale": 2}, SENT | {"scale_in": {"XX": 3}}, None),  # the others are as the first says
        (SENT | {"scale": 2}, SENT | {"places": ["upper"]}, None),
        (SENT | {"scale": 2}, SENT | {"force": "police", "scale": 3}, None),
        (FEUD | {"hostility": 0.1}, FEUD | {"hostility": 0.9}, "hostility"),
        (FEUD | {"hostility": 0.1}, FEUD | {"group": "young", "towards": "old", "hostility": 1}, None),
        (TIE | {"holds": 0.5}, TIE | {"holds": 0}, "holds"),
        (BEHIND | {"behind": 0.5}, BEHIND | {"behind": 0.2}, "behind"),
        (PLEDGE | {"group": "old.wild"}, PLEDGE | {"group": "old"}, "share"),
        (PLEDGE | {"group": "old"}, PLEDGE | {"group": "old.wild"}, None),  # the loyal still follow
        (SPLIT | {"seed": {"old.wild": 0.1}}, OTHER, "seed.old.wild"),
        (SPLIT | {"seed": {"young": 0.1}}, OTHER, None),
    ],
)  # fmt: skip
def test_what_another_event_says_anew_in_the_same_week(project, one, other, key):
    tables = project.scenario
    tables["forces"]["guard"]["contingents"] = {"XX": {"capacity": 5, "arrests": 1}}
    tables["forces"]["police"] = dict(tables["forces"]["guard"])
    for name in {"third", "fourth"} & {one.get("group"), other.get("group")}:
        tables["groups"][name] = dict(tables["groups"]["young"])
    tables["events"] |= {"one": one | {"date": FIRST}, "other": other | {"date": LAST}}
    if key is None:
        load(project.write_all())
        return
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults
    assert fault.key == f"events.one.{key}"
    assert fault.found == "what events.other says anew in the same week"
    tables["events"]["one"]["date"] = NEXT
    sound = load(project.write_all())
    assert sound.with_overrides({"events.one.date": FIRST}) != sound  # may be tried


def test_a_policy_deploys_a_force_once_a_week(project):
    sent = {"force": "guard", "date": FIRST}
    project.scenario["events"]["sent"] = SENT | {"date": FIRST, "scale": 2}
    project.policy["deployments"] = {"more": sent | {"scale": 3}}
    load(project.write_all())  # in place of the scenario's
    project.policy["deployments"]["most"] = sent | {"scale": 4}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults
    assert fault.key == "deployments.more.scale"
    assert fault.found == "what deployments.most says anew in the same week"
