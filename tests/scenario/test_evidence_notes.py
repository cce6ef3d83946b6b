"""What a check tells of rows of evidence: a publisher spelt twice, two figures of one thing."""

import pytest

from ebbtide.scenario import Faults, check, load
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS, NEEDED


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
