"""An executor on a Dask cluster, by the address of its scheduler (the extra `cluster`).

Workers get the task once, as a plugin, also those that join later; a future carries runs out and
the bytes of a finished chunk back. A chunk of a worker that dies is done again elsewhere; what
is kept is written by this process alone, so nothing is written twice.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from ebbtide.compilation.sources import runs_digest
from ebbtide.study.chunk import Chunk, Simulate, lost, work
from ebbtide.study.design import Run
from ebbtide.study.executor import WorkersLost, chunk_size
from ebbtide.study.manifest import DECIDING, versions_of
from ebbtide.study.memory import keep_freed_memory
from ebbtide.study.store import Refused

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_SECONDS = 10.0
PATIENCE_SECONDS = 60.0  # for workers to come back when none is left
_POLL_SECONDS = 2.0
_ASK_SECONDS = 0.2


class Cluster:
    """Does runs on the workers of a Dask cluster; use it as a context.

    Raises Refused if there is no cluster at the address, it has no workers, or one of them has
    another version of Ebbtide, its sources or what its results rest on.
    """

    def __init__(self, simulate: Simulate, address: str) -> None:
        self._simulate = simulate
        self._address = address
        self._client = _connected(address)
        try:
            _check_versions(self._client, address)
        except BaseException:
            self._close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        with contextlib.suppress(Exception):  # a scheduler that is gone takes no leave
            self._client.close(timeout=2)

    def chunks(self, runs: Iterable[Run]) -> Generator[Chunk]:
        """Do the runs on the workers; raises WorkersLost where none will finish them."""
        token = f"ebbtide-{uuid.uuid4().hex}"
        under_way: dict[Future[Chunk], list[Run]] = {}
        try:
            self._client.register_plugin(_plugin(self._simulate, token))
            yield from self._chunks(iter(runs), token, under_way)
        except WorkersLost:
            raise
        except Exception as error:
            gone = self._client.status != "running" or "Cancelled" in type(error).__name__
            what = "is gone" if gone else f"failed: {_said(error)}"
            raise WorkersLost(f"the scheduler at {self._address} {what}") from error
        finally:
            self._leave(token, under_way)

    def _leave(self, token: str, under_way: dict[Future[Chunk], list[Run]]) -> None:
        if self._client.status != "running":
            return
        with contextlib.suppress(Exception):
            self._client.cancel(list(under_way))
            self._client.unregister_worker_plugin(token)

    def _chunks(
        self, waiting: Iterator[Run], token: str, under_way: dict[Future[Chunk], list[Run]]
    ) -> Generator[Chunk]:
        size = 1
        suspects: deque[Run] = deque()
        threads = self._threads()
        while True:
            while len(under_way) < 2 * threads:
                alone = [suspects.popleft()] if suspects else []
                batch = alone or list(islice(waiting, size))
                if not batch:
                    break
                under_way[self._client.submit(_work, token, batch, pure=False)] = batch
            if not under_way:
                return
            for future in self._finished(list(under_way)):
                batch = under_way.pop(future)
                chunk = self._result(future)
                if chunk is not None:
                    if len(batch) == size or chunk.seconds > 1:
                        size = chunk_size(chunk, size)
                    yield chunk
                elif len(batch) > 1:
                    suspects.extend(batch)
                else:
                    error = "the worker died each time (killed or out of memory)"
                    yield lost(self._simulate, batch[0], error)
            threads = self._threads() or threads

    def _threads(self) -> int:
        return sum(self._client.nthreads().values()) if self._client.status == "running" else 0

    def _finished(self, futures: list[Future[Chunk]]) -> list[Future[Chunk]]:
        """Those that are done, once one is; raises WorkersLost if none will be."""
        from distributed import wait

        alive = time.monotonic()
        while True:
            try:
                with self._client.as_current():
                    return list(wait(futures, _POLL_SECONDS, "FIRST_COMPLETED").done)
            except TimeoutError:
                pass
            if self._client.status != "running":
                raise WorkersLost(f"the scheduler at {self._address} is gone")
            if self._threads():
                alive = time.monotonic()
            elif time.monotonic() - alive > PATIENCE_SECONDS:
                raise WorkersLost(f"no workers are left at {self._address}")

    def _result(self, future: Future[Chunk]) -> Chunk | None:
        """The chunk, or None if every worker that tried it died."""
        from distributed.scheduler import KilledWorker

        try:
            chunk: Chunk = future.result()
        except KilledWorker:
            return None
        except OtherVersion as error:
            raise WorkersLost(str(error)) from None
        return chunk


class OtherVersion(Exception):
    """A worker that joined late runs other code."""


def identity() -> dict[str, str]:
    """What the results of this process rest on."""
    return versions_of(DECIDING) | {"sources": runs_digest()[:12]}


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise Refused(
            "--cluster needs the extra `cluster`: pip install 'ebbtide[cluster]'"
        ) from None
    for name in [
        name for name in logging.root.manager.loggerDict if name.startswith("distributed")
    ]:
        logging.getLogger(name).setLevel(
            logging.CRITICAL
        )  # its tracebacks say what we say in words
    _check_address(address)
    port = address.rpartition(":")[2]
    start = (
        f"start one: dask scheduler --port {port}; dask worker {address} --nthreads 1 "
        "(in a checkout each after `uv run`)"
    )
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise Refused(f"no cluster answers at {address} ({_said(error)}); {start}") from None
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        client.close()
        raise Refused(f"the cluster at {address} has no workers; {start}") from None
    return client


def _check_address(address: str) -> None:
    """Raise Refused for what cannot be an address: a Client of one is slow to give up."""
    from distributed.comm.addressing import get_address_host_port, normalize_address

    try:
        get_address_host_port(normalize_address(address))
    except ValueError as error:
        raise Refused(
            f'--cluster: found "{address}" ({error}); allowed: the address that a scheduler says '
            "when it starts, such as tcp://127.0.0.1:8786"
        ) from None


def _check_versions(client: Client, address: str) -> None:
    found = _identities(client, address)
    ours = identity()
    lines = [
        f"  {worker}: {name} {theirs.get(name)}, here {ours[name]}"
        for worker, theirs in found.items()
        for name in ours
        if theirs.get(name) != ours[name]
    ]
    if lines:
        told = "\n".join(lines[:8])
        raise Refused(
            f"workers at {address} have other versions; results would not be the same:\n{told}\n"
            "install the same ones there and start the workers again"
        )


def _identities(client: Client, address: str) -> dict[str, dict[str, str]]:
    """What the results of each worker rest on; one that dies while it is asked is asked no more."""
    from distributed.comm.core import CommClosedError

    last = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            if found := client.run(identity):
                return dict(found)
            why = "none is left"
        except (CommClosedError, TimeoutError) as error:
            why = _said(error)
        except Exception as error:  # noqa: BLE001 - a worker without this module raises anything
            raise Refused(
                f"workers at {address} cannot load this version of Ebbtide ({_said(error)}); "
                "install the same one there and start them again"
            ) from None
        if time.monotonic() > last:
            raise Refused(f"workers at {address} do not answer ({why}); start them again")
        time.sleep(_ASK_SECONDS)


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _plugin(simulate: Simulate, token: str) -> Any:
    from distributed import WorkerPlugin

    class HeldTask(WorkerPlugin):
        """The task of a sweep, held by a worker."""

        name = token

        def __init__(self) -> None:
            self.simulate, self.identity = simulate, identity()

        def setup(self, worker: Any) -> None:
            self.same = identity() == self.identity
            if self.same:
                keep_freed_memory()

    return HeldTask()


_alone = threading.Lock()  # a worker's threads take turns: a run takes all of a process


def _work(token: str, batch: list[Run]) -> Chunk:
    from distributed import get_worker

    worker = get_worker()
    task: Any = worker.plugins[token]
    if not task.same:
        raise OtherVersion(f"the worker {worker.address} has another version of Ebbtide")
    with _alone:
        return work(task.simulate, batch)
