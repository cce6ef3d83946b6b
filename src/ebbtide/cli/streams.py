"""Standard output and error as any machine has them: closed, or of an encoding that lacks a sign."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Iterable
from functools import partial
from typing import Any, cast


def make_usable() -> None:
    """Let a command say what it has to say wherever it runs, and lose no run for it.

    What the encoding of a stream lacks is written as a question mark; a closed stream takes all and
    keeps nothing. So does standard error where it cannot be written: nobody can be told, and what the
    command does and its exit code stay as they are.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if not isinstance(sys.stderr, _Unfailing):
        sys.stderr = cast("Any", _Unfailing(sys.stderr))


class _Unfailing:
    """A text stream that takes all, and keeps nothing of what it can no longer write."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or lose the text."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write lines, or lose them."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Have out what was written, or lose it."""
        with contextlib.suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def stdout_fails() -> OSError | None:
    """Why standard output takes no more, None if it does; then it takes all and keeps nothing."""
    try:
        sys.stdout.write("\n")  # where nothing waits to be written, nothing else would tell
        sys.stdout.flush()
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())  # or Python's own end would fail on what waits
        os.close(nowhere)
        return error
    return None


def tell_warnings() -> None:
    """Let what Ebbtide warns of be a line on stderr, without the place in its sources."""
    warnings.showwarning = partial(_told, warnings.showwarning)


def _told(otherwise: Any, message: Any, category: type[Warning], *where: Any) -> None:
    if category.__module__.startswith("ebbtide."):
        print(f"note: {message}", file=sys.stderr)
    else:
        otherwise(message, category, *where)
