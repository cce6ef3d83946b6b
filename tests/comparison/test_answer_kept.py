"""The shipped answers are of the scenario and of the draws that ship."""

from __future__ import annotations

import html
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ebbtide.comparison.limits import read
from ebbtide.installed import CHECKOUT
from ebbtide.scenario import Scenario
from experiments_loaded import loaded

ANSWERS = CHECKOUT / "docs" / "answers"
SCRIPT = CHECKOUT / "experiments" / "answers.py"
ASKED = [page.stem for page in sorted(ANSWERS.glob("*.html"))]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        return loaded(SCRIPT.name, patch)


def test_every_day_has_a_report_and_no_other_is_kept(script: ModuleType) -> None:
    assert {*ASKED} == {*script.TAKEN_UP}


@pytest.mark.parametrize("name", ASKED)
def test_a_kept_report_is_of_the_draws_that_ship(name: str, khorasan: Scenario) -> None:
    page = (ANSWERS / f"{name}.html").read_text(encoding="utf-8")
    hashes = dict(re.findall(r"<dt>Hash of ([^<]+)</dt><dd><code>(\w+)</code>", page))
    assert khorasan.posterior is not None
    assert hashes["posterior"] == khorasan.posterior.digest
    assert hashes["scenario khorasan"] == khorasan.digest


def asked(words: list[str]) -> set[str]:
    """What a command asks, without where its results and its bank lie and what follows from the rest."""
    return {word for word in words if not word.startswith(("--bank=", "--out=", "--from="))}


@pytest.mark.parametrize("name", ASKED)
def test_a_kept_report_is_of_what_the_script_asks(script: ModuleType, name: str) -> None:
    page = (ANSWERS / f"{name}.html").read_text(encoding="utf-8")
    (told,) = re.findall(r"<pre[^>]*><code>(ebbtide compare [^<]+)</code>", page)
    not_said = {"--seed=1", "--reference=record"}
    command = script.command(name, 100, Path("results"))
    assert asked(shlex.split(html.unescape(told))) == asked(command) | not_said


def test_the_limits_that_are_asked_are_limits_and_read_alike_from_what_is_kept(
    script: ModuleType,
) -> None:
    for name in script.TAKEN_UP:
        words = script.command(name, 100, Path("results"))
        limits = read([word.removeprefix("--at-most=") for word in words if "--at-most" in word])
        assert {*limits} >= {"civilians_harmed_in_all"}
        assert len(limits) == 2
        again = script.read_again(name, Path("results"))
        assert again[:3] == ["ebbtide", "compare", str(Path("results") / name)]
        assert {*again[3:]} < {*words}
        assert not any("--policy" in word or "--replications" in word for word in again)


@pytest.mark.release
def test_the_script_writes_the_reports(script: ModuleType, tmp_path: Path) -> None:
    out = [f"--results={tmp_path / 'results'}", f"--out={tmp_path / 'answers'}"]
    command = [sys.executable, str(SCRIPT), "--replications=2", *out]
    subprocess.run(command, cwd=CHECKOUT, check=True)
    written = {page.stem for page in (tmp_path / "answers").iterdir()}
    assert written == {*ASKED} == {*script.TAKEN_UP}
