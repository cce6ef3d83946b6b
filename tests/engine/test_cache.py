"""Machine code never answers for a rule that has changed, and the host's own is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

RUN = """
import sys
from numba.core import event
from ebbtide.model import Insurgency

class Listener(event.Listener):
    def on_start(self, event):
        function = event.data["dispatcher"].py_func
        if function.__module__.startswith("ebbtide"):
            print("compiled", function.__name__)
    def on_end(self, event):
        pass

with event.install_listener("numba:compile", Listener()):
    model = Insurgency(sys.argv[1], rng=1)
    for _ in range(30):
        model.step()
print(model.state.series.flat.sum().hex())
"""


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def python(code: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> list[str]:
    lines = process.communicate()[0].splitlines()
    assert process.returncode == 0
    return lines


@pytest.mark.release
def test_an_edit_is_felt_and_recompiles_what_contains_it_alone(
    copied: Path, compiled_already: Path, minimal: Scenario
) -> None:
    """What the package has compiled in its own place serves the copy, until that is edited."""

    def run() -> tuple[set[str], str]:
        *names, result = said(
            python(
                RUN,
                str(minimal.path),
                PYTHONPATH=str(copied.parent),
                EBBTIDE_CACHE_DIR=str(compiled_already),
            )
        )
        return {name.removeprefix("compiled ") for name in names}, result

    names, before = run()
    assert names == set()
    edit(copied / "rules" / "leaving.py", '"""', '"""A remark. ')
    edit(
        copied / "engine" / "phases" / "fates.py", "@compiled\ndef", "# a remark\n\n@compiled\ndef"
    )
    assert run() == (set(), before)
    edit(copied / "rules" / "leaving.py", "return highest / (1.0", "return 0.5 * highest / (1.0")
    names, result = run()
    assert result != before
    assert {"desertion_hazard", "week_until_intake"} <= names
    assert not {"taxes", "keep_accounts", "write_down", "attack"} & names
    assert run() == (set(), result)


@pytest.mark.release
def test_two_that_compile_at_once_and_one_that_is_killed_do_no_harm(
    compiled_already: Path, minimal: Scenario
) -> None:
    """All but leaders and levers, and the weeks that contain them, is compiled before."""
    gone = ("ebbtide.engine.phase.week_", "ebbtide.engine.phases.le")
    for file in (compiled_already / "compiled").iterdir():
        if file.name.startswith(gone):
            file.unlink()

    def written() -> list[Path]:
        return [each for name in gone for each in compiled_already.rglob(f"{name}*.nbc")]

    def run() -> subprocess.Popen[str]:
        return python(RUN, str(minimal.path), EBBTIDE_CACHE_DIR=str(compiled_already))

    assert not written()
    killed, one, other = run(), run(), run()
    while not written():
        time.sleep(0.1)
    time.sleep(2)
    assert killed.poll() is None
    killed.kill()
    killed.communicate()
    *_, first = said(one)
    assert said(other)[-1] == first
    assert said(run()) == [first]


@pytest.mark.slow
def test_what_is_compiled_ahead_is_what_a_week_calls(compiled_already: Path) -> None:
    """Under other types a first run would compile all of it once more.

    Phases are on disk, and weeks, which call them, are not.
    """
    for week in compiled_already.rglob("ebbtide.engine.phase.week_*"):
        week.unlink()
    code = (
        "from ebbtide.engine import week; from ebbtide.model import Insurgency\n"
        "print(week.is_compiled())\n"
        "week.compile_backwards(); Insurgency('minimal', rng=1).step()\n"
        "acts = [phase.all_at_once or phase.act for phase in week.UNTIL_INTAKE]\n"
        "print({len(act.signatures) for act in acts}, week.is_compiled())"
    )
    assert said(python(code, EBBTIDE_CACHE_DIR=str(compiled_already))) == ["False", "{1} True"]


@pytest.mark.slow
def test_other_code_that_uses_numba_keeps_its_settings(tmp_path: Path) -> None:
    (tmp_path / "theirs.py").write_text(
        "import numba\n@numba.njit(cache=True)\ndef theirs(x):\n    return x + 1\n"
    )
    code = (
        "import os, numba\n"
        "def settings():\n"
        "    return {k: v for k, v in vars(numba.config).items() if k.isupper()}, dict(os.environ)\n"
        "before = settings()\n"
        "import ebbtide.model\n"
        "print(settings() == before)\n"
        "import theirs; print(theirs.theirs(1), theirs.theirs.stats.cache_path)"
    )
    own = {"PYTHONPATH": str(tmp_path), "NUMBA_CACHE_DIR": ""}
    assert said(python(code, **own)) == ["True", f"2 {tmp_path / '__pycache__'}"]
    assert list((tmp_path / "__pycache__").glob("theirs.theirs-*.nbc"))


@pytest.mark.slow
def test_with_compiling_disabled_the_same_runs_in_plain_python(minimal: Scenario) -> None:
    code = (
        "import sys; from ebbtide.model import Insurgency; from ebbtide.engine import week\n"
        "m = Insurgency(sys.argv[1], rng=3)\n"
        "for _ in range(8): m.step()\n"
        "print(m.state.series.flat.sum().hex(), type(week.entries.enter).__name__)"
    )
    model = Insurgency(minimal, rng=3)
    for _ in range(8):
        model.step()
    plain = said(python(code, str(minimal.path), NUMBA_DISABLE_JIT="1"))
    assert plain == [f"{model.state.series.flat.sum().hex()} function"]
