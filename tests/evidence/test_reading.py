"""Files of evidence become statements; what means nothing here is told."""

import csv
import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from ebbtide.evidence.killed import Killed
from ebbtide.evidence.killed_part import KilledPart
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.evidence.losses import Losses
from ebbtide.evidence.reading import _EvidenceReader, read_statements
from ebbtide.evidence.statement import StatementOfPeriod
from ebbtide.scenario import Faults, load
from ebbtide.scenario.evidence_rows import stands_beside
from ebbtide.scenario.schema.evidence import (
    COUNTED,
    EVIDENCE_COLUMNS,
    MEASURED,
    NEEDED,
    OF_PERIOD,
)
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES
from shipped import copy_small

FOLDER = Path(__file__).parents[2] / "scenarios" / "khorasan"


@pytest.fixture(scope="module")
def statements(khorasan):
    return read_statements(khorasan)


def test_every_row_that_counts_something_becomes_a_statement(khorasan, statements):
    files = khorasan.published.files
    used = [row for kind in files for row in khorasan.published.used(kind)]
    told = [row for row in used if row.get("counts") != "deaths"]
    assert len(statements) == len(told) > 20
    assert len({each.name for each in statements}) == len(statements)


def test_every_statement_of_a_period_counts_what_its_row_says(khorasan, statements):
    told = [row for row in khorasan.published.used("violence") if row["counts"] != "deaths"]
    periods = [each for each in statements if isinstance(each, StatementOfPeriod)]
    assert [row["counts"] for row in told] == [
        "killed" if isinstance(each, KilledPart) else each.counts for each in periods
    ]
    read = {row["counts"] for row in told}
    assert read == {word for word, said in OF_PERIOD.items() if said.outcomes}


@pytest.mark.parametrize("word", MEASURED)
def test_every_word_of_presence_is_read_as_what_it_stands_beside(khorasan, word):
    """A word that no reader knows would be weighed as another thing."""
    row = khorasan.published.used("presence")[0] | {"measure": f"places with any {word}"}
    read = _EvidenceReader(khorasan, khorasan.file.observation)._presence(row, ())
    assert read.counts == stands_beside(row) == MEASURED[word].of_group


def test_what_a_counted_word_stands_beside_is_an_outcome_of_runs():
    for said in OF_PERIOD.values():
        assert {said.of_group} - {""} <= OUTCOMES.keys()
        assert {said.of_place} - {""} <= PLACE_OUTCOMES.keys()
        assert {said.of_force} - {""} <= FORCE_OUTCOMES.keys()
    assert {*COUNTED.values(), *(said.of_group for said in MEASURED.values())} <= OUTCOMES.keys()
    of_place = {*COUNTED.values(), *(said.of_place for said in MEASURED.values())}
    assert of_place <= PLACE_OUTCOMES.keys()


# Read by what a statement counts, where and how exactly, or said to people alone.
READ_OTHERWISE = {"date", "date_precision", "counts", "measure", "area", "dependence"}
REMARKS = {"check", "note"}


@pytest.mark.parametrize("kind", EVIDENCE_COLUMNS)
def test_every_column_is_a_statements_field_or_read_otherwise(kind):
    """A column that nothing reads would be said to mean something, and mean nothing."""
    fields = {each.name for each in dataclasses.fields(StatementOfPeriod)}
    assert EVIDENCE_COLUMNS[kind].keys() <= fields | READ_OTHERWISE | REMARKS


def test_what_a_statement_has_of_its_row_is_what_the_row_says(khorasan, statements):
    files = khorasan.published.files
    rows = [row for kind in files for row in khorasan.published.used(kind)]
    told = [row for row in rows if row.get("counts") != "deaths"]
    of_row = ("publisher", "held_back", "low", "high")
    assert [tuple(row[key] for key in of_row) for row in told] == [
        tuple(getattr(each, key) for key in of_row) for each in statements
    ]
    periods = [row for row in told if "first" in row]
    assert [(row["first"], row["last"], row["known"]) for row in periods] == [
        (each.first, each.last, each.known)
        for each in statements
        if isinstance(each, StatementOfPeriod)
    ]


