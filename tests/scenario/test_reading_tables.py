"""Tables as CSV beside a scenario: what can be read, and which line and column a fault names."""

import pytest

from ebbtide.scenario import Faults, load
from ebbtide.scenario.schema.evidence import NEEDED
from faults_found import faults_of

PLACES_CSV = """id,name,country,lon,lat,population,districts,poverty,cover,local_institutions,sympathy,city
upper,Upper,XX,3,1,9000,3,0.1,0.2,0.3,0.4,0.5
lower,Lower,YY,4,1,7000,2,0.1,0.2,0.3,0.4,
"""
BORDERS_CSV = "a,b,international,length\nupper,lower,1,30\n"


def with_csv(project, places=PLACES_CSV, borders=BORDERS_CSV):
    (project.folder / "places.csv").write_text(places)
    (project.folder / "borders.csv").write_text(borders)
    project.scenario["geography"] = {
        "places": "places.csv",
        "borders": "borders.csv",
        "columns": {"population": {"source": "a census"}},
    }
    project.scenario["places"] = {"lower": {"city": 0.125, "population": 8000}}
    del project.scenario["borders"]
    return project.write_all()


def test_places_and_borders_come_from_csv_and_inline_tables_win(project):
    scenario = load(with_csv(project))
    lower = scenario.file.places["lower"]
    assert (lower.population.median, lower.city.median, lower.poverty.median) == (8000, 0.125, 0.1)
    assert scenario.file.places["upper"].population.stated.source == "a census"
    border = scenario.file.borders["upper_lower"]
    assert (border.between, border.international, border.length.median) == (
        ("upper", "lower"),
        True,
        30,
    )
    changed = scenario.with_overrides({"places.upper.name": "Up", "places.upper.poverty": 0.9})
    assert changed.file.places["upper"].name == "Up"
    assert changed.file.places["upper"].population.median == 9000


@pytest.mark.parametrize(
    ("places", "borders", "file", "key"),
    [
        (PLACES_CSV.replace("poverty", "povety"), BORDERS_CSV, "places.csv:1", "povety"),
        (PLACES_CSV.replace("9000", "many"), BORDERS_CSV, "places.csv:2", "population"),
        (PLACES_CSV.replace("0.1,0.2", "1.1,0.2", 1), BORDERS_CSV, "places.csv:2", "poverty"),
        (PLACES_CSV.replace("9000", "nan"), BORDERS_CSV, "places.csv:2", "population"),
        (PLACES_CSV.replace("lower,L", "upper,L"), BORDERS_CSV, "places.csv:3", "id"),
        (PLACES_CSV + "third,Third\n", BORDERS_CSV, "places.csv:4", None),
        (PLACES_CSV, BORDERS_CSV.replace("lower", "lowr"), "borders.csv:2", "between"),
        (PLACES_CSV, BORDERS_CSV.replace(",1,", ",yes,"), "borders.csv:2", "international"),
        (PLACES_CSV, BORDERS_CSV.replace("length", "b"), "borders.csv:1", "b"),
        (PLACES_CSV, "a,b\nupper,lower\n", "borders.csv:2", "length"),
        (PLACES_CSV, "a,length\nupper,3\n", "borders.csv:1", "b"),
    ],
)
def test_faults_in_csv_name_line_and_column(project, places, borders, file, key):
    found = faults_of(with_csv(project, places, borders))
    named = [f for f in found if f.file.endswith(file)]
    assert named
    assert key is None or any(key in (fault.key or "") for fault in named)


