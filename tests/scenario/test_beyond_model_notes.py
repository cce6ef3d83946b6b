"""What a check tells of rows of evidence over all files, and beside the scenario that they speak of."""

import datetime as dt

import pytest

from ebbtide.scenario import Faults, check
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS

DAY = dt.date


def lines(project, **files):
    """What a check tells of a scenario with these rows, by kind of file; of the old group."""
    project.scenario["evidence"] = {kind: f"{kind}.csv" for kind in files} | {"of": "old"}
    for kind, rows in files.items():
        columns = [name for name in EVIDENCE_COLUMNS[kind] if name not in ("check", "note")]
        text = "\n".join([",".join(columns) + ",check,note", *(f"{row},," for row in rows), ""])
        (project.folder / f"{kind}.csv").write_text(text)
    return check(project.write_all())


def said(low, high, counts="fighters", area="all", by="Gazette", rests="", day="04-01"):
    return f"2001-{day},day,{low},{high},{counts},{area},{by},{rests},"


def period(counts, area, first, last, high=9):
    return f"2001-{first},2001-{last},,1,{high},{counts},{area},Gazette,,"


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [("army", "", True), ("army", "valley", True), ("army", "army", False), ("", "", False)],
)
def test_a_publisher_under_two_dependences_is_told(project, one, other, told):
    rows = [said(100, 300, rests=one), said(100, 300, rests=other, day="05-01")]
    found = [line for line in lines(project, strength=rows) if "several dependences" in line]
    assert len(found) == told
    assert all("strength.csv:2,3: Gazette stands under" in line for line in found)


@pytest.mark.parametrize(
    ("other", "told"), [("ARMY", True), ("army ", False), ("army", False), ("valley", False)]
)
def test_dependences_that_differ_in_case_are_told_over_all_files(project, other, told):
    counted = period("deaths", "all", "04-01", "04-30").replace("Gazette,", f"Herald,{other}")
    found = lines(project, strength=[said(100, 300, rests="army")], violence=[counted])
    assert any("dependences called nearly the same" in line for line in found) == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (said(60, 70, "percent_former_old"), "nobody comes to old from old"),
        (said(60, 70, "percent_former_young", day="02-01"), "young is not founded yet"),
        (said(60, 70, "percent_former_young"), None),
    ],
)
def test_a_share_of_origin_that_cannot_be_is_told(project, row, told):
    found = [line for line in lines(project, strength=[row]) if "(percent_former" in line]
    assert len(found) == (told is not None)
    assert all(str(told) in line for line in found)


@pytest.mark.parametrize(
    ("low", "by", "told"), [(60, "Gazette", True), (20, "Gazette", False), (60, "Herald", False)]
)
def test_shares_of_one_whole_are_at_most_all_of_it(project, low, by, told):
    project.scenario["groups"]["third"] = project.scenario["groups"]["young"] | {"name": "Third"}
    project.scenario["groups"]["third"] |= {"fighters": 9, "places": {"upper": 1}}
    rows = [
        said(60, 70, "percent_former_young"),
        said(low, low + 9, "percent_former_third", by=by),
    ]
    found = [line for line in lines(project, strength=rows) if "more than the whole" in line]
    assert len(found) == told


@pytest.mark.parametrize("counts", ["killed", "state_killed", "civilians_harmed"])
@pytest.mark.parametrize(
    ("area", "first", "last", "high", "there"),
    [
        ("upper", "04-01", "04-30", 9, False),
        ("upper", "04-01", "04-30", 0, True),
        ("upper", "04-01", "07-30", 9, True),
        ("lower", "04-01", "04-30", 9, True),
        ("all", "04-01", "04-30", 9, True),
    ],
)
def test_dead_where_and_when_no_force_operates_are_told(
    project, counts, area, first, last, high, there
):
    project.scenario["forces"]["guard"]["places"] = ["lower"]
    project.scenario["events"]["march"] = {
        "kind": "deployment", "date": DAY(2001, 7, 1), "force": "guard", "places": ["upper"],
    }  # fmt: skip
    row = period(counts, area, first, last, high).replace(",1,0,", ",0,0,")
    told = any("no force operates" in line for line in lines(project, violence=[row]))
    assert told == (not there and counts != "civilians_harmed")


@pytest.mark.parametrize("local", [False, True])
def test_armed_locals_kill_and_are_none_of_the_states_dead(project, local):
    project.scenario["forces"]["guard"]["local"] = local
    rows = [period(counts, "all", "04-01", "04-30") for counts in ("killed", "state_killed")]
    told = [line for line in lines(project, violence=rows) if "no force operates" in line]
    assert len(told) == local
    assert all("(state_killed)" in line for line in told)


@pytest.mark.parametrize(("dynamics", "told"), [("simple", 2), ("full", 0)])
def test_ground_and_attacks_of_a_simple_group_are_told(project, dynamics, told):
    project.scenario["groups"]["old"] |= {"dynamics": dynamics, "attacks": 0}
    of_ground = [
        "2001-04-01,districts held,1,2,all,Gazette,",
        "2001-04-01,places with any presence,1,2,all,Gazette,",
    ]
    of_harm = [period(counts, "all", "04-01", "04-30") for counts in ("civilians_harmed", "killed")]
    found = lines(project, presence=of_ground, violence=of_harm)
    assert sum("of simple dynamics, which" in line for line in found) == told


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (said(900, 950, area="upper"), True),
        (said(250, 950, area="upper"), False),
        (said(900, 950, area="upper", by="Herald"), False),
        (said(900, 950, area="upper", day="04-02"), False),
        (said(900, 950, "affiliated", area="upper"), False),
        (said(900, 950, "affiliated"), False),
        (said(10, 90, "affiliated"), True),
    ],
)
def test_a_part_of_the_men_above_its_whole_is_told(project, part, told):
    found = lines(project, strength=[said(100, 300), part])
    assert any("of which it is a part" in line for line in found) == told


MEASURES = {
    "districts held": True,
    "districts held at least in part": True,
    "provinces with any affiliated presence": True,
    "presence": True,
    "Districts held": "districts held",
    "districts not held": "districts held",
    "districts held by the government": "districts held",
    "districts contested or held": "districts held",
    "percent of districts held": "districts held",
    "villages held": "districts held",
    "men held prisoner": "districts held",
    "no presence": "places with any presence",
    "any presence of troops": "places with any presence",
    "districts under its presence": "places with any presence",
    "share of places with any presence": "places with any presence",
    "presence held": None,
}


@pytest.mark.parametrize(("measure", "near"), MEASURES.items())
def test_a_measure_is_a_phrase_that_the_model_has(project, measure, near):
    """Any other would be drawn and weighed as if it were one of these."""
    rows = [f"2001-04-01,{measure},1,2,all,Gazette,"]
    if near is True:
        lines(project, presence=rows)
        return
    with pytest.raises(Faults) as caught:
        lines(project, presence=rows)
    [fault] = caught.value.faults
    assert (fault.key, fault.found, fault.nearest) == ("measure", f'"{measure}"', near)
    assert "`districts held`" in str(fault.allowed)


@pytest.mark.parametrize(("held", "told"), [("11", True), ("10", False), ("1", False)])
def test_a_file_of_which_all_rows_are_held_back_is_told(project, held, told):
    rows = [
        f"2001-0{n}-01,day,100,300,fighters,all,Gazette,,{each}" for n, each in enumerate(held, 4)
    ]
    found = lines(project, strength=rows, violence=[period("deaths", "all", "04-01", "04-30")])
    assert any("strength.csv: all 2 rows are held back" in line for line in found) == told
