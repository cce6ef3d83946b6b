"""What comparing policies takes beside the plain sweep of the same runs.

    uv run python experiments/benchmarks/compare.py [--replications 25] [--repeat 2]

Five policies of the case x so many draws of its posterior, to the end of 2018, in turn: `eb.compare` with
all its tables, and a sweep of the same runs that keeps the numbers of a run alone. The ratio is of both by
the clock and by the processor (of all processes together); a busy neighbour moves the first alone. The
mark is 1.2, at 200 draws; at fewer, what is done once counts for more. The load before it is printed.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ebbtide as eb
from ebbtide.comparison.folder import write_tables
from ebbtide.comparison.question import ComparisonAsked, Question
from ebbtide.comparison.running import posed
from ebbtide.study.conduct import conduct
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


def compared(replications: int, folder: Path) -> None:
    """The comparison, read and told."""
    found = eb.compare("khorasan", POLICIES, replications=replications, workers=WORKERS, out=folder)
    write_tables(found)


def swept(replications: int, folder: Path) -> None:
    """The same runs, of which the numbers of a run are kept."""
    asked = question(replications)
    alone = Simulator(asked.scenario, dict(asked.policies), asked.scenario.weeks, None)
    with Store(folder, asked.manifest()) as store:
        assert not conduct(asked.design(), store, executor(alone, WORKERS), lambda _: None)


def processor_time() -> float:
    """Seconds of processor time of this process and of all that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def taken(way: Callable[[int, Path], None], replications: int) -> tuple[float, float]:
    """Seconds by the clock and by the processor."""
    with tempfile.TemporaryDirectory() as place:
        before = time.perf_counter(), processor_time()
        way(replications, Path(place) / "results")
        return time.perf_counter() - before[0], processor_time() - before[1]


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=25)
    parser.add_argument("--repeat", type=int, default=2)
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    taken(swept, 1)  # all is loaded and compiled
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
