"""What a value in the wrong form was meant to be is told beside it, and nothing that follows from it."""

import pytest

from ebbtide.scenario import Faults, load
from ebbtide.scenario.meant_values import meant_number, meant_truth
from ebbtide.scenario.schema.evidence import NEEDED

PLACES = [
    "id,name,country,lon,lat,population,districts,poverty,cover,local_institutions,sympathy,city,note",
    "upper,Upper,XX,3,1,9000,3,0.2,0.2,0.2,0.2,0.2,invented",
    "lower,Lower,XX,4,1,9000,3,0.2,0.2,0.2,0.2,0.2,invented",
]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3000,", "3000"),
        ("350,000", "350000"),
        ("1 200 000", "1200000"),
        ("1'200.5", "1200.5"),
        ("0,5", "0.5"),
        ("12", "12"),
        ("about 12", None),
        ("10E", None),
        ("1,2,3", None),
        (7, None),
    ],
)
def test_a_number_with_separators_is_read_as_what_was_meant(text, number):
    assert meant_number(text) == number


@pytest.mark.parametrize(
    ("found", "meant"), [("no", "false"), ("Yes", "true"), (0, "false"), (1, "true"), ("2", None)]
)
def test_a_yes_or_no_in_words_is_read_as_what_was_meant(found, meant):
    assert meant_truth(found) == meant


def faults(project):
    try:
        load(project.write_all())
    except Faults as found:
        return [str(each).rpartition("/")[2] for each in found.faults]
    return []


def test_what_was_meant_is_told_with_what_was_found(project):
    project.scenario["borders"]["pass"]["international"] = "no"
    project.scenario["places"]["upper"]["population"] = "350,000"
    first, second = sorted(faults(project))
    assert first.endswith('international: found "no"; allowed: true or false; did you mean false?')
    assert second.endswith("did you mean 350000?")


def in_table(project, *rows):
    project.scenario.pop("places", None)
    project.scenario["geography"] = {"places": "places.csv"}
    (project.folder / "places.csv").write_text("\n".join([*rows, ""]))
    return faults(project)


def test_a_comma_without_quotes_is_the_only_fault_of_its_row(project):
    assert in_table(project, *PLACES) == []
    slip = PLACES[1].replace("Upper", "Upper, north")
    (said,) = in_table(project, PLACES[0], slip, PLACES[2])
    allowed = "allowed: 13 cells: a text with a comma stands in quotes"
    assert said == f'places.csv:2: found 14 cells; {allowed}; did you mean "Upper, north"?'


def test_a_row_that_is_too_short_is_the_only_fault_too(project):
    short = PLACES[1].removesuffix(",invented")
    said = "12 cells; allowed: 13 cells: one that is empty has its comma"
    assert in_table(project, PLACES[0], short, PLACES[2]) == [f"places.csv:2: found {said}"]


def test_a_group_that_is_hostile_to_itself_is_told_as_that(project):
    project.scenario["groups"]["old"]["hostility"] = {"old": 0.3, "young": 0.3}
    (said,) = faults(project)
    assert said.endswith("hostility.old: found the group itself; allowed: other groups: young")


@pytest.mark.parametrize("empty", ["low", "high"])
def test_an_empty_end_of_a_figure_is_its_only_fault(project, empty):
    low, high = ("", "3000") if empty == "low" else ("3000", "")
    rows = [",".join(NEEDED["strength"]), f"2001-04-01,day,{low},{high},fighters,all,Gazette,,,"]
    (project.folder / "strength.csv").write_text("\n".join(rows))
    project.scenario["evidence"] = {"strength": "strength.csv"}
    allowed = "a number; of one number `low` and `high` are the same"
    assert faults(project) == [f"strength.csv:2: {empty}: found an empty cell; allowed: {allowed}"]
