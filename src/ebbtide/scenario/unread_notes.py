"""Files in a scenario's folder that look like its own and that nothing reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ebbtide.scenario.document import read_toml
from ebbtide.scenario.faults import Faults
from ebbtide.scenario.project import label, policy_folders
from ebbtide.scenario.scenario import Scenario
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS, NEEDED

# Of each table that a scenario may name: its key, and the columns by which it is told.
_TOLD_BY = {f"evidence.{kind}": {*NEEDED[kind]} for kind in EVIDENCE_COLUMNS} | {
    "geography.places": {"id", "population", "districts"},
    "geography.borders": {"a", "b"},
}
_REMARKS = (".md",)  # ends of files that say something of policies and are none


def notes_on_unread_files(scenario: Scenario) -> Iterator[str]:
    """A line for each table of places, borders or evidence that no file names, and no policy's file."""
    folder = scenario.path.parent
    stated = {key: _stated(key, scenario) for key in _TOLD_BY}
    read = {path.resolve() for path in stated.values() if path is not None}
    alike = {}
    for file in sorted(folder.glob("*.[cC][sS][vV]")):
        if file.name[0] != "." and file.resolve() not in read and (key := _table(file)) is not None:
            alike[file] = key
    named = _named_in(folder) if alike else set()
    for file, key in alike.items():
        if file.resolve() not in named:
            instead = stated[key]
            says = f"names {instead.name}" if instead is not None else "names none"
            yield f"{label(file)}: nothing reads it; it looks like `{key}`, which {says}"
    for policies in policy_folders(scenario.path):
        for file in sorted(policies.iterdir()) if policies.is_dir() else ():
            if file.is_file() and file.suffix not in (".toml", *_REMARKS) and file.name[0] != ".":
                yield f"{label(file)}: nothing reads it; the name of a policy's file ends in .toml"


def _stated(key: str, scenario: Scenario) -> Path | None:
    """The file that a scenario names at a key, if it names one."""
    table, name = key.split(".")
    written = getattr(getattr(scenario.file, table), name)
    return None if written is None else scenario.origin(key).parent / written


def _table(file: Path) -> str | None:
    """Which table of a scenario a file looks like by its header; None for another."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            header = {column.strip() for column in next(csv.reader(lines), [])}
    except (OSError, ValueError, csv.Error):
        return None
    return next((key for key, columns in _TOLD_BY.items() if columns <= header), None)


def _named_in(folder: Path) -> set[Path]:
    """The files that any TOML file of a folder names, as paths relative to it."""
    found: set[Path] = set()
    for file in folder.glob("*.toml"):
        try:
            tables = read_toml(file)
        except Faults:
            continue
        found |= {(folder / text).resolve() for text in _texts(tables) if text.endswith(".csv")}
    return found


def _texts(value: Any) -> Iterator[str]:
    """All texts that tables hold, at whatever depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
