"""Of what publishers say: which rows are used, and what is told of the others."""

import datetime as dt

import pytest

from ebbtide.scenario import Faults, check, load
from ebbtide.scenario.schema.evidence import NEEDED

DAYS = ["2000-12-31", "2001-02-01", "2001-05-31", "2001-09-30", "2030-01-01"]


@pytest.fixture
def spoken(project):
    """A project with a cut and a group that is founded, and a row of evidence on each of DAYS."""
    project.scenario["evidence"] = {"strength": "strength.csv", "of": "young"}
    project.scenario["focus"] = "young"
    project.scenario["cut"] = dt.date(2001, 7, 1)
    rows = [f"{day},day,1,3,fighters,upper,Gazette,,," for day in DAYS]
    text = "\n".join([",".join(NEEDED["strength"]), *rows, ""])
    (project.folder / "strength.csv").write_text(text)
    return project


def test_rows_of_days_that_nothing_is_set_beside_are_told(spoken):
    birth = dt.date(2001, 4, 1)
    spoken.scenario["events"]["birth"]["date"] = birth
    path = spoken.write_all()
    scenario = load(path)
    used = scenario.evidence_tables()["strength"]
    assert [str(day.date()) for day in used["date"]] == ["2001-05-31"]
    end = scenario.dates[-1]
    notes = [line for line in check(path) if "strength.csv" in line]
    for told in (
        "1 row lies before the start, 2001-01-07, and is not used",
        f"1 row lies before young is founded, {birth}, and is not used",
        "1 row lies after the cut, 2001-07-01, and is not used",
        f"1 row lies after the last week, {end}, and is not used",
    ):
        assert sum(told in line for line in notes) == 1
    assert len(notes) == 4


def test_evidence_of_another_group_than_the_focus_is_told(spoken):
    spoken.scenario["focus"] = "old"
    lines = check(spoken.write_all())
    assert any("evidence is of young, tables and plots are of old" in line for line in lines)


def test_evidence_may_be_of_several_groups_which_are_the_focus_in_any_order(spoken):
    spoken.scenario["evidence"]["of"] = ["young", "old"]
    spoken.scenario["focus"] = ["old", "young"]
    assert load(spoken.write_all()).published.of_focus
    assert not any("set beside nothing" in line for line in check(spoken.write_all()))
    for of in ("young", ["young"], ["old"]):
        spoken.scenario["evidence"]["of"] = of
        assert not load(spoken.write_all()).published.of_focus
    told = "evidence is of old, tables and plots are of old and young (`focus`): set beside nothing"
    assert any(told in line for line in check(spoken.write_all()))
    spoken.scenario["evidence"]["of"] = ["old", "yung"]
    with pytest.raises(Faults, match=r"evidence\.of: found \"yung\".*did you mean young"):
        load(spoken.write_all())


def test_a_file_without_rows_is_told(spoken):
    (spoken.folder / "strength.csv").write_text(",".join(NEEDED["strength"]) + "\n")
    assert any("no row below its header" in line for line in check(spoken.write_all()))


@pytest.mark.parametrize(
    ("area", "places", "words"),
    [
        ("upper", ["upper"], "Upper"),
        (" upper ; upper", ["upper"], "Upper"),
        ("XX", [], ""),
        ("upper;lower", [], ""),
        ("all", [], ""),
        ("", [], ""),
        (None, [], ""),
    ],
)
def test_an_area_is_a_part_of_the_places_or_all_of_them(spoken, area, places, words):
    published = load(spoken.write_all()).published
    assert published.places(area) == places
    assert published.words(area) == words
