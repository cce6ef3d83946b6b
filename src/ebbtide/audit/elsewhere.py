"""Numbers that were chosen for another case: those of a scenario that this one extends."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.scenario.document import read_document
from ebbtide.scenario.file_kind import FileKind, kind_of_file

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario


def of_another_case(scenario: Scenario) -> dict[str, dict[str, int]]:
    """How many numbers other scenarios' files state, by the file's name and their table.

    A file of general numbers, which is no scenario by itself, is nobody's case. What is set beside
    the files is the scenario's own.
    """
    found: dict[str, Counter[str]] = {}
    for path in scenario.quantities:
        origin = scenario.origin(path)
        if origin != scenario.path.resolve() and _is_a_case(origin):
            table = ".".join(path.split(".")[:2])
            found.setdefault(origin.stem, Counter())[table] += 1
    return {case: dict(tables) for case, tables in found.items()}


def _is_a_case(origin: Path) -> bool:
    return origin.is_file() and kind_of_file(read_document(origin)) is FileKind.SCENARIO
