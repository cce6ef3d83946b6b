"""Of what publishers say: which rows are used, and what is told of the others."""

import datetime as dt

import pytest

from ebbtide.scenario import Faults, check, load
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS, NEEDED

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
    lines = [line for line in check(path) if "strength.csv" in line]
    notes = [line for line in lines if "unusual" not in line]
    for told in (
        "strength.csv:2: 1 row lies before the start, 2001-01-07, and is not used",
        f"strength.csv:3: 1 row lies before young is founded, {birth}, and is not used",
        "strength.csv:5: 1 row lies after the cut, 2001-07-01, and is not used",
        f"strength.csv:6: 1 row lies after the last week, {end}, and is not used",
    ):
        assert sum(told in line for line in notes) == 1
    assert len(notes) == 4


def test_evidence_of_another_group_than_the_focus_is_told(spoken):
    spoken.scenario["focus"] = "old"
    lines = check(spoken.write_all())
    assert any("evidence is of young, tables and plots are of old" in line for line in lines)


@pytest.mark.parametrize("of", ["young", "old"])
def test_a_row_is_before_the_founding_of_whom_it_speaks_of_whatever_the_focus(spoken, of):
    spoken.scenario["focus"] = "old" if of == "young" else "young"
    spoken.scenario["evidence"]["of"] = of
    early = [line for line in check(spoken.write_all()) if "is founded" in line and "row" in line]
    assert len(early) == (of == "young")
    assert all("strength.csv:3: 1 row lies before young is founded, 2001-03-04" in x for x in early)


@pytest.mark.parametrize(("cut", "told"), [("2001-05-27", True), ("2001-06-03", False)])
def test_a_cut_before_all_evidence_is_told(spoken, cut, told):
    spoken.scenario["cut"] = dt.date.fromisoformat(cut)
    row = "2001-05-31,day,1,3,fighters,upper,Gazette,,,"
    (spoken.folder / "strength.csv").write_text("\n".join([",".join(NEEDED["strength"]), row, ""]))
    said = (
        f"no row of evidence is of a day that is used, from 2001-03-04 to the cut, {cut}: they are of "
        "2001-05-31 to 2001-05-31"
    )
    assert any(said in line for line in check(spoken.write_all())) == told


@pytest.mark.parametrize(("counts", "held"), [(["deaths"], False), (["deaths", "killed"], True)])
def test_deaths_of_all_sides_alone_are_held_against_nothing(spoken, counts, held):
    spoken.scenario["evidence"] = {"violence": "violence.csv", "of": "young"}
    columns = [name for name in EVIDENCE_COLUMNS["violence"] if name != "held_back"]
    rows = [f"2001-04-01,2001-05-31,,1,3,{each},all,Gazette,,," for each in counts]
    (spoken.folder / "violence.csv").write_text("\n".join([",".join(columns), *rows, ""]))
    lines = check(spoken.write_all())
    assert any("violence.csv: held against runs by" in line for line in lines) == held
    said = (
        "violence.csv: no run is held against it, since deaths of all sides (`deaths`) stand beside"
    )
    assert any(said in line for line in lines) == (not held)


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


PERIOD = "{first},{last},{known},1,3,killed,all,Gazette,,,"


@pytest.mark.parametrize(
    ("first", "last", "known", "why"),
    [
        ("2001-04-01", "2001-05-31", "", None),
        ("2001-01-07", "2001-12-31", "2001-06-01", None),  # known before it ends
        ("2001-01-06", "2001-05-31", "", "begins before the start, 2001-01-07"),
        ("2001-04-01", "2001-07-31", "", "ends after the cut, 2001-07-01"),
        ("2001-04-01", "2001-05-31", "2001-08-01", "becomes known after the cut, 2001-07-01"),
        ("2001-04-01", "2002-05-31", "", "ends after the last week, 2001-12-30"),
        ("2001-04-01", "2002-05-31", "2001-06-01", "ends after the last week, 2001-12-30"),
        ("2001-02-01", "2001-02-28", "", "lies before young is founded, 2001-03-04"),
    ],
)
def test_a_count_of_a_period_is_used_where_the_run_has_all_of_it(spoken, first, last, known, why):
    if last == "2001-12-31":
        spoken.scenario["end"] = dt.date(2002, 1, 6)
    spoken.scenario["evidence"] = {"violence": "violence.csv", "of": "young"}
    row = PERIOD.format(first=first, last=last, known=known)
    columns = [name for name in EVIDENCE_COLUMNS["violence"] if name != "held_back"]
    text = "\n".join([",".join(columns), row, row.replace("Gazette", "Herald"), ""])
    (spoken.folder / "violence.csv").write_text(text)
    path = spoken.write_all()
    lines = [line for line in check(path) if "violence.csv" in line]
    notes = [line for line in lines if "`known` before" not in line]
    if why is None:
        assert len(load(path).evidence_tables()["violence"]) == 2
        (note,) = notes
        assert note.endswith("no table or plot of a run has it")
    else:
        verb, _, rest = why.partition(" ")
        assert load(path).evidence_tables()["violence"].empty
        (note,) = notes
        said = f"violence.csv:2,3: 2 rows {verb.removesuffix('s')} {rest}, and are not used"
        assert note.endswith(said)


