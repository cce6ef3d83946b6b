"""How near a sweep comes to ideal: many runs on so many workers, beside one warm run.

    uv run python experiments/benchmarks/sweep.py [--runs 1000] [--repeat 1] [--memory]

Ideal is one warm run's time x runs / workers, in a process that keeps memory as workers do.
Start-up (workers start and load what is compiled) is stated apart: the clock of a ratio starts when
each worker has given a chunk. Ways:

- as many bare processes, each in a loop over runs that keeps nothing: what this machine can reach
- the same in turn, a second here alone, a second on all workers at once: a busy host slows both,
  so this ratio is the steadiest; it knows nothing of handing out and keeping, which the next add
- processes, the metrics of a run kept; and with all weekly series
- two workers of a Dask cluster on this machine, the same, without Dask's sampling profiler
- `mesa.batch_run` on the same model and outcomes, start-up included (it reports no moment between)
- plain Mesa (`plain_mesa.py`): the fighters' weeks of a run alone, reckoned from three weeks

With --repeat the ways of Ebbtide are timed so many times in turn: a busy host moves one ratio by a
tenth. With --memory: the coordinating process' memory after 1,000 and after 20,000 short runs.
Ratios hold for a machine with nothing else to do; the load before the start is printed. The share
of the time that workers are in runs, by their own clocks, and the ratio in processor time (of all
processes together) are told beside: a busy neighbour makes runs slow but leaves those about alone.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import psutil
from plain_mesa import ByCell, ByRules

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario, load
from ebbtide.study.chunk import Chunk, work
from ebbtide.study.conduct import Progress, conduct
from ebbtide.study.design import Design, Run
from ebbtide.study.executor import Executor, executor
from ebbtide.study.focus import Focus
from ebbtide.study.manifest import manifest_of
from ebbtide.study.memory import keep_freed_memory
from ebbtide.study.metrics import measure
from ebbtide.study.simulate import Kept, RunTables, Simulator, trajectory
from ebbtide.study.store import Store
from engine import fighter_weeks, plain_mesa
from engine import run as run_whole

WORKERS = 2


class Batched(Insurgency):
    """The model as `mesa.batch_run` wants it: it collects once, the metrics of a run."""

    def __init__(self, scenario: Scenario, rng: int | None = None) -> None:
        super().__init__(scenario, rng=rng)
        self.datacollector.model_reporters.clear()
        self.datacollector.model_vars.clear()
        self.datacollector.model_reporters["metrics"] = self._metrics
        self.datacollector.model_vars["metrics"] = [None]  # week 0 has been collected

    def _metrics(self, _: object = None) -> object:
        if self.week < self.world.weeks:
            return None
        scenario = self.scenario.stands_for
        return measure(trajectory(self.series(), Focus.of(scenario), scenario, self.week))


def manifest(design: Design) -> dict[str, Any]:
    """What the store of a benchmark writes of it."""
    return manifest_of(
        design.scenario,
        [design.scenario.policy],
        seed=design.base_seed,
        replications=design.replications,
        until=None,
        fixed=design.fixed,
        overrides={},
        named=design.scenario.id,
        command="benchmark",
    )


def warm_run(simulator: Simulator, design: Design, runs: int = 7) -> tuple[float, float]:
    """Seconds of a run by the clock and by the processor, once all is loaded: medians."""
    work(simulator, design[:1])
    times = []
    for run in design[1 : runs + 1]:
        start = time.perf_counter(), time.process_time()
        simulator(run)
        times.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    elapsed, processor = zip(*times, strict=True)
    return statistics.median(elapsed), statistics.median(processor)


def processor_time() -> float:
    """Seconds of processor time of this process and all that it started and still runs."""
    found = psutil.Process()
    times = [process.cpu_times() for process in (found, *found.children(recursive=True))]
    return sum(time.user + time.system for time in times)


class Watched:
    """An executor that remembers who did its chunks, and for how long."""

    def __init__(self, does: Executor) -> None:
        self.does = does
        self.seconds: list[float] = []
        self.workers: set[str] = set()

    def chunks(self, runs: Iterable[Run]) -> Generator[Chunk]:
        """Hand the chunks on as they come."""
        for chunk in self.does.chunks(runs):
            if len(self.workers) == WORKERS:
                self.seconds.append(chunk.seconds)
            self.workers.add(chunk.worker)
            yield chunk

    @property
    def busy(self) -> float:
        """Seconds in runs since every worker had given its first chunk."""
        return sum(self.seconds)


@dataclass
class Marks:
    """Start-up, then what the runs after it took by the clock and the processor."""

    startup: float = 0.0
    elapsed: float = 0.0
    processor: float = 0.0
    runs: int = 0


def timed(design: Design, does: Watched, folder: Path) -> Marks:
    """Run the design; until every worker has given a chunk is start-up."""
    start, marks = time.perf_counter(), Marks()

    def report(now: Progress) -> None:
        if len(does.workers) == WORKERS and not marks.runs:
            marks.startup, marks.processor = time.perf_counter() - start, processor_time()
            marks.runs = now.total - now.kept
        if now.kept == now.total:
            marks.elapsed = time.perf_counter() - start - marks.startup
            marks.processor = processor_time() - marks.processor

    with Store(folder, manifest(design)) as store:
        assert not conduct(design, store, does, report)
    return marks


def bare_loop(
    simulator: Simulator, runs: Sequence[Run], ready: Barrier, took: SimpleQueue[float]
) -> None:
    """Do the runs once all processes are ready, and say how many seconds they took."""
    keep_freed_memory()
    work(simulator, runs[:1])
    ready.wait()
    start = time.perf_counter()
    for run in runs:
        simulator(run)
    took.put(time.perf_counter() - start)


def bare_processes(simulator: Simulator, design: Design) -> None:
    """The same runs in as many processes that know nothing of each other."""
    before = warm_run(simulator, design)[0]
    context = get_context("spawn")
    ready, took = context.Barrier(WORKERS), context.SimpleQueue()
    each = len(design) // WORKERS
    loops = [
        context.Process(
            target=bare_loop, args=(simulator, design[i * each : (i + 1) * each], ready, took)
        )
        for i in range(WORKERS)
    ]
    for loop in loops:
        loop.start()
    elapsed = max(took.get() for _ in loops)
    for loop in loops:
        loop.join()
    warm = min(before, warm_run(simulator, design)[0])
    print(f"{'bare processes':<30} {warm * each / elapsed:5.2f} of ideal by the clock", flush=True)


def in_turn(simulator: Simulator, design: Design, blocks: int = 40) -> None:
    """A few runs here, then as many on every worker at once, again and again."""
    runs = design[:8]
    with ProcessPoolExecutor(
        WORKERS, mp_context=get_context("spawn"), initializer=keep_freed_memory
    ) as pool:

        def together() -> float:
            under_way = [pool.submit(work, simulator, runs) for _ in range(WORKERS)]
            return statistics.mean(done.result().seconds for done in under_way)

        together()
        ratios = [work(simulator, runs).seconds / together() for _ in range(blocks)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    print(
        f"{'in turn, metrics':<30} {middle:5.2f} of ideal by the clock, median of {blocks} blocks; "
        f"half of them {low:.2f} to {high:.2f}",
        flush=True,
    )


def size(folder: Path) -> float:
    """Bytes of the tables kept in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*.parquet"))


