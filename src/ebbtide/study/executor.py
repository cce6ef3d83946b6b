"""Executors: who does the runs. Each takes runs and yields finished chunks, in any order.

`InProcess` does them here, `Processes` on the cores of this machine, `Cluster` (in its own file)
on others. What a run gives depends on the run alone, so all give the same to the last bit. A
chunk is sized to take about a second: long against handing it over, short against losing it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import ProcessPoolExecutor as Pool
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection, get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from ebbtide.compilation.machine_code import tell_if_not_kept
from ebbtide.study.chunk import Chunk, Simulate, lost, work
from ebbtide.study.design import Run
from ebbtide.study.memory import keep_freed_memory

CHUNK_SECONDS = 1.0
LARGEST_CHUNK = 500
TRIES = 3  # for a run whose worker died: once may be chance, three times is the run
ONE_THREAD = dict.fromkeys(
    ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)


class WorkersLost(RuntimeError):
    """Who did the runs is gone, and will not come back by itself; says who."""


class Executor(Protocol):
    """Does runs; yields a chunk whenever one is finished."""

    def chunks(self, runs: Iterable[Run]) -> Generator[Chunk]:
        """Do the runs; raises WorkersLost where they are gone who could finish them."""


def executor(simulate: Simulate, workers: int, *, first_alone: bool = False) -> Executor:
    """The executor for so many workers on this machine.

    With `first_alone` the first run is done before all others: what its worker compiles and keeps,
    the rest need not compile again. A second worker helps if the task has a `compile_ahead`.
    """
    return InProcess(simulate) if workers == 1 else Processes(simulate, workers, first_alone)


def workers_here(task: Simulate, workers: int | None, runs: int) -> Executor:
    """Workers on this machine, no more than runs; while nothing is compiled, one begins alone."""
    from ebbtide.engine.week import is_compiled

    compiled = getattr(task, "is_compiled", None)
    first_alone = not (is_compiled() if compiled is None else compiled)
    if first_alone:
        tell_if_not_kept()
    return executor(task, min(workers or cores(), runs), first_alone=first_alone)


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def chunk_size(chunk: Chunk, before: int) -> int:
    """Runs that would have taken CHUNK_SECONDS, growing at most fourfold at a time."""
    wanted = CHUNK_SECONDS * len(chunk.runs) / max(chunk.seconds, 1e-6)
    return max(1, min(int(wanted), 4 * before, LARGEST_CHUNK))


class InProcess:
    """One worker: this process."""

    def __init__(self, simulate: Simulate) -> None:
        self._simulate = simulate

    def chunks(self, runs: Iterable[Run]) -> Generator[Chunk]:
        """Do the runs one after the other."""
        waiting, size = iter(runs), 1
        while batch := list(islice(waiting, size)):
            chunk = work(self._simulate, batch)
            size = chunk_size(chunk, size)
            yield chunk


class Processes:
    """Worker processes on this machine; a killed one costs its chunk a second try.

    Interrupted (KeyboardInterrupt, or the iterator closed), it ends its workers at once.
    """

    def __init__(self, simulate: Simulate, workers: int, first_alone: bool = False) -> None:
        self._simulate = simulate
        self._workers = workers
        self._alone = first_alone
        self._pool: Pool | None = None
        self._started: list[BaseProcess] = []

    def chunks(self, runs: Iterable[Run]) -> Generator[Chunk]:
        """Do the runs on all workers, which end with the iterator."""
        try:
            yield from self._chunks(iter(runs))
        finally:
            self._end()

    def _chunks(self, waiting: Iterator[Run]) -> Generator[Chunk]:
        size = 1
        under_way: dict[Future[Chunk], list[Run]] = {}
        compile_ahead = getattr(self._simulate, "compile_ahead", None)
        while True:
            suspects: deque[Run] = deque()
            most = 1 if self._alone else 2 * self._workers
            while len(under_way) < most and not suspects:
                if not (batch := list(islice(waiting, size))):
                    break
                try:
                    under_way[self._submit(_work, batch)] = batch
                except BrokenProcessPool:
                    suspects.extend(batch)
                if self._alone and compile_ahead is not None:
                    with contextlib.suppress(BrokenProcessPool):  # only help: the run goes on
                        self._submit(compile_ahead)
            if not under_way and not suspects:
                return
            self._alone = False
            finished = wait(under_way, return_when=FIRST_COMPLETED).done if under_way else set()
            for future in list(finished):
                batch = under_way.pop(future)
                if (chunk := _result(future)) is None:
                    suspects.extend(batch)
                else:
                    size = chunk_size(chunk, size)
                    yield chunk
            if suspects:
                wait(under_way)
                for future, batch in under_way.items():
                    if (chunk := _result(future)) is None:
                        suspects.extend(batch)
                    else:
                        yield chunk
                under_way.clear()
                yield from self._one_by_one(suspects)

    def _one_by_one(self, suspects: Iterable[Run]) -> Generator[Chunk]:
        """Find which run, if any, kills its worker: each alone, in a pool made new."""
        self._end()
        for run in suspects:
            for _ in range(TRIES):
                try:
                    chunk = _result(self._submit(_work, [run]))
                except BrokenProcessPool:
                    chunk = None
                if chunk is not None:
                    yield chunk
                    break
                self._end()
            else:
                error = f"the worker process died {TRIES} times (killed or out of memory)"
                yield lost(self._simulate, run, error)

    def _submit(self, task: Callable[..., Any], *arguments: object) -> Future[Any]:
        if self._pool is None:
            try:
                self._pool = Pool(
                    self._workers,
                    mp_context=_context(self._simulate, self._started),
                    initializer=_begin,
                    initargs=(self._simulate,),
                )
            except OSError as error:  # where semaphores have no shared memory, for one
                raise _not_started(error) from error
        with _inherited_by_workers():  # a pool starts its workers one by one, as work comes in
            try:
                return self._pool.submit(task, *arguments)
            except OSError as error:
                raise _not_started(error) from error

    def _end(self) -> None:
        """End the workers without waiting for what they are doing."""
        if self._pool is None:
            return
        workers = [worker for worker in self._started if worker.pid is not None]
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.join()
        self._started.clear()
        self._pool = None


def _not_started(error: OSError) -> WorkersLost:
    """What to do where the system lets no process start, or speak with this one."""
    why = error.strerror or str(error)
    if "AF_UNIX" in why:
        length = len(tempfile.gettempdir())
        why = f"{why}: TMPDIR has {length} characters, a shorter one helps"
    return WorkersLost(f"no workers can be started here ({why}); --workers 1 does without")


def _context(simulate: Simulate, started: list[BaseProcess]) -> BaseContext:
    """How workers start: forked from a clean process that has loaded once what a run needs.

    Loading the model takes seconds of a core: so many workers, or one after another has died,
    take them once. Where a system cannot fork, each worker loads for itself. Every worker that a
    pool makes by this context is added to `started`.
    """
    forking = "forkserver" in get_all_start_methods()
    usual: Any = get_context("forkserver" if forking else "spawn")
    if forking:
        usual.set_forkserver_preload(list(getattr(simulate, "modules", ())))

    def worker(*arguments: Any, **named: Any) -> BaseProcess:
        made: BaseProcess = usual.Process(*arguments, **named)
        started.append(made)
        return made

    own: BaseContext = type(usual)()
    vars(own)["Process"] = worker
    return own


def _result(future: Future[Chunk]) -> Chunk | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None


@contextlib.contextmanager
def _inherited_by_workers() -> Iterator[None]:
    """While workers are started: one thread each, and deaf to the terminal's Ctrl-C.

    The interrupt is for this process, which ends them; a mask is inherited from the first
    instruction on, a handler would leave their start-up open. They do not run the caller's script
    again, which may have no guard against it: a task carries what it needs.
    """
    script = vars(sys.modules["__main__"])
    hidden: dict[str, Any] = {
        name: script[name] for name in ("__file__", "__spec__") if name in script
    }
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    masks = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else set()
    script.pop("__file__", None)
    script["__spec__"] = None
    try:
        yield
    finally:
        script.pop("__spec__")
        script.update(hidden)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


_simulate: Simulate


def _begin(simulate: Simulate) -> None:
    """Set a worker up: its task, once; and an end with its parent, however that ends."""
    global _simulate
    _simulate = simulate
    keep_freed_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        sys.stderr.flush()
        os._exit(1)


def _work(batch: list[Run]) -> Chunk:
    return work(_simulate, batch)
