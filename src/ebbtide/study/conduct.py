"""Conducting a study: the runs of a design that are not kept yet, through an executor, kept."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ebbtide.study.chunk import Failure
from ebbtide.study.design import Run
from ebbtide.study.executor import Executor
from ebbtide.study.store import Store


@dataclass(frozen=True, slots=True)
class Progress:
    """Runs in all, kept before this command began, kept now, and failed under this command."""

    total: int
    before: int
    kept: int
    failed: int


def conduct(
    design: Sequence[Run],
    store: Store,
    executor: Executor,
    report: Callable[[Progress], None] = lambda _: None,
) -> list[Failure]:
    """Do what is missing and return the failures met; a failed run is not tried again.

    Raises DiskFull or KeyboardInterrupt with all chunks kept that were finished.
    """
    finished = store.finished()
    before = kept = len(finished)
    failures: list[Failure] = []
    report(Progress(len(design), before, kept, 0))
    if kept == len(design):
        return failures
    store.log(f"begin: {kept} of {len(design)} runs kept")
    missing = (design[run] for run in range(len(design)) if run not in finished)
    with contextlib.closing(executor.chunks(missing)) as chunks:
        for chunk in chunks:
            store.keep(chunk)
            kept += len(chunk.runs)
            failures += chunk.failures
            report(Progress(len(design), before, kept, len(failures)))
    store.log(f"end: {kept} of {len(design)} runs kept, {len(failures)} failed")
    return failures
