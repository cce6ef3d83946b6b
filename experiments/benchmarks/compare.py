"""What comparing policies takes beside the plain sweep of the same runs.

    uv run python experiments/benchmarks/compare.py [--replications 20] [--repeat 2]

Five policies of the case x so many draws of its posterior, to the end of 2018, in turn: `eb.compare` with
all its tables, and a sweep of the same runs that keeps the numbers of a run alone. The ratio is of both by
the clock and by the processor (of all processes together); a busy neighbour moves the first alone. The
mark is 1.2, at 200 draws; at fewer, what is done once counts for more. The load before it is printed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

import ebbtide as eb
from ebbtide.comparison.folder import write_tables
from ebbtide.comparison.question import ComparisonAsked, Question
from ebbtide.comparison.running import posed
from ebbtide.study.conduct import Progress, conduct
from ebbtide.study.executor import executor
from ebbtide.study.simulate import Simulator
from ebbtide.study.store import Store

WORKERS = 2
POLICIES = ["leadership-targeting", "finance-interdiction", "tribal-engagement", "offensive"]
MARK = 1.2


def question(replications: int) -> Question:
    """The four policies beside the record."""
    asked = ComparisonAsked(replications=replications, most_runs=None)
    return posed("khorasan", POLICIES, asked)


class Meter:
    """What the workers have used of the processor, as far as is known when runs are kept."""

    def __init__(self) -> None:
        self.workers = 0.0

    def __call__(self, _: Progress) -> None:
        """Look at them while they are there."""
        found = [each.cpu_times() for each in psutil.Process().children(recursive=True)]
        self.workers = max(self.workers, sum(each.user + each.system for each in found))


def compared(replications: int, folder: Path, meter: Meter) -> None:
    """The comparison, read, and its tables written."""
    found = eb.compare(
        "khorasan", POLICIES, replications=replications, workers=WORKERS, out=folder, report=meter
    )
    write_tables(found)


def swept(replications: int, folder: Path, meter: Meter) -> None:
    """The same runs, of which the numbers of a run are kept."""
    asked = question(replications)
    alone = Simulator(asked.scenario, dict(asked.policies), asked.scenario.weeks, None)
    with Store(folder, asked.manifest()) as store:
        assert not conduct(asked.design(), store, executor(alone, WORKERS), meter)


def taken(way: Callable[[int, Path, Meter], None], replications: int) -> tuple[float, float]:
    """Seconds by the clock and by the processor."""
    with tempfile.TemporaryDirectory() as place:
        meter, before = Meter(), (time.perf_counter(), time.process_time())
        way(replications, Path(place) / "results", meter)
        clock, own = time.perf_counter() - before[0], time.process_time() - before[1]
        return clock, own + meter.workers


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=2)
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    for way in (swept, compared):  # all is loaded and compiled
        taken(way, 2)
    rounds = []
    for number in range(asked.repeat):
        ways = (compared, swept) if number % 2 == 0 else (swept, compared)
        times = {way: taken(way, asked.replications) for way in ways}
        (clock, used), (plain, plain_used) = times[compared], times[swept]
        rounds.append((clock / plain, used / plain_used))
        print(
            f"{len(POLICIES) + 1} policies x {asked.replications} draws: compared in {clock:.1f} s "
            f"({used:.1f} s of processor), swept in {plain:.1f} s ({plain_used:.1f} s): "
            f"{clock / plain:.2f} times by the clock, {used / plain_used:.2f} by the processor",
            flush=True,
        )
    by_clock, by_processor = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(
        f"median of {asked.repeat}: {by_clock:.2f} times by the clock, {by_processor:.2f} by the "
        f"processor; the mark is {MARK} at 200 draws"
    )


if __name__ == "__main__":
    main()
