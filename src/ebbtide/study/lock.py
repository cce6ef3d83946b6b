"""One command at a time in a results folder. The lock dies with its process, however that ends."""

from __future__ import annotations

import errno
import os
from pathlib import Path

NAME = ".lock"
_TAKEN = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class Locked(Exception):
    """Another process holds the folder."""


class Lock:
    """Holds `folder` until `release` or the end of the process; raises Locked if taken.

    On a file system without locks it holds nothing, and two commands are not kept apart.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(self._file)
        except OSError as error:
            if error.errno not in _TAKEN:  # a file system that knows no locks: nobody can be told
                return
            os.close(self._file)
            raise Locked(str(folder)) from error

    def release(self) -> None:
        """Let another process have the folder; a second time does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _take(file: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
