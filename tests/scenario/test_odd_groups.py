"""What a check tells of odd groups: one name for two, seed from nowhere, idle allies."""

import pytest

from ebbtide.scenario import check


def told(project, word):
    return [line.strip() for line in check(project.write_all()) if word in line]


@pytest.mark.parametrize("table", ["groups", "forces", "places"])
def test_two_of_one_name_are_told(project, table):
    entries = project.scenario[table]
    if table == "forces":
        entries["watch"] = entries["guard"] | {"name": "Watch"}
    one, other = list(entries)[:2]
    assert told(project, "tell them apart") == []
    entries[other]["name"] = entries[one]["name"].upper()
    [line] = told(project, "tell them apart")
    assert f"{table}.{one}.name" in line
    assert f"{table}.{other}.name" in line


@pytest.mark.parametrize(
    ("seed_places", "men", "by_nobody"),
    [({"lower": 1}, 0, True), ({"lower": 1}, 5, False), ({"upper": 0.5}, 0, None)],
)
def test_a_split_out_of_places_without_men_is_told(project, seed_places, men, by_nobody):
    birth = project.scenario["events"]["birth"]
    birth |= {"seed_places": seed_places, "men": men}
    lines = told(project, "nobody crosses")
    assert len(lines) == (by_nobody is not None)
    assert all(("it is founded by nobody" in line) == by_nobody for line in lines)


@pytest.mark.parametrize(
    ("seed_places", "beyond"),
    [({"isle": 1}, True), ({"upper": 1, "isle": 0.5}, True), ({"upper": 1}, False)],
)
def test_a_split_out_of_places_that_no_border_leads_to_is_told(project, seed_places, beyond):
    places = project.scenario["places"]
    places["isle"] = places["lower"] | {"name": "Isle", "lon": 5}
    project.scenario["events"]["birth"] |= {"seed_places": seed_places}
    lines = told(project, "events.birth.seed_places")
    assert len(lines) == beyond
    assert all("no border leads to isle from where the men of old.wild stand" in x for x in lines)
    project.scenario["borders"]["ford"] = {"between": ["lower", "isle"], "length": 3}
    assert not any("no border leads" in x for x in told(project, "events.birth.seed_places"))


@pytest.mark.parametrize(
    ("men", "money", "word"),
    [(0, 0, "moves nothing"), (0, 1, None), (1, 0, None), (12, 0, "more than there are")],
)
def test_an_ally_who_gives_nothing_or_more_than_there_is_is_told(project, men, money, word):
    groups = project.scenario["groups"]
    groups["third"] = groups["old"] | {"name": "Third", "allies": {}, "hostility": {}}
    groups["old"]["allies"] = {"third": {"men": men, "money": money}}
    lines = told(project, "allies.third")
    assert len(lines) == (word is not None)
    assert all(str(word) in line for line in lines)
