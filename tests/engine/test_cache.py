"""Machine code is kept between processes, and never answers for sources that have changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ebbtide
from ebbtide.scenario import Scenario
from ebbtide.world import compiled

PACKAGE = Path(ebbtide.__file__).parent
RUN = (
    "import sys; from ebbtide.model import Insurgency; m = Insurgency(sys.argv[1], rng=1);"
    "[m.step() for _ in range(30)]; print(m.state.series.flat.sum().hex())"
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The package in a folder of its own, where a test may edit it."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "ebbtide", ignore=ignored)
    return tmp_path / "ebbtide"


def edit(package: Path) -> None:
    """Let half as many men go home."""
    rule = package / "rules" / "leaving.py"
    text = rule.read_text(encoding="utf-8")
    edited = text.replace("return highest / (1.0", "return 0.5 * highest / (1.0")
    assert edited != text
    rule.write_text(edited, encoding="utf-8")


def test_the_hash_of_the_sources_feels_an_edit_of_a_rule(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = compiled.sources_hash()
    monkeypatch.setattr(compiled, "_PACKAGE", copied)
    assert compiled.sources_hash() == here
    edit(copied)
    assert compiled.sources_hash() != here


def test_a_folder_that_cannot_be_written_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("EBBTIDE_CACHE_DIR", str(blocked))
    folder = compiled.cache_folder()
    assert folder.is_dir()
    assert blocked not in folder.parents


@pytest.mark.slow
def test_an_edit_in_a_rules_file_changes_the_result(
    copied: Path, tmp_path: Path, minimal: Scenario
) -> None:
    kept = {"PYTHONPATH": str(tmp_path), "EBBTIDE_CACHE_DIR": str(tmp_path / "cache")}
    environment = {**os.environ, **kept}

    def result() -> str:
        command = [sys.executable, "-c", RUN, str(minimal.path)]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout

    before = result()
    assert result() == before
    edit(copied)
    assert result() != before


@pytest.mark.slow
def test_what_is_compiled_ahead_is_what_a_week_calls(tmp_path: Path) -> None:
    """Under other types a first run would compile all of it once more."""
    code = (
        "from ebbtide.engine.week import compile_backwards\n"
        "from ebbtide.model import UNTIL_INTAKE, Insurgency\n"
        "compile_backwards(UNTIL_INTAKE); Insurgency('minimal', rng=1).step()\n"
        "acts = [phase.all_at_once or phase.act for phase in UNTIL_INTAKE]\n"
        "print({len(act.signatures) for act in acts})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "EBBTIDE_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "{1}"
