"""What a check tells of rows of evidence: a publisher spelt twice, two figures of one thing."""

import pytest

from ebbtide.scenario import Faults, check, load
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS, NEEDED, OF_PERIOD


def written(project, kind, *rows):
    project.scenario["evidence"] = {kind: f"{kind}.csv"}
    columns = (
        NEEDED[kind]
        if kind == "strength"
        else [c for c in EVIDENCE_COLUMNS[kind] if c != "held_back"]
    )
    text = "\n".join([",".join(columns), *rows, ""])
    (project.folder / f"{kind}.csv").write_text(text)
    return project.write_all()


def told(project, *rows):
    lines = check(written(project, "strength", *rows))
    return [line for line in lines if "publishers called" in line or "both" in line]


ROW = "2001-04-01,day,{},{},fighters,{},{},,,"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("US Forces", "U.S. Forces", True),
        ("Gazette", "gazette ", True),
        ("Institute of Peace", "Institut of Peace", True),
        ("Gazette", "Herald", False),
        ("Edition 21", "Edition 22", False),
    ],
)
def test_a_publisher_spelt_in_two_ways_is_told(project, one, other, alike):
    rows = [ROW.format(1, 3, "upper", one), ROW.format(1, 3, "lower", other)]
    assert any("are they one?" in line for line in told(project, *rows)) == alike


@pytest.mark.parametrize(
    ("other", "again"),
    [
        (ROW.format(2, 4, "upper", "Gazette"), True),
        (ROW.format(2, 4, "upper", "GAZETTE"), True),
        (ROW.format(2, 4, "lower", "Gazette"), False),
        (ROW.format(2, 4, "upper", "Herald"), False),
        (ROW.format(2, 4, "upper", "Gazette").replace("-01,", "-02,"), False),
        (ROW.format(2, 4, "upper", "Gazette").replace("fighters", "affiliated"), False),
    ],
)
def test_two_figures_of_one_thing_by_one_publisher_are_told(project, other, again):
    lines = told(project, ROW.format(1, 3, "upper", "Gazette"), other)
    assert any("of fighters on 2001-04-01 both 1 to 3 and 2 to 4" in x for x in lines) == again


PERIOD = "2001-04-01,2001-04-30,{},1,3,killed,all,Gazette,,,"


@pytest.mark.parametrize("known", ["", "2001-04-30", "2001-05-06", "2001-04-10"])
def test_a_count_that_is_known_before_its_last_day_is_told(project, known):
    lines = check(written(project, "violence", PERIOD.format(known)))
    early = [line for line in lines if "`known` before" in line]
    assert bool(early) == (known == "2001-04-10")
    assert all(line.endswith("2001-04-10 for 2001-04-30") for line in early)


def test_a_count_that_is_known_before_its_first_day_is_refused(project):
    with pytest.raises(Faults, match=r"known: found 2001-03-01; allowed: a day from first"):
        load(written(project, "violence", PERIOD.format("2001-03-01")))


@pytest.mark.parametrize(
    ("high", "told"),
    [
        (2500, None),
        (2.5, "under 20 is unusual: are they thousands?"),
        (24, "is 0.01 times what the rows say"),
        (2_500_000, "over 300,000 is unusual"),
        (250_000, "times what the rows say"),
    ],
)
def test_a_count_of_another_magnitude_is_told(project, high, told):
    rows = [ROW.format(n, n, "upper", name) for n, name in ((2400, "Gazette"), (2600, "Herald"))]
    lines = check(written(project, "strength", *rows, ROW.format(1, high, "upper", "Times")))
    found = [line for line in lines if "unusual" in line or "times what" in line]
    found = [line for line in found if "strength.csv" in line]
    assert len(found) == (told is not None)
    assert all(f"Times, 2001-04-01: 1 to {high:.10g} (fighters)" in line for line in found)
    assert all(str(told) in line for line in found)


