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
CHECKED = set(re.findall(r"^check (.+)$", CHECK.read_text(encoding="utf-8"), re.MULTILINE))


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


@pytest.mark.parametrize("failing", [[], ["codespell"], ["ruff", "mypy"]])
def test_it_runs_all_and_ends_with_what_failed(failing: list[str], tmp_path: Path) -> None:
    """From whatever folder it is called."""
    tool = tmp_path / "uv"
    fails = "|".join(failing) or "none"
    tool.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/called\ncase "$2" in {fails}) exit 3;; esac\n'
    )
    tool.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(
        [CHECK], cwd="/", env={"PATH": path}, capture_output=True, text=True, check=False
    )
    called = (tmp_path / "called").read_text().splitlines()
    assert {command.removeprefix("run ") for command in called} == CHECKED
    assert done.returncode == bool(failing)
    told = [line.removeprefix("failed: ") for line in done.stderr.splitlines()]
    assert told == [each.removeprefix("run ") for each in called if each.split()[1] in failing]
