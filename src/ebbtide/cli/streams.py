"""Standard output and error as any machine has them: closed, or of an encoding that lacks a sign."""

from __future__ import annotations

import os
import sys


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
