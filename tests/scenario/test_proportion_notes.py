"""What a check tells of sizes that are out of proportion to others of the same scenario."""

import pytest

from conftest import group, place
from ebbtide.scenario import check
from ebbtide.scenario.schema.evidence import NEEDED


def notes(project):
    return [line.strip() for line in check(project.write_all())]


def told(project, of, words):
    return any(line.startswith(f"{of}:") and words in line for line in notes(project))


@pytest.mark.parametrize(("men", "is_told"), [(4000, False), (4001, True)])
def test_men_far_above_the_highest_estimate_are_told(project, men, is_told):
    project.scenario["evidence"] = {"strength": "strength.csv", "of": "old"}
    rows = (
        f"2001-0{n}-01,day,50,{high},fighters,all,Gazette,,," for n, high in ((2, 90), (3, 200))
    )
    (project.folder / "strength.csv").write_text(
        "\n".join([",".join(NEEDED["strength"]), *rows, ""])
    )
    project.scenario["groups"]["old"]["fighters"] = men
    project.scenario["places"]["upper"]["population"] = 1e6
    assert told(project, "groups.old.fighters", "times the highest estimate") == is_told


@pytest.mark.parametrize(("men", "is_told"), [(360, False), (361, True)])
def test_men_who_are_a_large_part_of_all_people_are_told(project, men, is_told):
    project.scenario["groups"]["old"]["fighters"] = men  # of 18,000 people
    assert told(project, "groups.old.fighters", "of all 18,000 people") == is_told


@pytest.mark.parametrize("key", ["capacity", "arrests"])
@pytest.mark.parametrize(("number", "is_told"), [(105, False), (106, True)])
def test_a_force_that_could_hit_half_of_all_men_in_a_week_is_told(project, key, number, is_told):
    project.scenario["groups"]["old"]["fighters"] = 200  # and 10 come to the founding
    project.scenario["forces"]["guard"][key] = number
    assert told(project, f"forces.guard.{key}", "men of all groups: is it a year's?") == is_told


def test_contingents_count_for_their_force(project):
    project.scenario["groups"]["old"]["fighters"] = 200
    project.scenario["forces"]["guard"]["contingents"] = {"XX": {"capacity": 150, "arrests": 1}}
    assert told(project, "forces.guard.capacity", "men of all groups: is it a year's?")


@pytest.mark.parametrize(("crime", "is_told"), [(250, False), (251, True)])
def test_crime_far_above_pay_is_told(project, crime, is_told):
    project.scenario["groups"]["old"]["crime"] = crime  # pay is 100
    assert told(project, "groups.old.crime", "over 2.5 times his pay, 100") == is_told


@pytest.mark.parametrize(
    ("pay", "words"), [(500, None), (501, "over 5 times"), (20, None), (19, "under 1/5 of")]
)
def test_pay_far_from_that_of_groups_is_told_of_three_groups_on(project, pay, words):
    project.scenario["groups"]["old"] |= {"pay": pay, "crime": 0}
    assert not told(project, "groups.old.pay", "what groups have in the median")
    project.scenario["groups"]["third"] = group("Third", 30) | {"places": {"upper": 1}}
    assert told(project, "groups.old.pay", words or "in the median") == (words is not None)
    assert not told(project, "groups.third.pay", "in the median")


@pytest.mark.parametrize(("people", "is_told"), [(180_000, False), (180_001, True)])
def test_a_place_with_many_times_the_people_of_all_others_is_told(project, people, is_told):
    project.scenario["places"]["upper"]["population"] = people
    assert not told(project, "places.upper.population", "all other places")  # of two places
    project.scenario["places"]["third"] = place("Third", 5)
    project.scenario["places"]["lower"]["population"] = 9000
    assert told(project, "places.upper.population", "all other places, 18,000") == is_told


@pytest.mark.parametrize(("low", "is_told"), [(0.4, False), (0.39, True)])
def test_a_prior_that_spans_thousands_is_told(project, low, is_told):
    prior = {"prior": "lognormal", "low": low, "high": 400, "unit": "men"}
    project.scenario["groups"]["old"]["fighters"] = prior
    assert told(project, "groups.old.fighters", "spans more than 1,000 times") == is_told
