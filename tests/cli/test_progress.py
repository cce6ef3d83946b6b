"""While nothing is done yet, as when rules are compiled, it is told that something goes on."""

from __future__ import annotations

import time

import pytest

from ebbtide.cli import progress
from ebbtide.compilation.machine_code import Compiling
from ebbtide.study.conduct import Progress


def at(kept: int) -> Progress:
    return Progress(kept=kept, total=4, before=0, failed=0)


def test_a_line_now_and_then_tells_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.05)
    monkeypatch.setattr("ebbtide.engine.week.is_compiled", lambda: False)
    with progress.progress_shown() as report:
        report(at(0))
        time.sleep(0.4)
        report(at(1))
        told = capsys.readouterr().err.splitlines()
        time.sleep(0.2)
        report(at(4))
        last = capsys.readouterr().err.splitlines()
    assert told[0] == "4 runs: compiling the rules (once, until they change)"
    assert "compiling the rules (once, until they change), for 0 s so far" in told[1:]
    assert not any("so far" in line for line in last)


def test_compiling_outside_of_a_command_is_told_once_and_when_it_takes_long(
    capsys: pytest.CaptureFixture[str],
) -> None:
    patient, hasty = Compiling(60), Compiling(-1)
    hasty.goes_on()  # where nothing was missing there is nothing to tell
    assert capsys.readouterr().err == ""
    for each in (patient, hasty):
        each.begins()
        each.goes_on()
        each.goes_on()
    assert capsys.readouterr().err.count("compiling the rules") == 1
