"""What the sources say: a digest of parsed code, which no comment, docstring or layout changes."""

from __future__ import annotations

import ast
import contextlib
import json
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ebbtide.compilation import cache_folder
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

LIVING = (
    "rules",
    "engine",
    "world",
    "as_tables.py",
    "model.py",
    "compilation/compiled.py",
    "scenario/cells.py",
    "scenario/content.py",
    "scenario/deployments.py",
    "scenario/levers.py",
    "scenario/measuring.py",
    "scenario/quantity.py",
    "scenario/weeks.py",
    "study/design.py",
    "study/focus.py",
    "study/metrics.py",
    "study/simulate.py",
)  # what a run's weeks and numbers rest on beside what its scenario says

MOST_KEPT, VERSIONS_KEPT = 5_000, 5  # files' digests, and files of digests
_WAY = sha256(Path(__file__).read_bytes()).hexdigest()[:16]  # of digesting: this file
_NAME = f"sources-{sys.version_info[0]}.{sys.version_info[1]}-{_WAY}.json"


@cache
def lives_digest() -> str:
    """Of the model: the same draw, seed and scenario give the same weeks and numbers.

    It is narrower than `runs_digest`: what reads files and keeps results may change, and a kept draw is
    still the run that it was.
    """
    files = PACKAGE.rglob("*.py")
    return digest_of([f for f in files if f.relative_to(PACKAGE).as_posix().startswith(LIVING)])


@cache
def judging_digest() -> str:
    """Of what holds claims against the model and writes their page."""
    return digest_of(list((PACKAGE / "claims").rglob("*.py")))


@cache
def drawing_digest() -> str:
    """Of what draws figures."""
    return digest_of(list((PACKAGE / "show").rglob("*.py")))


@cache
def runs_digest() -> str:
    """Of all that the result of a run may depend on, from the reading of files to its table."""
    files = PACKAGE.rglob("*.py")
    return digest_of([f for f in files if f.relative_to(PACKAGE).parts[0] not in TELLING])


def digest_of(files: list[Path]) -> str:
    """One digest (64 hexadecimal digits) of parsed Python files of the package and their names."""
    known = _known()
    before = len(known)
    digest = sha256()
    for file in sorted(files):
        source = file.read_bytes()
        written = sha256(source).hexdigest()
        if written not in known:
            known[written] = sha256(spelled(ast.parse(source)).encode()).hexdigest()
        digest.update(f"{file.relative_to(PACKAGE).as_posix()} {known[written]}\n".encode())
    if len(known) > before:
        _keep(known)
    return digest.hexdigest()


@cache
def _known() -> dict[str, str]:
    """The digest of what sources say, by that of how they are written: parsing takes a second."""
    with contextlib.suppress(OSError, RuntimeError, ValueError):
        content = cache_folder.read(cache_folder.chosen_folder() / _NAME)
        known: dict[str, str] = json.loads(content or b"{}")
        return known
    return {}


def _keep(known: dict[str, str]) -> None:
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
