"""The columns of CSV files are described where they are declared, and the document says the same."""

from pathlib import Path

import pytest

from ebbtide.scenario.evidence_files import COUNTED, MEASURED, SHARE
from ebbtide.scenario.schema.evidence import COLUMNS, Evidence
from ebbtide.scenario.schema.places import Border, Place

PAGE = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    return PAGE.partition(f"## `{name}`")[2].partition("\n## ")[0]


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_column_of_evidence_is_described(kind):
    described = Evidence.model_fields[kind].description
    for column, meaning in COLUMNS[kind].items():
        assert f"`{column}`: {meaning}" in described
        assert f"| `{column}` | {meaning} |" in section(f"evidence.{kind}")


@pytest.mark.parametrize(("table", "fields"), [("places", Place), ("borders", Border)])
def test_every_column_of_places_and_borders_is_described(table, fields):
    for column, field in fields.model_fields.items():
        if column != "between":
            meaning = field.description or "a remark"
            assert f"| `{column}` | {meaning} |" in section(f"geography.{table}")


def test_what_stands_beside_an_outcome_is_told_by_its_columns():
    for word in (*COUNTED, SHARE):
        assert f"`{word}" in COLUMNS["strength"]["counts"]
    for word in MEASURED:
        assert f"`{word}`" in COLUMNS["presence"]["measure"]
