"""A sweep killed twenty times over, here and on a cluster, equals the undisturbed one."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ebbtide.study.store import Results

from .studies import written
from .worlds import assert_same

pytestmark = pytest.mark.slow
SCRIPTS = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "NUMBA_NUM_THREADS": "1"}
KILLS = 12
RUNS = 2000


def begin(*words, folder, where=None):
    """A command as a process group of its own."""
    return subprocess.Popen(
        [str(word) for word in words],
        cwd=folder,
        env=ENVIRONMENT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def sweep(folder, out, *options):
    words = (sys.executable, "-m", "ebbtide.cli.main", "sweep", "study.toml", "--no-plots")
    return begin(*words, f"--out={out}", *options, folder=folder)


def kill(process):
    """`kill -9` of a process and of all that it started."""
    os.killpg(process.pid, 9)
    process.wait()


def finished(folder):
    return len(list((folder / "runs").glob("*.parquet")))


def wait_for_a_chunk(folder, command, before):
    deadline = time.monotonic() + 60
    while finished(folder) <= before and command.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    """The undisturbed sweep."""
    folder = tmp_path_factory.mktemp("calm")
    written(folder, old="replications = 2", new=f"replications = {RUNS // 4}")
    assert sweep(folder, "kept", "--workers=2").wait() == 0
    assert len(Results.open(folder / "kept").runs()) == RUNS
    return folder


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers, started by hand; killed parts can be started again."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = Parts(tmp_path, port)
    try:
        for part in found.words:
            found.start(part)
        yield found
    finally:
        for process in found.running.values():
            if process.poll() is None:
                kill(process)


class Parts:
    def __init__(self, folder, port):
        self.folder, self.address = folder, f"tcp://127.0.0.1:{port}"
        dask = str(SCRIPTS / "dask")
        worker = (dask, "worker", self.address, "--nthreads=1", "--no-dashboard", "--no-nanny")
        scheduler = (dask, "scheduler", "--host=127.0.0.1", f"--port={port}", "--no-dashboard")
        self.words = {"scheduler": scheduler} | {
            name: (*worker, f"--local-directory={folder / name}") for name in ("one", "two")
        }
        self.running = {}

    def start(self, part):
        self.running[part] = begin(*self.words[part], folder=self.folder)

    def kill(self, part):
        if self.running[part].poll() is None:
            kill(self.running[part])


def test_processes_killed_at_random(calm, tmp_path):
    shutil.copy(calm / "study.toml", tmp_path)
    moments, kept = random.Random(1), tmp_path / "kept"
    for _ in range(KILLS):
        command = sweep(tmp_path, "kept", "--workers=2")
        wait_for_a_chunk(kept, command, finished(kept))
        time.sleep(moments.uniform(0, 0.5))
        kill(command)
    assert 0 < len(Results.open(kept).runs()) < RUNS
    assert sweep(tmp_path, "kept", "--workers=2").wait() == 0
    assert_same(kept, calm / "kept")
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_cluster_killed_at_random(calm, tmp_path, cluster):
    """Workers, the scheduler and the command itself."""
    shutil.copy(calm / "study.toml", tmp_path)
    moments, kept = random.Random(2), tmp_path / "kept"
    victims = ["one", "two", "command", "scheduler"] * (KILLS // 4)
    command = None
    for victim in victims:
        if command is None or command.poll() is not None:
            command = sweep(tmp_path, "kept", f"--cluster={cluster.address}")
        wait_for_a_chunk(kept, command, finished(kept))
        time.sleep(moments.uniform(0, 0.3))
        if victim == "command":
            kill(command)
        else:
            cluster.kill(victim)
            if victim == "scheduler":
                assert command.wait(30) in (0, 1)
                for part in ("one", "two"):  # they have lost it too
                    cluster.kill(part)
                    cluster.start(part)
            cluster.start(victim)
    if command.poll() is None:
        command.wait(60)
    assert len(Results.open(kept).runs()) > 0
    assert sweep(tmp_path, "kept", f"--cluster={cluster.address}").wait(90) == 0
    assert_same(kept, calm / "kept")
