"""Files and folders that the user names, and what a command writes there: whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import typer


def a_path(written: str) -> Path:
    """A parser of paths: `~` followed, and what no file system takes refused."""
    from ebbtide.scenario import Faults, arguments

    try:
        return arguments.path(written, "", None, "a path of this machine")
    except Faults as found:
        [fault] = found.faults
        raise typer.BadParameter(f"found {fault.found}; allowed: {fault.allowed}") from None


def a_file(written: str) -> Path:
    """A parser of files to be written: no folder stands there."""
    path = a_path(written)
    if path.is_dir():
        raise typer.BadParameter(f'found "{written}", a folder; allowed: a file')
    return path


@contextlib.contextmanager
def writing(what: Path) -> Iterator[None]:
    """Raise Refused where a file or folder cannot be written."""
    from ebbtide.study.store import Refused

    try:
        yield
    except OSError as error:
        raise Refused(f"{what}: cannot be written: {error.strerror or error}") from None


def write_out(file: Path, text: str) -> None:
    """Write a text file, making its folder; raises Refused where that cannot be."""
    from ebbtide.study.store import write_whole

    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text.encode())
