"""Who does the runs that are asked for: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ebbtide.scenario import Fault, Faults, arguments
from ebbtide.study.chunk import Simulate
from ebbtide.study.executor import Executor, workers_here


@contextmanager
def done_by(
    task: Simulate, runs: int, workers: int | None, cluster: str | None
) -> Iterator[Executor]:
    """So many processes here, as many as cores if None, or a cluster by its scheduler's address.

    Raises Refused for a cluster that is not there or does not fit.
    """
    if cluster is None:
        yield workers_here(task, workers, runs)
        return
    from ebbtide.study.cluster import Cluster  # needs an extra

    with Cluster(task, cluster) as does:
        yield does


def must_be_one_of(caller: str, workers: int | None, cluster: object) -> None:
    """Raise Faults, said of the caller, where both are asked, or a cluster by what is no address."""
    if workers is not None and cluster is not None:
        raise Faults([Fault(caller, None, "workers and cluster", "one of the two")])
    if cluster is not None:
        allowed = "the address of a scheduler, such as tcp://127.0.0.1:8786"
        arguments.must(isinstance(cluster, str), caller, "cluster", cluster, allowed)
