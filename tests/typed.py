"""A command as a person types it, run in this process."""

from __future__ import annotations

import signal

import pytest

from ebbtide.cli import main

SIGNALS = [signal.Signals[name] for name in main.INTERRUPTS]


def typed(*words: str) -> int:
    """Run `ebbtide` with these words; returns its exit code.

    What signals do is left as it was: the command ends deaf to them, and so would all that later
    tests start.
    """
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.argv", ["ebbtide", *words])
            with pytest.raises(SystemExit) as end:
                main.main()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    return int(end.value.code or 0)