@contextmanager
def processes(simulator: Simulator) -> Iterator[Executor]:
    """Worker processes on this machine."""
    yield executor(simulator, WORKERS)


@contextmanager
def dask_workers(simulator: Simulator) -> Iterator[Executor]:
    """Workers of a Dask cluster on this machine."""
    import dask.config
    from distributed import LocalCluster

    from ebbtide.study.cluster import Cluster

    with (
        dask.config.set({"distributed.worker.profile.enabled": False}),
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as local,
        Cluster(simulator, local.scheduler_address) as does,
    ):
        yield does


def measured(
    name: str,
    open_: Callable[[Simulator], AbstractContextManager[Executor]],
    simulator: Simulator,
    design: Design,
) -> None:
    """Print what one way of sweeping takes, between two warm runs."""
    before = warm_run(simulator, design)
    with tempfile.TemporaryDirectory() as place, open_(simulator) as does:
        folder, watched = Path(place) / "results", Watched(does)
        marks = timed(design, watched, folder)
        after = warm_run(simulator, design)
        clock, processor = (min(pair) for pair in zip(before, after, strict=True))
        print(
            f"{name:<30} {clock * marks.runs / WORKERS / marks.elapsed:5.2f} of ideal by the clock, "
            f"{processor * marks.runs / marks.processor:4.2f} by the processor; workers in runs "
            f"{watched.busy / WORKERS / marks.elapsed:4.2f} of the time; {len(design)} runs, a warm "
            f"one {clock:.3f} s ({processor:.3f} s of processor), start-up {marks.startup:.1f} s, "
            f"{size(folder) / len(design) / 1000:.2f} kB a run",
            flush=True,
        )


