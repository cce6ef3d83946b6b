"""The page on files beside a scenario says of claim tests what their types declare; its example is one."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt

from ebbtide.claims.claim_tests import ClaimTests
from ebbtide.claims.measures import kinds
from ebbtide.claims.reading import read_tests
from ebbtide.scenario import load

from .written import case

PAGE = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## `evidence.claim_tests`")[2].partition("\n## ")[0]


def test_every_table_is_named_with_what_it_holds() -> None:
    for name, field in ClaimTests.model_fields.items():
        assert f"| `{name}` | {field.description} |" in SECTION


def test_every_kind_of_measure_is_named_with_its_keys() -> None:
    for kind, table in kinds().items():
        keys = ", ".join(f"`{key}`" for key in table.model_fields if key != "kind")
        assert f"| `{kind}` | {str(table.__doc__).splitlines()[0]} | {keys} |" in SECTION


def test_the_example_is_a_file_of_claim_tests(tmp_path) -> None:
    [example] = [
        token.content for token in MarkdownIt().parse(SECTION) if token.info.strip() == "toml"
    ]
    tests = read_tests(load(case(tmp_path, example)))
    assert tests.figures["summer-2002"].low == 100  # the row of that date
    assert tests.figures["peak"].high == 600
