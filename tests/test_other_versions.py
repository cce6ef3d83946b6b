"""Ebbtide with the oldest versions that it says it works with, and on other Pythons found here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = "cluster,geo,xarray"


def newer_pythons() -> list[str]:
    """The newest Python on this machine that is newer than the one that runs, if there is one."""
    newer = f">{sys.version_info[0]}.{sys.version_info[1] + 1}.0a0"
    found = subprocess.run(
        ["uv", "python", "find", "--no-python-downloads", "--no-project", newer],
        capture_output=True, text=True,
    )  # fmt: skip
    return [found.stdout.strip()] if found.returncode == 0 else []


def run(folder: Path, *command: str, **environment: str) -> str:
    """Run a command to its end; fails with what it said."""
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("python", "resolution"),
    [(sys.executable, "lowest-direct"), *((newer, "highest") for newer in newer_pythons())],
)
def test_it_installs_and_works(tmp_path: Path, python: str, resolution: str) -> None:
    run(tmp_path, "uv", "venv", "--quiet", "--python", python, "env")
    here = tmp_path / "env" / "bin"
    run(
        tmp_path, "uv", "pip", "install", "--quiet", "--python", f"{here / 'python'}",
        "--resolution", resolution, f"{ROOT}[{EXTRAS}]",
    )  # fmt: skip

    run(tmp_path, f"{here / 'ebbtide'}", "new", "case")
    case = tmp_path / "case"
    plain = {"NUMBA_DISABLE_JIT": "1"}  # what is compiled is the next command's matter
    few = ("--replications", "1", "--workers", "1", "--until", "2010-02-28", "--out", "results/few")
    told = run(case, f"{here / 'ebbtide'}", "run", "scenario.toml", *few, **plain)
    assert "folder: results/few" in told
    drawn = run(
        case,
        f"{here / 'ebbtide'}",
        "plot",
        "results/few",
        "--outcome",
        "fighters",
        "--group",
        "rebels",
        **plain,
    )
    assert (case / drawn.strip()).stat().st_size > 0
    run(case, f"{here / 'ebbtide'}", "check", "scenario.toml", **plain)

    one_phase = "from ebbtide.engine.week import UNTIL_INTAKE as all, compile_backwards as compile"
    run(
        case, f"{here / 'python'}", "-c", f"{one_phase}; compile(all[1:2])",
        EBBTIDE_CACHE_DIR=f"{tmp_path / 'compiled'}",
    )  # fmt: skip
    assert list((tmp_path / "compiled").rglob("*.nbc"))
