"""One worker or many, and workers that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import active_children, get_all_start_methods
from pathlib import Path

import pytest

from ebbtide.study.conduct import conduct
from ebbtide.study.executor import InProcess, Processes, WorkersLost, executor
from ebbtide.study.store import Store

from .worlds import MANIFEST, ToyRun, assert_same, design, tables

TESTS = Path(__file__).parent.parent


def study(folder, workers, simulate=None, runs=None):
    with Store(folder, MANIFEST) as store:
        return conduct(runs or design(), store, executor(simulate or ToyRun(), workers))


def test_one_worker_equals_two_to_the_last_bit(tmp_path):
    for workers in (1, 2):
        study(tmp_path / str(workers), workers)
    assert_same(tmp_path / "1", tmp_path / "2")


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_run_that_raises_is_recorded_and_the_rest_goes_on(tmp_path, workers):
    failures = study(tmp_path, workers, ToyRun(raises=frozenset({0, 7})))
    kept = tables(tmp_path)
    failed = kept.runs[kept.runs["status"] == "failed"]
    assert sorted(failure.run for failure in failures) == [0, 7] == list(failed["run"])
    assert list(failed["error"]) == [f"RuntimeError: run {run} went wrong" for run in (0, 7)]
    assert failed["rules.a.x"].notna().all()
    assert failed["fighters_peak"].isna().all()
    assert len(kept.runs) == 30
    assert set(kept.series["run"]) == set(range(30)) - {0, 7}


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (OSError("AF_UNIX path too long"), "a shorter one helps"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
    ],
)
def test_where_no_worker_can_start_it_says_why_and_what_does_without(
    tmp_path, monkeypatch, why, told
):
    def refuse(*arguments, **named):
        raise why

    monkeypatch.setattr("ebbtide.study.executor.Pool", refuse)
    with pytest.raises(WorkersLost, match=rf"{told}.*--workers 1 does without"):
        study(tmp_path, 2)


@pytest.mark.slow
def test_a_run_that_kills_its_worker_fails_alone(tmp_path):
    failures = study(tmp_path, 2, ToyRun(kills=frozenset({5})))
    assert [failure.run for failure in failures] == [5]
    assert "died" in failures[0].error
    assert list(tables(tmp_path).runs["run"]) == list(range(30))


@pytest.mark.slow
def test_a_worker_killed_from_outside_costs_nothing(tmp_path):
    def kill_one():
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            workers = active_children()
            if workers and list((tmp_path / "killed" / "runs").glob("*.parquet")):
                workers[0].kill()
                return
            time.sleep(0.02)

    killer = threading.Thread(target=kill_one)
    killer.start()
    failures = study(tmp_path / "killed", 2, ToyRun(seconds=0.05))
    killer.join()
    study(tmp_path / "calm", 1)
    assert not failures
    assert_same(tmp_path / "killed", tmp_path / "calm")


@pytest.mark.slow
def test_closing_early_ends_the_workers():
    chunks = Processes(ToyRun(seconds=0.01), 2).chunks(iter(design()))
    next(chunks)
    assert active_children()
    chunks.close()
    assert not active_children()


@pytest.mark.slow
@pytest.mark.parametrize("first_alone", [True, False])
def test_the_first_run_can_be_done_alone(first_alone):
    chunks = executor(ToyRun(seconds=0.02), 2, first_alone=first_alone).chunks(iter(design()))
    next(chunks)
    assert len(active_children()) == (1 if first_alone else 2)
    assert 1 + sum(len(chunk.runs) for chunk in chunks) == len(design())


@pytest.mark.slow
def test_workers_that_are_forked_have_what_runs_need_from_the_start():
    code = (
        "from ebbtide.study.executor import Processes\n"
        "from study.worlds import ToyRunOfLoaded, design\n"
        "chunks = list(Processes(ToyRunOfLoaded(), 2).chunks(iter(design(1))))\n"
        "print([failure.error for chunk in chunks for failure in chunk.failures])"
    )
    paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    done = subprocess.run(  # a process of its own: what its workers load is settled once in each
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded_late = "loaded too late" in done.stdout
    assert loaded_late == ("forkserver" not in get_all_start_methods())


@pytest.mark.slow
def test_chunks_grow_towards_a_second():
    sizes = [len(chunk.runs) for chunk in InProcess(ToyRun()).chunks(iter(design(150)))]
    assert sizes[0] == 1
    assert max(sizes) > 10
    assert sum(sizes) == 150


def test_an_interrupt_in_a_run_is_not_a_failure():
    def interrupted(run):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)

    with pytest.raises(KeyboardInterrupt):
        list(InProcess(interrupted).chunks(iter(design())))
