"""Files that a command writes where the user says: whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path


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