def test_a_row_again_is_refused_whatever_its_remarks(spoken):
    """It would count twice, in figures and for `calibrate`."""
    file = spoken.folder / "strength.csv"
    text = file.read_text()
    file.write_text(text + "2001-02-01,day,1,3,fighters,upper,Gazette,,seen,another remark\n")
    with pytest.raises(Faults) as caught:
        load(spoken.write_all())
    [fault] = caught.value.faults
    line = 2 + DAYS.index("2001-02-01")
    assert fault.file.endswith(f"strength.csv:{len(DAYS) + 2}")
    assert fault.found.endswith(f"strength.csv:{line} again")
    for other in ("2001-02-01,day,1,4", "2001-02-02,day,1,3", "2001-02-01,week,1,3"):
        file.write_text(text + f"{other},fighters,upper,Gazette,,,\n")
        load(spoken.write_all())


@pytest.mark.parametrize("focus", ["young", ["old", "young"]])
def test_places_with_any_presence_do_not_add_up_over_groups(spoken, focus):
    spoken.scenario["focus"] = focus
    spoken.scenario["evidence"] = {"presence": "presence.csv", "of": focus}
    rows = [f"2001-05-31,{said},1,3,all,Gazette,," for said in ("districts held", "presence")]
    (spoken.folder / "presence.csv").write_text(
        "\n".join([",".join(NEEDED["presence"]), *rows, ""])
    )
    told = "1 row of places with any presence, which do not add up over the groups of `focus`"
    assert any(told in line for line in check(spoken.write_all())) == (focus != "young")


@pytest.mark.parametrize(
    ("kind", "row", "told"),
    [
        ("presence", "2001-05-31,districts held,2,6,all,Gazette,,", None),
        ("presence", "2001-05-31,districts held,2,7,all,Gazette,,", "the districts of the scenario"),
        ("presence", "2001-05-31,districts held,2,4,upper,Gazette,,", "more than 3, the districts of"),
        ("presence", "2001-05-31,any presence,1,2,,Gazette,,", None),
        ("presence", "2001-05-31,any presence,1,3,,Gazette,,", "3 (any presence) is more than 2"),
        ("strength", "2001-05-31,day,70,101,percent_former_old,all,Gazette,,,", "100, the whole"),
        ("strength", "2001-05-31,day,70,1010,fighters,all,Gazette,,,", None),
    ],
)  # fmt: skip
def test_more_than_there_is_is_told(spoken, kind, row, told):
    spoken.scenario["evidence"] = {kind: f"{kind}.csv", "of": "young"}
    (spoken.folder / f"{kind}.csv").write_text(f"{','.join(NEEDED[kind])}\n{row}\n")
    found = [line for line in check(spoken.write_all()) if "is more than" in line]
    assert len(found) == (told is not None)
    assert all(str(told) in line for line in found)


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


def test_evidence_that_is_all_held_back_is_told(spoken):
    told = "  all rows of evidence are held back: no posterior can be fitted to any"
    assert told not in check(spoken.write_all())
    file = spoken.folder / "strength.csv"
    head, *rows = file.read_text().splitlines()
    file.write_text("\n".join([f"{head},held_back", *(f"{row},1" for row in rows), ""]))
    assert told in check(spoken.write_all())


def losses_of(project, area, local, stands):
    """A project whose army stands in places, and a row of what it lost in an area."""
    force = next(iter(project.scenario["forces"].values()))
    force |= {"places": stands, "local": local}
    project.scenario["evidence"] = {"violence": "violence.csv", "of": "young"}
    project.scenario["focus"] = "young"
    cells = {"first": "2001-05-01", "last": "2001-05-31", "counts": "state_killed", "low": "3",
             "high": "3", "area": area, "publisher": "Gazette"}  # fmt: skip
    row = ",".join(cells.get(name, "") for name in NEEDED["violence"])
    text = "\n".join([",".join(NEEDED["violence"]), row, ""])
    (project.folder / "violence.csv").write_text(text)
    return [line for line in check(project.write_all()) if "have no place" in line]


@pytest.mark.parametrize(
    ("area", "local", "stands", "told"),
    [
        ("upper", False, ["upper", "lower"], True),
        ("upper", False, ["upper"], False),
        ("upper", False, ["lower"], False),
        ("all", False, ["upper", "lower"], False),
        ("upper", True, ["upper", "lower"], False),
    ],
)
def test_losses_of_a_part_of_where_a_force_stands_are_told(project, area, local, stands, told):
    """A run's losses have no place: of such a row those of elsewhere are counted too."""
    lines = losses_of(project, area, local, stands)
    assert len(lines) == told
    assert all("violence.csv:2: losses in" in line for line in lines)
