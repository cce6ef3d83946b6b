"""What a check tells of ties to centres that go on as they were, and of health that begins late."""

import datetime as dt

import pytest

from ebbtide.scenario import check

DAY = dt.date


def notes(project, **events):
    project.scenario["events"] |= events
    return [line.strip() for line in check(project.write_all())]


def change(month, group="young", **says):
    says = {
        "kind": "centre",
        "date": DAY(2001, month, 1),
        "group": group,
        "source": "a guess",
    } | says
    return says


@pytest.mark.parametrize(
    ("group", "changes", "told"),
    [
        ("young", [{"behind": 1}], [True]),  # it stands behind it in full from the start
        ("young", [{"behind": 0.4}], [False]),
        ("young", [{"behind": 0.4}, {"behind": 0.4}], [False, True]),
        ("young", [{"behind": 0.4}, {"behind": 0.5}], [False, False]),
        ("young", [{"behind": 0}, {"behind": 0}], [False, True]),
        ("young", [{"behind": 0}, {"behind": 0, "centre": "other"}], [False, True]),
        ("young", [{"behind": 1, "centre": "other"}], [False]),
        ("old", [{"behind": 0, "centre": "patron"}], [True]),
        ("old", [{"behind": 0, "centre": "patron"}, {"behind": 0}], [True, True]),
        ("old", [{"behind": {"prior": "uniform", "low": 0.1, "high": 0.9}, "centre": "patron"},
                 {"behind": {"prior": "uniform", "low": 0.1, "high": 0.9}}], [False, False]),
    ],
)  # fmt: skip
def test_a_tie_to_a_centre_that_goes_on_as_it_was_is_told(project, group, changes, told):
    patron = project.scenario["centres"]["patron"]
    project.scenario["centres"]["other"] = patron | {"name": "Other"}
    events = {f"tie{n}": change(4 + n, group, **says) for n, says in enumerate(changes)}
    found = notes(project, **events)
    for n, each in enumerate(told):
        assert (
            any(f"events.tie{n}:" in line and "changes nothing" in line for line in found) == each
        )


def test_a_centre_that_stands_behind_a_group_by_nothing_stands_behind_none(project):
    del project.scenario["groups"]["young"]["centre"]
    project.scenario["groups"]["young"]["centre_money"] = 3
    found = notes(project, tie=change(4, centre="patron", behind=0))
    assert "centres.patron stands behind no group: it moves nothing" in found
    assert any("groups.young.centre_money: no centre ever stands behind" in line for line in found)
    found = notes(project, tie=change(4, centre="patron", behind=0.1))
    assert not any("no centre ever" in line or "behind no group" in line for line in found)


@pytest.mark.parametrize(("begins", "told"), [(7, False), (8, True)])
def test_health_that_begins_after_its_centre_stands_behind_a_group_is_told(project, begins, told):
    project.scenario["centres"]["patron"]["health"] = {f"2001-01-{begins:02}": 0.9}
    late = [line for line in notes(project) if "health begins on" in line]
    behind = "begins on 2001-01-08, and patron stands behind a group from 2001-01-07 on"
    assert [behind in line for line in late] == [True] * told
    del project.scenario["groups"]["young"]["centre"]
    tie = change(4, centre="patron", behind=0.5)
    assert not any("health begins" in line for line in notes(project, tie=tie))
