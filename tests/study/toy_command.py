"""A study of toy runs as a process of its own, to be killed: `python -m study.toy_command`.

Exits 1 if its workers are lost, as `ebbtide sweep` does.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from ebbtide.study.cluster import Cluster
from ebbtide.study.conduct import conduct
from ebbtide.study.executor import WorkersLost, executor
from ebbtide.study.store import Store

from .worlds import MANIFEST, ToyRun, design


def main(folder: Path, where: str, replications: int) -> int:
    simulate = ToyRun(seconds=0.02)
    with contextlib.ExitStack() as stack:
        if where.isdigit():
            does = executor(simulate, int(where))
        else:
            does = stack.enter_context(Cluster(simulate, where))
        try:
            conduct(design(replications), stack.enter_context(Store(folder, MANIFEST)), does)
        except WorkersLost:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
