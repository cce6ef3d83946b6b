"""What an example of the documents sets in the small scenario moves something there."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ebbtide as eb
from ebbtide.scenario import Scenario

ROOT = Path(__file__).resolve().parents[1]
OF_CHANGED_CODE = ROOT / "docs" / "everyday-changes.md"
PAGES = [ROOT / "README.md", *sorted({*(ROOT / "docs").glob("*.md")} - {OF_CHANGED_CODE})]
PAGES.append(ROOT / "docs" / "tour.ipynb")
CALL = re.compile(r"\(\s*\"minimal\",[^()]*?\*\*(\{[^{}]*\})", re.DOTALL)
RUN = re.compile(r"ebbtide run (?:scenarios/)?minimal\S* [^\n#]*--set (\S+)=(\S+)")


def text_of(page: Path) -> str:
    """A page; of a notebook what its cells say, those left out that show how a fault is told."""
    text = page.read_text(encoding="utf-8")
    if page.suffix != ".ipynb":
        return text
    cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    return "\n".join(cell for cell in cells if "except eb.Faults" not in cell)


def examples() -> Iterator[tuple[str, str, object]]:
    for page in PAGES:
        text = text_of(page)
        for call in CALL.finditer(text):
            yield from ((page.name, *pair) for pair in ast.literal_eval(call[1]).items())
        yield from ((page.name, *call.groups()) for call in RUN.finditer(text))


EXAMPLES = list(examples())


def test_there_are_examples_in_each_way_of_writing_them() -> None:
    assert {page for page, *_ in EXAMPLES} >= {"README.md", "scenarios.md", "tour.ipynb"}


@pytest.mark.parametrize(("page", "path", "value"), EXAMPLES)
def test_what_an_example_sets_moves_the_group_in_focus(
    minimal: Scenario, page: str, path: str, value: object
) -> None:
    def men(**changed: object) -> list[float]:
        model = eb.Insurgency(minimal, rng=1, **changed)
        model.run_until_end()
        series = model.series()
        return list(series["fighters"][series["group"] == minimal.focus])

    assert men(**{path: value}) != men()
