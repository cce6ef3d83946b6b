"""The columns of CSV files are described where they are declared, and the document says the same."""

import re
from pathlib import Path

import pytest

from ebbtide.scenario.schema.evidence import (
    COUNTED,
    EVIDENCE_COLUMNS,
    MEASURED,
    OF_ONE_COUNT,
    OF_PERIOD,
    PERCENT,
    Evidence,
    telling_apart,
)
from ebbtide.scenario.schema.places import Border, Place

PAGE = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")


def rows(name: str) -> list[tuple[str, str]]:
    """The rows of the table in a section of the page: a column, and what it holds."""
    section = PAGE.partition(f"## `{name}`")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \| (.+) \|$", section, re.MULTILINE)


@pytest.mark.parametrize("kind", EVIDENCE_COLUMNS)
def test_the_columns_of_evidence_are_those_that_are_read(kind):
    meanings = {name: column.meaning for name, column in EVIDENCE_COLUMNS[kind].items()}
    assert rows(f"evidence.{kind}") == [*meanings.items()]
    described = Evidence.model_fields[kind].description
    assert all(f"`{name}`: {meaning}" in described for name, meaning in meanings.items())


@pytest.mark.parametrize(
    ("table", "fields", "ids"), [("places", Place, ["id"]), ("borders", Border, ["a", "b"])]
)
def test_the_columns_of_places_and_borders_are_those_that_are_read(table, fields, ids):
    """Each by what it holds; of a border its two places stand for `between`."""
    told = rows(f"geography.{table}")
    assert [column for column, _ in told[: len(ids)]] == ids
    assert told[len(ids) :] == [
        (column, field.description or "a remark")
        for column, field in fields.model_fields.items()
        if column != "between"
    ]


def test_what_stands_beside_an_outcome_is_told_by_its_columns():
    for word in (*COUNTED, PERCENT):
        assert f"`{word}" in EVIDENCE_COLUMNS["strength"]["counts"].meaning
    for measured in MEASURED.values():
        assert f"`{measured.such_as}`" in EVIDENCE_COLUMNS["presence"]["measure"].meaning
    for word in OF_PERIOD:
        assert f"`{word}`, " in EVIDENCE_COLUMNS["violence"]["counts"].meaning


def test_rows_are_told_apart_by_what_they_speak_of_and_not_by_their_numbers():
    said = {kind: {*telling_apart(kind)} for kind in EVIDENCE_COLUMNS}
    assert said["strength"] == {"date", "counts", "area", "publisher"}
    assert said["presence"] == {"date", "measure", "area", "publisher"}
    assert said["violence"] == {"first", "last", "counts", "area", "publisher"}
    assert {*OF_ONE_COUNT} == said["violence"] - {"area"}