def batch_run(scenario: Scenario, runs: int, warm: float) -> None:
    """Print what Mesa's own way of running many takes."""
    import mesa

    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mesa.batch_run(
            Batched,
            {"scenario": scenario},
            rng=list(range(runs)),
            number_processes=WORKERS,
            data_collection_period=-1,
            max_steps=scenario.weeks,
            display_progress=False,
        )
    taken = time.perf_counter() - start
    print(
        f"{'mesa.batch_run, start-up included':<34} {warm * runs / WORKERS / taken:5.2f} of ideal"
    )


def plain_run(scenario: Scenario, kind: type[ByRules], warm: float) -> None:
    """What fighters in plain Mesa would take for a run's weeks, with all else left out."""
    lived, half_way = fighter_weeks(run_whole(scenario)), Insurgency(scenario, rng=1)
    while half_way.week < half_way.world.weeks // 2:
        half_way.step()
    seconds = plain_mesa(half_way, kind) * lived
    print(
        f"{'plain Mesa, ' + kind.__name__:<34} {warm / seconds:6.4f} of ideal: {seconds:.0f} s for the "
        f"fighters of a run, {seconds / warm:.0f} times a warm run"
    )


def short_run(run: Run) -> RunTables:
    """Nothing but time and a row: what a run computes is no matter to the coordinating process."""
    time.sleep(0.005)
    return RunTables(None, None, {"fighters_peak": run.replication})


def memory(runs: tuple[int, ...] = (1_000, 20_000)) -> None:
    """Resident memory of this process after so many short runs."""
    scenario = load("minimal")
    design = Design(scenario, (scenario.policy.id,), max(runs), 1, points_alone=True)
    marks = list(runs)

    def report(now: Progress) -> None:
        while marks and now.kept >= marks[0]:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
            print(f"after {now.kept:6,} runs the coordinating process holds {megabytes:.0f} MB")
            marks.pop(0)

    with (
        tempfile.TemporaryDirectory() as place,
        Store(Path(place) / "results", manifest(design)) as store,
    ):
        conduct(design, store, executor(short_run, WORKERS), report)


def main() -> None:
    """Print the ratios, way by way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--memory", action="store_true")
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if asked.memory:
        memory()
        return
    keep_freed_memory()
    scenario = load("khorasan")
    policy = scenario.policy
    # At the medians, so that one run takes as long as another.
    design = Design(scenario, (policy.id,), asked.runs, 1, points_alone=True)
    metrics = Simulator(scenario, {policy.id: policy}, scenario.weeks, None)
    series = replace(metrics, kept=Kept(places=False))
    warm = warm_run(metrics, design)[0]
    batch_run(scenario, asked.runs, warm)
    for kind in (ByRules, ByCell):
        plain_run(scenario, kind, warm)
    for _ in range(asked.repeat):
        bare_processes(metrics, design)
        in_turn(metrics, design)
        measured("processes, metrics", processes, metrics, design)
        measured("processes, all weekly series", processes, series, design)
        measured("Dask, two workers, metrics", dask_workers, metrics, design)


if __name__ == "__main__":
    main()
