"""What a check tells of borders: places that none joins, that may lack one, and lengths that cannot be."""

import copy
from itertools import pairwise

import pytest

from ebbtide.scenario import check


@pytest.fixture
def row(project):
    """Five places in a row, each joined to the next."""
    places = project.scenario["places"]
    for number, name in enumerate(("third", "fourth", "fifth")):
        places[name] = copy.deepcopy(places["lower"]) | {"name": name, "lon": 5 + number}
    names = list(places)
    for one, other in pairwise(names):
        project.scenario["borders"].setdefault(
            "pass" if one == "upper" else f"{one}_{other}", {"between": [one, other], "length": 20}
        )
    return project


def told(project):
    return [
        line for line in check(project.write_all()) if "border" in line and " borders" not in line
    ]


def test_joined_places_are_told_nothing_of(row):
    assert told(row) == []


def test_a_place_that_lost_its_borders_is_told_by_who_is_there(row):
    del row.scenario["borders"]["fourth_fifth"]
    (line,) = told(row)
    assert "no border joins fifth to any place, and no group has men there" in line
    row.scenario["groups"]["old"]["places"]["fifth"] = 1
    (line,) = told(row)
    assert line.endswith("no border joins fifth to any place: nobody moves in or out")


def test_men_gather_where_a_group_is_founded(row):
    del row.scenario["borders"]["fourth_fifth"]
    row.scenario["events"]["birth"]["places"] = {"fifth": 1}
    (line,) = told(row)
    assert line.endswith("nobody moves in or out")


def test_places_that_fall_into_parts_are_told(row):
    del row.scenario["borders"]["lower_third"]
    parts, missing = told(row)
    assert "no border joins lower, upper to the other places" in parts
    assert "no border joins lower and third" in missing


def test_the_nearest_places_of_all_without_a_border_are_told(row):
    row.scenario["places"]["third"]["lon"] = 4.9
    row.scenario["places"]["lower"]["lon"] = 4.8
    assert told(row) == []
    row.scenario["borders"]["lower_third"]["between"] = ["lower", "fourth"]
    lines = told(row)
    assert "no border joins lower and third, of all places the nearest to each other" in lines[0]
    assert len(lines) == 1


def test_a_border_in_metres_is_told(row):
    row.scenario["borders"]["pass"]["length"] = 12500
    (line,) = [line for line in check(row.write_all()) if "length" in line and "middles" in line]
    assert "pass (12500 km, of middles 111 km apart): is `length` in km?" in line


@pytest.mark.parametrize(("length", "told"), [(1.2, False), (1.0, True)])
def test_a_border_far_shorter_than_its_places_lie_apart_is_told(project, length, told):
    project.scenario["borders"]["pass"]["length"] = length  # of middles 111 km apart
    said = [line for line in check(project.write_all()) if "times as short as" in line]
    assert [f"pass ({length:g} km, of middles 111 km apart)" in line for line in said] == [
        True
    ] * told
