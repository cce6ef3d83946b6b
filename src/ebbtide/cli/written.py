"""Files that a command writes where the user says: whole or not at all."""

from __future__ import annotations

from pathlib import Path


def write_out(file: Path, text: str) -> None:
    """Write a text file, making its folder; raises Refused where that cannot be."""
    from ebbtide.study.store import Refused, write_whole

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text.encode())
    except OSError as error:
        raise Refused(f"{file}: cannot be written: {error.strerror}") from None