def test_a_number_of_a_period_stands_for_all_its_days(statements):
    of_periods = [each for each in statements if isinstance(each, StatementOfPeriod)]
    years, half_years = {365, 366}, {182, 184}
    assert {each.days_counted for each in of_periods} == years | half_years
    assert {each.days_counted for each in statements if each not in of_periods} == {1.0}


def test_what_is_held_back_is_fitted_by_nothing(statements):
    fitted = Likelihood.of(statements).statements
    held_back = [each for each in statements if each.held_back]
    assert len(fitted) + len(held_back) == len(statements)
    assert {each.publisher for each in held_back} == {
        "Russian officials", "United States Institute of Peace", "United Nations",
        "US Forces Afghanistan",
    }  # fmt: skip


def test_as_of_a_day_nothing_later_is_known(statements):
    day = dt.date(2016, 2, 5)
    early = Likelihood.of(statements, as_of=day).statements
    assert early
    assert all(each.known <= day for each in early)
    assert len(early) < len(Likelihood.of(statements).statements)


def test_without_a_publisher_his_statements_are_gone(statements):
    left = Likelihood.of(statements, without=["UNAMA"]).statements
    assert {each.publisher for each in left} == {
        each.publisher for each in Likelihood.of(statements).statements
    } - {"UNAMA"}


def test_a_row_inside_another_is_a_part_of_it(statements):
    parts = {each.first.year: each for each in statements if isinstance(each, KilledPart)}
    assert {year: part.whole for year, part in parts.items()} == {2015: 573, 2016: 1940}
    assert parts[2015].part == ("AF-NAN",)
    assert len(parts[2015].places) == 34


def test_the_dead_of_state_forces_are_those_of_the_area_and_no_armed_locals(khorasan, statements):
    assert khorasan.file.forces["tribal_uprising"].local
    [one, other] = [each for each in statements if isinstance(each, Losses)]
    assert one.forces == other.forces == ("afghan_forces", "us_counterterrorism")


def test_the_dead_of_violence_are_those_of_the_event_data(statements):
    with (FOLDER / "ucdp_afghanistan_yearly_2013_2016.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["dyad"] == "Government of Afghanistan - IS"]
    for kind, column in ((Killed, "deaths_b"), (Losses, "deaths_a")):
        for each in statements:
            if isinstance(each, kind):
                of_year = [int(r[column]) for r in rows if int(r["year"]) == each.first.year]
                assert each.middle == sum(of_year)
    for each in statements:
        if isinstance(each, KilledPart):
            of_year = [r for r in rows if int(r["year"]) == each.first.year]
            there = [int(r["deaths_b"]) for r in of_year if r["province"] == "Nangarhar"]
            assert each.middle == sum(there)


@pytest.fixture
def spoken(tmp_path):
    """The small scenario, and somebody who speaks of the strength of its first group."""
    copy_small(tmp_path)
    columns = NEEDED["strength"]

    def write(counts: str, further: str = "") -> Path:
        cells = {"date": "2002-05-31", "date_precision": "day", "low": "1", "high": "3",
                 "counts": counts, "publisher": "Gazette"}  # fmt: skip
        row = ",".join(cells.get(name, "") for name in columns)
        (tmp_path / "strength.csv").write_text(f"{','.join(columns)}\n{row}\n", encoding="utf-8")
        text = f'extends = "minimal.toml"\n{further}\n[evidence]\nstrength = "strength.csv"\n'
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        return tmp_path / "own.toml"

    return write


def test_a_share_of_nobody_is_told_with_the_nearest_that_there_is(spoken):
    with pytest.raises(Faults) as found:
        load(spoken("percent_former_embres"))
    [fault] = found.value.faults
    assert fault.key == "counts"
    assert fault.nearest == "percent_former_embers"


def test_another_conflicts_figures_need_no_word_of_code(spoken):
    [statement] = read_statements(load(spoken("fighters")))
    assert statement.publisher == "Gazette"
    assert statement.unknown.name == "bias of Gazette"
