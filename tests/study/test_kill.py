"""Killed at any time, the same command completes, and nothing shows that it was killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ebbtide.study.conduct import conduct
from ebbtide.study.executor import InProcess
from ebbtide.study.results import Results
from ebbtide.study.store import Store

from .worlds import MANIFEST, ToyRun, assert_same, design

TESTS = Path(__file__).parent.parent


def begin(folder, workers, replications):
    paths = [str(TESTS.parent / "src"), str(TESTS)]
    return subprocess.Popen(
        [sys.executable, "-m", "study.toy_command", str(folder), str(workers), str(replications)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "kills"), [(1, 1), (2, 5)])
def test_killed_again_and_again_equals_undisturbed(tmp_path, workers, kills):
    replications = 60 * kills
    moments = random.Random(workers)
    kept = 0
    for _ in range(kills):
        command = begin(tmp_path / "killed", workers, replications)
        deadline = time.monotonic() + 30
        while command.poll() is None and time.monotonic() < deadline:  # until this one works
            if len(list((tmp_path / "killed" / "runs").glob("*.parquet"))) > kept:
                break
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.4))
        command.kill()
        command.wait()
        kept = len(list((tmp_path / "killed" / "runs").glob("*.parquet")))
        half = Results.open(tmp_path / "killed")
        assert set(half.series(["fighters"])["run"]) == set(half.runs()["run"])
    assert 0 < len(half.runs()) < replications
    assert begin(tmp_path / "killed", workers, replications).wait() == 0
    with Store(tmp_path / "calm", MANIFEST) as store:
        conduct(design(replications), store, InProcess(ToyRun()))
    assert_same(tmp_path / "killed", tmp_path / "calm")
    assert not list(tmp_path.rglob("*.tmp"))


def below(process):
    """The ids of all processes that one has started, and that those have."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [*children, *(each for child in children for each in below(child))]


@pytest.mark.slow
def test_workers_end_with_a_killed_parent(tmp_path):
    command = begin(tmp_path, 2, 3000)
    try:
        while not list((tmp_path / "runs").glob("*.parquet")):
            time.sleep(0.05)
        workers = below(command.pid)
        assert len(workers) >= 4  # two workers, who forks them, who clears up after them
    finally:
        command.kill()
        command.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in workers):
        time.sleep(0.05)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