@pytest.mark.parametrize(("sign", "told"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_csv_without_commas_is_told_as_such(project, sign, told):
    path = with_csv(project, PLACES_CSV.replace(",", sign), BORDERS_CSV)
    (fault,) = [each for each in faults_of(path) if each.file.endswith("places.csv:1")]
    assert (fault.found, fault.allowed) == (f"columns parted by {told}", "commas")


def test_a_csv_in_another_encoding_says_how_to_save_it(project):
    path = with_csv(project)
    (project.folder / "places.csv").write_bytes(
        PLACES_CSV.replace("Upper", "Caf\xe9").encode("latin1")
    )
    (fault,) = [each for each in faults_of(path) if each.file.endswith("places.csv:2")]
    assert fault.allowed == "UTF-8 text (save it as CSV UTF-8)"


def test_evidence_is_read_and_checked(project):
    header = "date,date_precision,low,high,counts,area,publisher,dependence,check,note\n"
    file = project.folder / "strength.csv"
    project.scenario["evidence"] = {"strength": "strength.csv", "of": "young"}
    file.write_text(header + '2001-05-31,day,100,300,fighters,XX,Gazette,,seen,"a, b"\n')
    table = load(project.write_all()).evidence_tables()["strength"]
    assert table.loc[0, ["low", "high", "note"]].tolist() == [100, 300, "a, b"]
    assert table.loc[0, "date"].year == 2001
    file.write_text(header + "31.5.2001,day,400,x,fighters,XX,,,,\n")
    found = {(fault.file.split(":")[-1], fault.key) for fault in faults_of(project.write_all())}
    assert found == {("2", "date"), ("2", "high"), ("2", "publisher")}


@pytest.mark.parametrize(
    ("kind", "column", "row", "nearest"),
    [
        ("strength", "area", "2001-05-31,day,1,3,fighters,uper,Gazette,,,", "upper"),
        ("strength", "area", "2001-05-31,day,1,3,fighters,The lower,Gazette,,,", "lower"),
        ("presence", "area", "2001-05-31,districts held,1,3,xxx,Gazette,,", "XX"),
        ("strength", "date_precision", "2001-05-31,months,1,3,fighters,all,Gazette,,,", "month"),
        ("strength", "counts", "2001-05-31,day,1,3,fightres,XX,Gazette,,,", "fighters"),
        ("strength", "counts", "2001-05-31,day,1,3,afiliated,XX,Gazette,,,", "affiliated"),
        ("strength", "counts", "2001-05-31,day,1,3,percent_,XX,Gazette,,,", None),
        ("strength", "counts", "2001-05-31,day,1,3,percent_foreign,XX,Gazette,,,", None),
        (
            "strength",
            "counts",
            "2001-05-31,day,1,3,percent_former_yuong,XX,Gazette,,,",
            "percent_former_young",
        ),
        ("presence", "measure", "2001-05-31,districts hedl,1,3,XX,Gazette,,", "districts held"),
        ("presence", "measure", "2001-05-31,men seen,1,3,XX,Gazette,,", None),
    ],
)
def test_what_no_outcome_stands_beside_is_refused(project, kind, column, row, nearest):
    """It would be drawn nowhere and compared with nothing, in silence."""
    sound = {
        "strength": "2001-05-31,day,1,3,percent_former_old,XX,Gazette,,,",
        "presence": "2001-05-31,districts held at least in part,1,3,XX,Gazette,,",
    }
    file = project.folder / f"{kind}.csv"
    project.scenario["evidence"] = {kind: file.name}
    file.write_text("\n".join([",".join(NEEDED[kind]), sound[kind], ""]))
    load(project.write_all())
    file.write_text("\n".join([",".join(NEEDED[kind]), sound[kind], row, ""]))
    [fault] = faults_of(project.write_all())
    assert fault.file.endswith(f"{kind}.csv:3")
    assert (fault.key, fault.nearest) == (column, nearest)
    assert fault.found in (f'"{cell}"' for cell in row.split(","))
    assert fault.allowed is not None


@pytest.mark.parametrize("key", ["places", "borders"])
def test_a_header_alone_is_one_fault(project, key):
    path = with_csv(project)
    text = PLACES_CSV if key == "places" else BORDERS_CSV
    if key == "places":
        project.scenario["places"] = {}
        path = project.write_all()
    (project.folder / f"{key}.csv").write_text(text.splitlines()[0] + "\n")
    assert "no row below its header" in {fault.found for fault in faults_of(path)}


@pytest.mark.parametrize(
    ("header", "column", "allowed"),
    [
        (["", *NEEDED["strength"]], "column 1", "to_csv(FILE, index=False)"),
        ([*NEEDED["strength"], "", ""], "column 11", "a spreadsheet leaves empty ones"),
        ([*NEEDED["strength"][:3], "", *NEEDED["strength"][3:]], "column 4", "a name, or no such"),
    ],
)
def test_a_column_without_a_name_is_told_by_its_place(project, header, column, allowed):
    project.scenario["evidence"] = {"strength": "strength.csv"}
    (project.folder / "strength.csv").write_text(",".join(header) + "\n")
    [fault] = faults_of(project.write_all())
    assert (fault.file.rpartition("/")[2], fault.key) == ("strength.csv:1", column)
    assert allowed in str(fault.allowed)


@pytest.mark.parametrize("key", ["places", "borders"])
@pytest.mark.parametrize(("text", "found"), [("", "no header"), ("\n\n", "no header")])
def test_an_empty_table_is_one_fault(project, key, text, found):
    path = with_csv(project)
    (project.folder / f"{key}.csv").write_text(text)
    [fault] = [each for each in faults_of(path) if each.file.endswith(f"{key}.csv")]
    assert fault.found == found


def test_places_of_ones_own_under_another_case_are_told_in_one_line(project):
    places = dict.fromkeys(("upper", "lower"), 1)
    project.scenario["groups"]["old"]["held"] = dict.fromkeys(places, 0.1)
    for force in ("one", "other", "third", "fourth", "fifth"):
        guard = project.scenario["forces"]["guard"]
        project.scenario["forces"][force] = guard | {"name": force, "places": ["upper"]}
    project.write_all()
    (project.folder / "own.csv").write_text(
        PLACES_CSV.replace("upper", "east").replace("lower", "west")
    )
    base = with_csv(project, PLACES_CSV, BORDERS_CSV)
    child = {"extends": base.name, "geography": {"places": "own.csv"}}
    with pytest.raises(Faults) as caught:
        load(project.write("child.toml", child))
    lead, *few = str(caught.value).splitlines()
    assert "child.toml: found places of its own (own.csv) under " in lead
    assert len(few) <= 6
