"""Acts that others of their kind outdo all the while are told, and in which places where it is in some."""

import datetime as dt

import pytest

from ebbtide.scenario import check

DAY = dt.date
FIRST, LAST = DAY(2001, 2, 4), DAY(2001, 5, 6)


def act(strength=0.5, start=FIRST, stop=LAST, **stated):
    stated = {"force": "guard", "against": ["old"], **stated}
    return {"kind": "strikes", "start": start, "stop": stop, "strength": strength, **stated}


def covered(project, **acts):
    project.policy["acts"] = acts
    return said(project, "moves nothing: where and while")


def in_part(project, **acts):
    project.policy["acts"] = acts
    return said(project, "adds nothing")


def said(project, words):
    lines = [line.strip() for line in check(project.write_all()) if words in line]
    return {line.split()[0].removeprefix("acts."): line for line in lines}


@pytest.mark.parametrize(
    ("weak", "felt"),
    [
        (act(0.4), False),
        (act(0.6), True),
        (act(0.4, start=DAY(2001, 1, 28)), True),
        (act(0.4, stop=DAY(2001, 5, 13)), True),
        (act(0.4, stop=DAY(2001, 4, 1)), False),
        (act(0.4, places=["upper"]), False),
        (act(0.4, against=["old", "young"]), True),
        (act(0.4) | {"kind": "raids"}, True),
        (act(0.5, leaders=0.1), True),
        (act(0.5), False),
    ],
)
def test_an_act_under_a_stronger_one_of_its_kind_is_told_where_it_is_never_felt(
    project, weak, felt
):
    found = covered(project, strong=act(), weak=weak)
    assert ("weak" in found) == (not felt)
    if not felt:
        assert "acts.strong is as strong, or stronger" in found["weak"]
    of_strong = (weak["strength"] > 0.5 and weak["kind"] == "strikes") or weak.get("leaders")
    assert ("strong" in found) == bool(of_strong)


def test_several_acts_may_cover_one_together(project):
    middle = DAY(2001, 3, 4)
    halves = {"early": act(stop=middle), "late": act(start=middle)}
    found = covered(project, weak=act(0.2), **halves)
    assert "acts.early, acts.late is as strong" in found["weak"]
    halves["late"]["start"] = DAY(2001, 3, 18)
    assert covered(project, weak=act(0.2), **halves) == {}


def test_of_two_acts_that_say_the_same_the_second_is_told(project):
    assert list(covered(project, one=act(), other=act())) == ["other"]


def test_an_act_covers_where_its_force_operates_alone(project):
    project.scenario["places"]["lower"]["country"] = "YY"
    guard = {**project.scenario["forces"]["guard"], "places": ["XX", "YY"]}
    project.scenario["forces"] |= {"guard": guard}
    named = act(0.2, places=["upper", "lower"])
    assert covered(project, wide=act(), named=named).keys() == {"named"}
    assert covered(project, narrow=act(places=["upper"]), named=named) == {}


def test_a_truce_is_between_two_whoever_is_named_first(project):
    truce = {"kind": "truce", "start": DAY(2001, 3, 4), "stop": DAY(2001, 5, 6)}
    one = truce | {"against": ["old"], "rival": "young", "strength": 0.9}
    other = truce | {"against": ["young"], "rival": "old", "strength": 0.4}
    assert list(covered(project, one=one, other=other)) == ["other"]


def test_an_act_that_others_cover_in_some_places_is_told_with_these_alone(project):
    wide = act(0.2)
    assert in_part(project, strong=act(places=["upper"]), wide=wide) == {
        "wide": "acts.wide adds nothing in upper: acts.strong holds as much there, or more"
    }
    assert covered(project, strong=act(places=["upper"]), wide=wide) == {}
    for felt in (act(0.1, places=["upper"]), act(places=["upper"], stop=DAY(2001, 4, 1))):
        assert in_part(project, strong=felt, wide=wide) == {}
    assert in_part(project, strong=act(), wide=wide) == {}  # it moves nothing at all, which is said


def test_an_act_that_others_cover_against_one_of_two_groups_is_told_with_that(project):
    both = act(0.4, against=["old", "young"])
    told = in_part(project, strong=act(), both=both)["both"]
    assert told.startswith("acts.both adds nothing for old in ")
    money = {"kind": "finance_interdiction", "start": FIRST, "stop": LAST}
    wide = money | {"against": ["old", "young"], "strength": 0.1}
    one = money | {"against": ["young"], "strength": 0.3}
    told = in_part(project, one=one, wide=wide)
    assert told == {
        "wide": "acts.wide adds nothing for young: acts.one holds as much there, or more"
    }
