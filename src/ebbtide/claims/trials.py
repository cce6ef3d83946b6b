"""Living the worlds of a file of claim tests: which runs, and what each gives."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ebbtide.study.conduct import Progress
from ebbtide.study.design import Design, Run
from ebbtide.study.simulate import RunTables, Simulator

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.claims.worlds import MeasuredWorld
    from ebbtide.scenario.posterior import PosteriorDraws
    from ebbtide.study.chunk import Failure
    from ebbtide.study.executor import Executor

PAIRS = 40  # replications of a rule test

NumbersByWorld = dict[str, "pd.DataFrame"]  # by world: a row a replication, a column a measure


class RunsFailed(RuntimeError):
    """Runs without which the claims cannot be judged."""

    def __init__(self, failures: Sequence[Failure], worlds: Sequence[str]) -> None:
        self.failures = failures
        first = f"run {failures[0].run} ({worlds[0]}): {failures[0].error}"
        super().__init__(f"{len(failures)} runs failed, and nothing is judged: {first}")


class Task(Protocol):
    """What can be lived run by run."""

    def runs(self) -> Iterator[Run]:
        """Every run, with the world's id where a study has its policy's."""

    def __call__(self, run: Run) -> RunTables:
        """One run: no tables, only what is measured."""


@dataclass(frozen=True)
class Trials:
    """A task of runs: a world under `policy`, and in it so many replications.

    All worlds have the draws and seeds of a design of this base seed: they are paired. Draws are those of
    a `posterior`, if there is one.
    """

    worlds: Mapping[str, MeasuredWorld]
    replications: int
    base_seed: int
    posterior: PosteriorDraws | None = None

    modules = (*Simulator.modules, "ebbtide.claims.worlds")
    compile_ahead = staticmethod(Simulator.compile_ahead)

    def runs(self) -> Iterator[Run]:
        """Every run, with the world's id where a study has its policy's."""
        number = 0
        for name, world in self.worlds.items():
            for replication in range(PAIRS if world.paired else self.replications):
                yield Run(number, name, replication, replication)
                number += 1

    def __call__(self, run: Run) -> RunTables:
        """One run: no tables, only what is measured in its world."""
        world = self.worlds[run.policy]
        design = Design(
            world.scenario, (world.policy.id,), run.replication + 1, self.base_seed,
            posterior=self.posterior, stated={world.policy.id: world.policy},
        )  # fmt: skip
        drawn = design[run.replication]
        return RunTables(None, None, world.numbers(drawn.seed, drawn.values))


def live(task: Task, executor: Executor, report: Callable[[Progress], None]) -> NumbersByWorld:
    """All runs, through an executor. Raises RunsFailed if any did."""
    import pandas as pd
    import pyarrow.parquet as pq

    runs = list(task.runs())
    rows: list[dict[str, object]] = []
    failures: list[Failure] = []
    report(Progress(len(runs), 0, 0, 0))
    with contextlib.closing(executor.chunks(runs)) as chunks:
        for chunk in chunks:
            rows += pq.read_table(io.BytesIO(chunk.files["runs"])).to_pylist()
            failures += chunk.failures
            report(Progress(len(runs), 0, len(rows), len(failures)))
    if failures:
        raise RunsFailed(failures, [runs[failure.run].policy for failure in failures])
    frame = pd.DataFrame(rows).rename(columns={"policy": "world"})
    return {
        str(world): of_world.sort_values("replication").set_index("replication")
        for world, of_world in frame.groupby("world")
    }
