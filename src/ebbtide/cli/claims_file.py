"""Which scenario a ledger of claims, or a file of claim tests, is of: `check` reads it through that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ebbtide.scenario import Scenario


def scenario_of(file: str, base: Scenario | None) -> tuple[str, str] | None:
    """A line that says what the file is, and the scenario to check for it; None for another file.

    The scenario is `base`, else the one beside the file (or a folder above) that names it. Raises Faults
    where none does.
    """
    from ebbtide.scenario import Fault, Faults, arguments
    from ebbtide.scenario.document import read_document
    from ebbtide.scenario.file_kind import FileKind, kind_of_file
    from ebbtide.scenario.project import label

    path = arguments.path(file, "check", None, "a file, or the name of a shipped scenario")
    if not path.is_file():
        return None
    kind = kind_of_file(read_document(path))
    keys = {FileKind.CLAIMS: "claims", FileKind.CLAIM_TESTS: "claim_tests"}
    if kind is None or kind not in keys:
        return None
    key = keys[kind]
    beside = sorted(each for at in (path.parent, path.parent.parent) for each in at.glob("*.toml"))
    asked = beside if base is None else [base.path]
    named = [each for each in asked if _names(each, key, path)]
    if not named:
        allowed = f"a scenario whose `evidence.{key}` names it: it is checked with that"
        raise Faults([Fault(label(path), None, kind.value, allowed)])
    return f"{label(path)}: {kind.value}, of {label(named[0])}, with which it is read", str(
        named[0]
    )


def _names(scenario: Path, key: str, file: Path) -> bool:
    """Whether a file is a scenario that names a file of evidence."""
    from ebbtide.scenario import Faults
    from ebbtide.scenario.document import read_document

    try:
        document = read_document(scenario)
    except Faults:
        return False
    stated = document.get(("evidence", key))
    if not isinstance(stated, str):
        return False
    return (document.folder(("evidence", key)) / stated).resolve() == file.resolve()
