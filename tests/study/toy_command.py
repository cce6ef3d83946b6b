"""A study of toy runs as a process of its own, to be killed: `python -m study.toy_command`."""

from __future__ import annotations

import sys
from pathlib import Path

from ebbtide.study.conduct import conduct
from ebbtide.study.executor import executor
from ebbtide.study.store import Store

from .worlds import MANIFEST, ToyRun, design

if __name__ == "__main__":
    folder, workers, replications = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with Store(folder, MANIFEST) as store:
        conduct(design(replications), store, executor(ToyRun(seconds=0.02), workers))
