"""Runs on a Dask cluster: the same as here, and nothing lost to whatever is killed."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ebbtide.study import cluster
from ebbtide.study.conduct import conduct
from ebbtide.study.executor import InProcess
from ebbtide.study.results import Results
from ebbtide.study.store import Refused, Store

from .worlds import MANIFEST, ToyRun, assert_same, design

CommClosedError = pytest.importorskip("distributed.comm").CommClosedError
TESTS = Path(__file__).parent.parent
PATHS = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])


def begin(*words):
    """A command in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, words)],
        env={**os.environ, "PYTHONPATH": PATHS},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill(process):
    """`kill -9` of a process and of all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, 9)
    process.wait()


class Parts:
    """A scheduler and two workers, each started by hand; a killed one can be started again."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        worker = ("distributed.cli.dask_worker", self.address, "--nthreads=1", "--no-dashboard")
        scheduler = ("distributed.cli.dask_scheduler", "--host=127.0.0.1", f"--port={port}")
        self.words = {"scheduler": (*scheduler, "--no-dashboard")} | {
            name: (*worker, f"--local-directory={folder / name}", "--no-nanny")
            for name in ("one", "two")
        }
        self.running = {}

    def start(self, *parts):
        for part in parts or self.words:
            self.running[part] = begin(*self.words[part])

    def kill(self, *parts):
        for part in parts or self.running:
            kill(self.running[part])


@pytest.fixture
def parts(tmp_path):
    found = Parts(tmp_path)
    found.start()
    yield found
    found.kill()


def test_no_cluster_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    with pytest.raises(Refused, match=r"no cluster answers at tcp://127.0.0.1:1 .*dask worker"):
        cluster.Cluster(ToyRun(), "tcp://127.0.0.1:1")


@pytest.mark.slow
def test_a_cluster_gives_what_one_process_gives(tmp_path, parts):
    run = ToyRun(raises=frozenset({3}))
    with Store(tmp_path / "here", MANIFEST) as store:
        conduct(design(), store, InProcess(run))
    with (
        cluster.Cluster(run, parts.address) as does,
        Store(tmp_path / "there", MANIFEST) as store,
    ):
        failures = conduct(design(), store, does)
    assert [failure.run for failure in failures] == [3]
    assert_same(tmp_path / "here", tmp_path / "there")


@pytest.mark.slow
def test_workers_with_other_sources_are_refused(parts, monkeypatch):
    with cluster.Cluster(ToyRun(), parts.address):
        pass
    monkeypatch.setattr(cluster, "runs_digest", lambda: "edited since")
    with pytest.raises(Refused, match=r"have other versions(.|\n)*here edited since"):
        cluster.Cluster(ToyRun(), parts.address)


@pytest.mark.slow
class Answering:
    """A client whose workers answer in turn, the last answer from then on."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def run(self, asked):
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_worker_that_dies_while_it_is_asked_is_no_other_version(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(cluster, "_ASK_SECONDS", 0.01)
    died = CommClosedError("in <TCP (closed) Scheduler Broadcast>: Stream is closed")
    cluster._check_versions(Answering(died, {}, {"one": cluster.identity()}), "here")
    for answer, said in ((died, "Stream is closed"), ({}, "none is left")):
        with pytest.raises(Refused, match=rf"^workers at here do not answer \(.*{said}"):
            cluster._check_versions(Answering(answer), "here")
    with pytest.raises(Refused, match=r"cannot load this version of Ebbtide .*no module ebbtide"):
        cluster._check_versions(Answering(ModuleNotFoundError("no module ebbtide")), "here")


@pytest.mark.slow
def test_a_cluster_without_workers_is_refused(parts, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 5.0)
    parts.kill("one", "two")
    time.sleep(1)
    with pytest.raises(Refused, match="has no workers"):
        cluster.Cluster(ToyRun(), parts.address)


@pytest.mark.release
def test_a_cluster_killed_again_and_again_equals_undisturbed(tmp_path, parts):
    """A worker, the scheduler, the command itself, the other worker, and the scheduler again."""
    moments, kept, replications = random.Random(2), tmp_path / "kept", 2000
    command = begin("study.toy_command", kept, parts.address, replications)

    def finished():
        return len(list((kept / "runs").glob("*.parquet")))

    for victim in ("one", "scheduler", "command", "two", "scheduler"):
        if command.poll() is not None:
            command = begin("study.toy_command", kept, parts.address, replications)
        before, deadline = finished(), time.monotonic() + 40
        while finished() <= before and command.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(moments.uniform(0, 0.3))
        if victim == "command":
            kill(command)
            continue
        parts.kill(victim)
        if victim == "scheduler":
            assert command.wait(30) == 1
            parts.kill("one", "two")
            parts.start()
        else:
            parts.start(victim)
    command.wait(60)
    assert 0 < len(Results.open(kept).runs()) < replications
    again = begin("study.toy_command", kept, 2, replications)
    assert again.wait(90) == 0
    with Store(tmp_path / "calm", MANIFEST) as store:
        conduct(design(replications), store, InProcess(ToyRun()))
    assert_same(kept, tmp_path / "calm")
    assert not list(kept.rglob("*.tmp"))