@pytest.mark.parametrize(("kind", "row"), [
    ("strength", "2001-04-01,day,{},fighters,all,Gazette,,,"),
    ("presence", "2001-04-01,districts held,{},all,Gazette,,"),
    ("violence", "2001-04-01,2001-04-30,,{},killed,all,Gazette,,,"),
])  # fmt: skip
@pytest.mark.parametrize(("interval", "keys"), [
    ("-2,3", ["low"]), ("-3,-2", ["low", "high"]), ("0,3", []), ("4,3", ["low"]),
])  # fmt: skip
def test_nobody_counts_below_nothing(project, kind, row, interval, keys):
    path = written(project, kind, row.format(interval))
    found = []
    try:
        load(path)
    except Faults as faults:
        found = [(fault.file.split("/")[-1], fault.key) for fault in faults.faults]
    assert found == [(f"{kind}.csv:2", key) for key in keys]


@pytest.mark.parametrize(("high", "told"), [(0, True), (1, False)])
def test_a_count_of_nobody_is_told(project, high, told):
    lines = check(written(project, "strength", ROW.format(0, high, "upper", "Gazette")))
    assert any("0 to 0 (fighters) says that there was none" in line for line in lines) == told


@pytest.mark.parametrize(
    ("low", "high", "told"), [(0.2, 0.3, True), (20, 30, False), (0, 2, False)]
)
def test_a_share_that_may_be_of_one_is_told(project, low, high, told):
    row = ROW.format(low, high, "upper", "Gazette").replace("fighters", "percent_former_old")
    lines = check(written(project, "strength", row))
    assert any("is it a share of 1?" in line for line in lines) == told


def period(first, last, low, high, area="all", publisher="Gazette", counts="killed"):
    return f"2001-{first},2001-{last},,{low},{high},{counts},{area},{publisher},,,"


MONTH, OF_ALL = ("04-01", "04-30"), period("04-01", "04-30", 10, 20)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (period(*MONTH, 21, 30, "upper"), "of which it is a part"),
        (period(*MONTH, 15, 30, "upper"), None),
        (period(*MONTH, 21, 30, "upper", publisher="Herald"), None),
        (period(*MONTH, 21, 30, "upper", counts="state_killed"), None),
        (period("04-08", "04-15", 30, 30), "of which it is a part"),
        (period("04-08", "04-15", 30, 30, "upper"), "of which it is a part"),
        (period("04-08", "04-15", 1, 2), "is held against runs twice"),
        (period("04-08", "04-15", 1, 2, "upper"), None),
        (period("05-01", "05-31", 30, 40), None),
        (period("04-15", "05-31", 30, 40), None),
    ],
)
def test_a_part_that_is_more_than_its_whole_or_counted_again_is_told(project, part, told):
    lines = check(written(project, "violence", OF_ALL, part))
    found = [line for line in lines if "is a part" in line or "twice" in line]
    assert len(found) == (told is not None)
    assert all(str(told) in line for line in found)


HELD = "2001-04-01,{},{},{},all,Gazette,,"


@pytest.mark.parametrize(
    ("measure", "number", "told"),
    [
        ("districts held", 2, None),
        ("districts held in part", 2, None),
        ("districts held", 0.4, "is no whole number of districts or places: is it a share?"),
        ("places with any presence", 0.4, "is no whole number of districts or places"),
        ("places with any presence", 1, None),
    ],
)
def test_ground_that_may_be_counted_otherwise_is_told(project, measure, number, told):
    lines = check(written(project, "presence", HELD.format(measure, number, number)))
    found = [line for line in lines if "Gazette" in line]
    assert len(found) == (told is not None)
    assert all(f"Gazette, 2001-04-01: {number} ({measure}) {told}" in line for line in found)


YEAR = ("01-07", "12-30")
USUAL = {"killed": 40, "state_killed": 20, "civilians_harmed": 60}  # of some 200 men in a year


def of_old(project, *rows):
    """What is told of casualties of the old group beside its men."""
    written(project, "violence", *rows)
    project.scenario["evidence"]["of"] = "old"
    return [line for line in check(project.write_all()) if "a year for each of" in line]


def test_every_word_that_stands_beside_an_outcome_has_a_usual_range():
    for word, said in OF_PERIOD.items():
        assert (said.a_year is not None) == bool(said.outcomes), word
        assert (word in USUAL) == bool(said.outcomes), word


