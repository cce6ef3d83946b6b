"""What a check tells of quantities that are freed in vain, and of a cut after which nothing comes."""

import datetime as dt

import pytest

from ebbtide.scenario import Faults, check, load

DAY = dt.date
A_PRIOR = {"prior": "uniform", "low": 0.2, "high": 0.8}


def notes(project, *free):
    project.scenario["calibration"] = {"free": list(free), "source": "a guess"}
    return [line.strip() for line in check(project.write_all())]


@pytest.mark.parametrize(("day", "told"), [(DAY(2001, 6, 3), False), (DAY(2001, 6, 4), True)])
def test_a_freed_quantity_that_bears_after_the_cut_alone_is_told(project, day, told):
    project.scenario["events"]["feud"] = {
        "kind": "hostility", "group": "old", "towards": "young", "date": day, "hostility": A_PRIOR,
        "source": "a guess",
    }  # fmt: skip
    project.policy["acts"]["sweep"] = project.policy["acts"]["watch"] | {
        "kind": "raids", "start": day, "stop": DAY(2001, 12, 2), "strength": A_PRIOR,
    }  # fmt: skip
    del project.policy["acts"]["sweep"]["leaders"]
    freed = ["events.feud.hostility", "policy.acts.sweep.strength"]
    found = notes(project, "groups.old.fighters", *freed)
    for path in freed:
        said = f"[calibration] frees {path}, which bears on {day} and later"
        assert any(line.startswith(said) for line in found) == told
    assert not any("frees groups.old.fighters, which" in line for line in found)


def test_what_a_group_of_later_has_bears_from_its_founding(project):
    project.scenario["groups"]["young"]["pay"] = {"prior": "uniform", "low": 50, "high": 90}
    assert not any("bears on" in line for line in notes(project, "groups.young.pay"))
    project.scenario["cut"] = DAY(2001, 3, 3)  # a day before
    assert any("bears on 2001-03-04" in line for line in notes(project, "groups.young.pay"))


def test_a_quantity_is_freed_once(project):
    project.scenario["calibration"] = {"free": ["groups.old.fighters"] * 2, "source": "a guess"}
    with pytest.raises(Faults, match=r'calibration\.free: found "groups\.old\.fighters" twice'):
        load(project.write_all())


@pytest.mark.parametrize(
    ("cut", "told"), [(DAY(2001, 12, 30), True), (DAY(2001, 12, 24), True), (DAY(2001, 12, 23), False)]
)  # fmt: skip
def test_a_cut_after_which_nothing_comes_is_told(project, cut, told):
    project.scenario["cut"] = cut
    said = f"cut is {cut}, in the last week: nothing comes after it, and nothing is projected"
    assert (said in notes(project, "groups.old.fighters")) == told
