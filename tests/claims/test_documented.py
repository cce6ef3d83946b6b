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


def rows(heads: str) -> list[str]:
    """The rows of the section's table with these heads."""
    return SECTION.partition(f"{heads}\n")[2].partition("\n\n")[0].splitlines()[1:]


def test_the_tables_are_those_that_may_be_stated() -> None:
    assert rows("| table | what it holds |") == [
        f"| `{name}` | {field.description} |" for name, field in ClaimTests.model_fields.items()
    ]


def test_the_kinds_of_measure_are_those_that_may_be_stated() -> None:
    said = [(kind, str(table.__doc__).splitlines()[0], table) for kind, table in kinds().items()]
    assert rows("| `kind` | what it is | it may state |") == [
        f"| `{kind}` | {words} | {', '.join(f'`{k}`' for k in table.model_fields if k != 'kind')} |"
        for kind, words, table in said
    ]


def test_the_example_is_a_file_of_claim_tests(tmp_path) -> None:
    [example] = [
        token.content for token in MarkdownIt().parse(SECTION) if token.info.strip() == "toml"
    ]
    tests = read_tests(load(case(tmp_path, example)))
    assert tests.figures["summer-2002"].low == 100  # the row of that date
    assert tests.figures["peak"].high == 600
