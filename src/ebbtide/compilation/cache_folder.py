"""The folder on disk for what follows from the sources and would cost every process time anew."""

from __future__ import annotations

import errno
import os
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

_SEAL = 32  # bytes of the digest that a file begins with


@cache
def folder() -> Path:
    """Where it is: a folder that only its user can write.

    `EBBTIDE_CACHE_DIR`, else the user's cache folder; where there is none, or it cannot be
    written, a temporary folder, for this process alone (what stands in a shared one may not be
    trusted).
    """
    try:
        return chosen_folder()
    except (OSError, RuntimeError):
        return Path(tempfile.mkdtemp(prefix="ebbtide-compiled-"))


def chosen_folder() -> Path:
    """The folder as stated. Raises OSError where it cannot serve, RuntimeError without a home."""
    chosen = base() / "compiled"
    chosen.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(chosen, os.W_OK):
        raise PermissionError(errno.EACCES, "it cannot be written")
    if not _own(chosen):
        raise PermissionError(errno.EACCES, "others than its user can write there, or it is theirs")
    return chosen


def read(file: Path) -> bytes | None:
    """The content of a file if it is there and whole; it counts as used today."""
    try:
        sealed = file.read_bytes()
        os.utime(file)
    except OSError:
        return None
    seal, content = sealed[:_SEAL], sealed[_SEAL:]
    return content if sha256(content).digest() == seal else None


def write(file: Path, content: bytes) -> None:
    """Write whole, under a seal, and rename into place. Raises OSError with nothing left behind."""
    temporary = file.with_name(f"{file.name}.{uuid4().hex[:8]}.tmp")
    try:
        temporary.write_bytes(sha256(content).digest() + content)
        os.replace(temporary, file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def prune(place: Path, pattern: str, kept: int) -> None:
    """Delete all files of a pattern but those used last."""
    files = {file: _used(file) for file in place.glob(pattern)}
    for old in sorted(files, key=files.__getitem__, reverse=True)[kept:]:
        old.unlink(missing_ok=True)


def _used(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # another process has deleted it
        return 0.0


def _own(folder: Path) -> bool:
    """Whether nobody else can write in a folder, where systems know of users at all."""
    if not hasattr(os, "getuid"):
        return True
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & 0o022


def base() -> Path:
    """The folder of the user's choice, or his cache folder. Raises RuntimeError without a home."""
    stated = os.environ.get("EBBTIDE_CACHE_DIR")
    if stated:
        return Path(stated)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ebbtide"
