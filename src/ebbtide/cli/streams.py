"""Standard output and error as any machine has them: closed, or of an encoding that lacks a sign."""

from __future__ import annotations

import os
import sys
import warnings
from functools import partial
from typing import Any


def make_usable() -> None:
    """Let a command say what it has to say wherever it runs, and lose no run for it.

    What the encoding of a stream lacks is written as a question mark; a closed stream takes all and
    keeps nothing.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


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
