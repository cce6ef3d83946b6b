"""Workers keep the memory that their runs free."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ebbtide.study.executor import Processes
from ebbtide.study.simulate import RunTables

from .worlds import design

KEPT = platform.libc_ver()[0] == "glibc"  # no other library of C is told to keep memory

COUNT_FAULTS = """
import resource
import sys

import numpy as np

from ebbtide.study.memory import keep_freed_memory

if sys.argv[1] == "kept":
    keep_freed_memory()
for _ in range(3):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    blocks = [np.ones(500_000, np.uint8) for _ in range(20)]
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    del blocks
print(faults)
"""


def faults_of_taking_again(how: str) -> int:
    command = [sys.executable, "-c", COUNT_FAULTS, how]
    tuned = ("MALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(tuned)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=plain)
    return int(done.stdout)


def test_memory_that_was_freed_is_not_faulted_in_again_where_it_can_be_kept():
    pages = 20 * 500_000 / resource.getpagesize()
    given_back, kept = map(faults_of_taking_again, ("given back", "kept"))
    if KEPT:
        assert kept < pages / 20 < pages / 2 < given_back
    else:
        assert abs(kept - given_back) < pages / 20


def faults_of_a_run(run) -> RunTables:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    blocks = [np.ones(500_000, np.uint8) for _ in range(20)]
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    del blocks
    return RunTables(None, None, {"fighters_peak": faults})


@pytest.mark.slow
def test_workers_keep_what_their_runs_free():
    chunks = list(Processes(faults_of_a_run, 1).chunks(design()[:12]))
    tables = [pq.read_table(pa.BufferReader(chunk.files["runs"])) for chunk in chunks]
    faults = pa.concat_tables(tables).sort_by("run")["fighters_peak"].to_pylist()
    pages = 20 * 500_000 / resource.getpagesize()
    assert faults[0] > pages / 2
    assert (max(faults[2:]) < pages / 20) == KEPT
