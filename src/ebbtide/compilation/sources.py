"""What the sources say: a digest of parsed code, which no comment, docstring or layout changes."""

from __future__ import annotations

import ast
import contextlib
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ebbtide.compilation import cache_folder, imports
from ebbtide.installed import PACKAGE as PACKAGE  # also for whoever takes digests

TELLING = (
    "evidence",
    "calibration",
    "claims",
    "audit",
    "explain",
    "show",
    "comparison",
    "cli",
)  # what no run depends on

LIVED_BY = ("study/design.py", "study/simulate.py")  # the draws of a run, and its life

# What the simulator imports, and no number of a run rests on: what is only read or said. What such a file
# alone imports is out with it.
ONLY_READ_OR_SAID = {
    "how files are read: what has been read has digests of its own, of scenario, policy, evidence": (
        "installed.py", "scenario/document.py", "scenario/dotted.py", "scenario/evidence_files.py",
        "scenario/file_kind.py", "scenario/geography.py", "scenario/outlines.py",
        "scenario/parts.py", "scenario/project.py", "scenario/validation.py",
    ),
    "what is refused: of what is sound it changes nothing": (
        "scenario/checks.py", "scenario/*_checks.py", "scenario/reporting.py",
    ),
    "what is told of files, and how things look in a notebook": (
        "scenario/*_note*.py", "scenario/new_names.py", "scenario/notebook.py",
        "scenario/sources.py", "scenario/faults.py", "scenario/usual.py",
    ),
    "how machine code and digests are kept: an edit of what is compiled compiles it anew": (
        "compilation/machine_code.py", "compilation/sources.py",
    ),
    "what users see of a model and do with it: runs that are kept are lived in machine code": (
        "agents.py", "collector.py", "lives.py", "mesa_*.py", "read_only.py", "stated_elsewhere.py",
    ),
    "who lives runs, where, and how they are kept: a run is its seed's, and kept as it was": (
        "study/asked.py", "study/chunk*.py", "study/conduct.py", "study/executor.py",
        "study/manifest*.py", "study/results*.py", "study/store.py",
    ),
}  # fmt: skip
ASIDE = tuple(pattern for patterns in ONLY_READ_OR_SAID.values() for pattern in patterns)
# What no run feels, and what sees and judges runs does: the form of some tables, and what publishers say.
FORMS_NOT_FELT = tuple(
    f"scenario/schema/{name}.py"
    for name in ("calibration", "evidence", "observation", "structures")
)
NOT_FELT = (*FORMS_NOT_FELT, "scenario/evidence_rows.py", "scenario/published.py")

MOST_KEPT, VERSIONS_KEPT = 5_000, 5  # files' digests, and files of digests
_WAY_OF = (Path(__file__), Path(imports.__file__))  # digesting: these files
_WAY = sha256(b"".join(file.read_bytes() for file in _WAY_OF)).hexdigest()[:16]
_NAME = f"sources-{sys.version_info[0]}.{sys.version_info[1]}-{_WAY}.json"


@cache
def lives_digest() -> str:
    """Of the model: the same draw, seed and scenario give the same weeks and numbers.

    It is narrower than `runs_digest`: what reads files and keeps results may change, and a kept draw is
    still the run that it was.
    """
    return digest_of(lives_files())


@cache
def judging_digest(command: str) -> str:
    """Of what a command (`claims`, `attribute`) measures, judges and writes a page with."""
    return digest_beyond(*_imports().of(f"cli/{command}.py"))


@cache
def drawing_digest() -> str:
    """Of what draws figures, and tells them as tables."""
    return digest_beyond("show/__init__.py")


def lives_files() -> set[str]:
    """The files that a run's weeks and numbers rest on, beside what its scenario says."""
    with _kept_on_disk():
        return _imports().closure(LIVED_BY, (*ASIDE, *NOT_FELT))


def digest_beyond(*roots: str) -> str:
    """Of the files that roots rest on beyond the model, which has a digest of its own.

    Roots are paths within the package. Commands are left out: they ask, and write what they are given.
    """
    lived = lives_files()
    with _kept_on_disk():
        found = _imports().closure(roots, (*ASIDE, "cli/*")) - lived
    return digest_of(found)


@cache
def runs_digest() -> str:
    """Of all that the result of a run may depend on, from the reading of files to its table."""
    files = imports.python_files(PACKAGE)
    return digest_of({name for name in files if name.partition("/")[0] not in TELLING})


def digest_of(names: Iterable[str]) -> str:
    """One digest (64 hexadecimal digits) of parsed Python files, by their paths within the package."""
    digest = sha256()
    with _kept_on_disk():
        for name in sorted(names):
            says, _ = _parsed(PACKAGE / name)
            digest.update(f"{name} {says}\n".encode())
    return digest.hexdigest()


def _imports() -> imports.Imports:
    return imports.Imports(PACKAGE, lambda file: _parsed(file)[1])


def _parsed(file: Path) -> tuple[str, list[str]]:
    """The digest of what a file says, and what it imports."""
    known, source = _known(), file.read_bytes()
    written = sha256(source).hexdigest()
    if written not in known:
        tree = ast.parse(source)
        known[written] = (
            sha256(spelled(tree).encode()).hexdigest(),
            imports.imported_names(tree),
        )
    return known[written]


@contextlib.contextmanager
def _kept_on_disk() -> Iterator[None]:
    """Whatever is parsed within is kept for the next process."""
    known = _known()
    before = len(known)
    yield
    if len(known) > before:
        _keep(known)


@cache
def _known() -> dict[str, tuple[str, list[str]]]:
    """What sources say and import, by the digest of how they are written: parsing takes a second."""
    with contextlib.suppress(OSError, RuntimeError, ValueError):
        content = cache_folder.read(cache_folder.chosen_folder() / _NAME)
        known: dict[str, tuple[str, list[str]]] = json.loads(content or b"{}")
        return known
    return {}


def _keep(known: dict[str, tuple[str, list[str]]]) -> None:
    """Keep the last ones on disk, where there is a folder for it."""
    with contextlib.suppress(OSError, RuntimeError):
        folder = cache_folder.chosen_folder()
        newest = dict([*known.items()][-MOST_KEPT:])
        cache_folder.write(folder / _NAME, json.dumps(newest).encode())
        cache_folder.prune(folder, "sources-*.json", VERSIONS_KEPT)


def spelled(node: Any) -> str:
    """A parsed piece of code as text, without positions, docstrings and what is empty.

    `ast.dump` would do, but for docstrings and for fields that a newer Python adds.
    """
    if isinstance(node, ast.Constant):
        return f"{type(node.value).__name__} {node.value!r}"
    if isinstance(node, ast.AST):
        parts = [(name, spelled(value)) for name, value in ast.iter_fields(node)]
        return f"{type(node).__name__}({', '.join(f'{n}={p}' for n, p in parts if p)})"
    if isinstance(node, list):
        parts_of_list = [spelled(item) for item in node if not _is_remark(item)]
        return f"[{', '.join(parts_of_list)}]" if parts_of_list else ""
    return "" if node is None else repr(node)


def _is_remark(node: Any) -> bool:
    """Whether it is a string that stands alone, such as a docstring."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
