"""What a commit is checked by is said once, in `.ci/check`: CI, pre-commit and people call it."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHECK = ROOT / ".ci" / "check"
CALLERS = [".ci/run", ".pre-commit-config.yaml", "CONTRIBUTING.md"]
CHECKED = set(re.findall(r"^uv run (.+)$", CHECK.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_tools_are_those_of_the_development_group() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    developed = {re.split(r"[>=\[]", each)[0] for each in groups["dependency-groups"]["dev"]}
    assert {command.split()[0] for command in CHECKED} <= developed
    assert len(CHECKED) == 4


@pytest.mark.parametrize("caller", CALLERS)
def test_whoever_checks_calls_it_and_repeats_nothing(caller: str) -> None:
    text = (ROOT / caller).read_text(encoding="utf-8")
    assert ".ci/check" in text
    assert not [command for command in CHECKED if f"uv run {command}" in text]


def test_it_stops_at_the_first_that_fails(tmp_path: Path) -> None:
    """From whatever folder it is called."""
    tool = tmp_path / "uv"
    tool.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/called\n[ "$2" != codespell ]\n')
    tool.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run([CHECK], cwd="/", env={"PATH": path}, check=False)
    assert done.returncode == 1
    called = (tmp_path / "called").read_text().splitlines()
    assert called[-1] == "run codespell"
    assert len(called) == 3
