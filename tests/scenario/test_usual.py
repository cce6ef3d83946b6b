"""Numbers that are unusual in the unit of their key are told, with what else may be meant."""

import pytest

from ebbtide.scenario import check


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("places.upper.population", 520, "520 people; under 5,000 is unusual: are they thousands?"),
        ("places.upper.population", 1.2e9, "over 300,000,000 is unusual: are they the country's?"),
        (
            "groups.old.money",
            400_000,
            "400,000 thousand USD; over 50,000 is unusual: are they USD?",
        ),
        ("groups.old.money", 0.4, "0.4 thousand USD; under 1 is unusual: are they millions?"),
        ("groups.old.pay", 3600, "3,600 USD/month; over 1,000 is unusual: is it a year's"),
        ("groups.old.pay", 4, "under 20 is unusual: is it a day's or a week's?"),
        ("groups.old.allies.young.money", -5000, "-5,000 thousand USD/week; over 3,000"),
        ("forces.guard.harm", 30, "30 civilians harmed/man hit; over 10 is unusual"),
        ("borders.pass.length", 12_500, "12,500 km; over 3,000 is unusual: are they metres?"),
        ("groups.old.fighters", 1.2, "1.2 men; under 20 is unusual: are they thousands?"),
        ("events.birth.money", 2e5, "over 50,000 is unusual: are they USD?"),
        ("groups.old.foreign", 100, "100 men/week; over 50 is unusual: are they a month's"),
        ("groups.old.recruitment", 40, "40 ratio; over 10 is unusual: is it percent?"),
        ("forces.guard.taken", 40, "40 ratio; over 4 is unusual: is it percent?"),
        ("forces.guard.taken", -30, "-30 ratio; over 4 is unusual: is it percent?"),
    ],
)
def test_a_number_in_another_unit_is_told_with_what_it_may_be(project, path, value, told):
    table = project.scenario
    *keys, last = path.split(".")
    for key in keys:
        table = table[key]
    assert not any(path in line and "unusual" in line for line in check(project.write_all()))
    table[last] = value
    (line,) = [x for x in check(project.write_all()) if path in x and "unusual" in x]
    assert told in line


@pytest.mark.parametrize(
    "path",
    [
        "forces.guard.routine",
        "groups.old.belief",
        "events.birth.seed.old.wild",
        "groups.old.hostility.young",
    ],
)
def test_a_share_that_is_next_to_nothing_is_told(project, path):
    table, identifier, *rest = path.split(".", 3 if ".seed." in path else 4)
    entry = project.scenario[table][identifier]
    *keys, last = rest
    for key in keys:
        entry = entry[key]
    for value, told in ((0.004, True), (0, False), (0.04, False)):
        entry[last] = value
        lines = [line for line in check(project.write_all()) if "a share is 0 to 1" in line]
        assert [path in line for line in lines] == [True] * told


def test_none_is_usual_and_several_of_a_kind_are_one_line(project):
    for place in project.scenario["places"].values():
        place["population"] = 520
    project.scenario["places"]["lower"]["population"] = 900
    project.scenario["groups"]["old"]["money"] = 0
    lines = [line for line in check(project.write_all()) if "unusual" in line]
    assert lines == [
        "  places.lower.population, places.upper.population are 520 to 900 people; under 5,000 is "
        "unusual: are they thousands?"
    ]