@pytest.mark.parametrize("counts", USUAL)
@pytest.mark.parametrize(
    ("times", "asks"),
    [(0.01, "are they tens, or hundreds?"), (1, None), (100, "are they another period's")],
)
def test_a_count_in_tens_or_hundreds_is_told_beside_the_men(project, counts, times, asks):
    number = USUAL[counts] * times
    found = of_old(project, period(*YEAR, number, number, counts=counts))
    assert len(found) == (asks is not None)
    said = f"Gazette, 2001-01-07 to 2001-12-30: {number:.10g} ({counts}) is "
    for line in found:
        assert said in line
        assert "200 men (at the start)" in line
        assert str(asks) in line


def test_the_dead_of_one_place_may_be_few(project):
    whole, part = (period(*YEAR, n, n, area) for n, area in ((40, "all"), (0.4, "upper")))
    assert of_old(project, whole, part) == []
    assert len(of_old(project, part)) == 1


def test_the_men_are_those_that_publishers_count(project):
    written(project, "violence", period(*YEAR, 40, 40))
    rows = [",".join(NEEDED["strength"]), ROW.format(1, 9000, "upper", "Herald")]
    (project.folder / "strength.csv").write_text("\n".join(rows))
    project.scenario["evidence"]["strength"] = "strength.csv"
    lines = check(project.write_all())
    assert any("for each of 9,000 men" in x and "strength.csv, in the median" in x for x in lines)


@pytest.mark.parametrize(("low", "told"), [(700, True), (10, False)])
def test_a_count_far_from_the_others_a_week_is_told(project, low, told):
    quarters = [("01-07", "03-31"), ("04-01", "06-30"), ("07-01", "09-30")]
    rows = [period(*days, 10, 10) for days in quarters]
    lines = check(written(project, "violence", *rows, period("10-01", "12-30", low, low)))
    found = [line for line in lines if "times what such rows count a week" in line]
    assert len(found) == told


@pytest.mark.parametrize(
    ("counts", "told"), [("killed", True), ("state_killed", True), ("civilians_harmed", False)]
)
def test_dead_of_one_side_who_are_more_than_all_are_told(project, counts, told):
    of_all = period(*YEAR, 30, 30, counts="deaths")
    lines = check(written(project, "violence", period(*YEAR, 40, 40, counts=counts), of_all))
    assert any("is more than 30 of all sides (deaths)" in line for line in lines) == told


@pytest.mark.parametrize(
    ("low", "high", "counts", "told"),
    [(100.5, 200, "fighters", True), (100, 200.5, "affiliated", True), (100, 200, "fighters", False),
     (10.5, 20.5, "percent_former_young", False)],
)  # fmt: skip
def test_counts_of_parts_of_a_man_are_told(project, low, high, counts, told):
    row = ROW.format(low, high, "upper", "Gazette").replace("fighters", counts)
    lines = check(written(project, "strength", row))
    assert any("is no whole number of people" in line for line in lines) == told


def test_counts_of_a_period_with_fractions_are_told(project):
    row = PERIOD.format("").replace(",1,3,", ",1.5,3,")
    lines = check(written(project, "violence", row))
    assert any("1.5 to 3 (killed) is no whole number of people" in line for line in lines)


@pytest.mark.parametrize(
    ("day", "precision", "told"),
    [("2001-01-01", "year", True), ("2001-12-31", "year", True), ("2001-07-01", "year", False),
     ("2001-01-01", "quarter", False)],
)  # fmt: skip
def test_a_year_that_is_dated_on_its_first_or_last_day_is_told(project, day, precision, told):
    row = ROW.format(1, 3, "upper", "Gazette").replace("2001-04-01,day", f"{day},{precision}")
    lines = [line for line in check(written(project, "strength", row)) if "half a year" in line]
    assert ["the middle of 2001 is 2001-07-01" in line for line in lines] == [True] * told


def test_rows_that_say_the_same_and_far_figures_are_told_in_plain_numbers(project):
    rows = [ROW.format(1, 3, "upper", "Gazette"), ROW.format(1, 3, "upper", "Gazette")]
    rows[1] = rows[1].replace("day", "month")
    assert any(
        "1 to 3 twice: as two rows it counts twice" in x
        for x in check(written(project, "strength", *rows))
    )
    days = (
        ROW.format(300, 300, "upper", "Gazette").replace("04-01", f"0{n}-01") for n in (3, 4, 5)
    )
    far = ROW.format(99_000, 99_000, "lower", "Herald")
    lines = check(written(project, "strength", *days, far))
    assert any("is 330 times what the rows say in the median" in line for line in lines)
