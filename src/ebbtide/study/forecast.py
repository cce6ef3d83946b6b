"""How long a study takes and how large it gets: a guess from its first runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebbtide.study.chunk import Chunk, work
from ebbtide.study.executor import CHUNK_SECONDS, LARGEST_CHUNK

if TYPE_CHECKING:
    from ebbtide.study.study import Study

TRIED = 3


@dataclass(frozen=True)
class Forecast:
    """Seconds a run for one worker; bytes a run and a chunk; from so many runs."""

    runs: int
    seconds: float
    run_bytes: float
    chunk_bytes: float

    def megabytes(self, runs: int) -> float:
        """Size of the tables of so many runs, in chunks of about a second."""
        a_chunk = max(1, min(CHUNK_SECONDS / self.seconds, LARGEST_CHUNK))
        return (runs * self.run_bytes + max(1, runs / a_chunk) * self.chunk_bytes) / 1e6


def forecast(study: Study) -> Forecast | None:
    """Do the first few runs and measure them; None where compiling would be all there is to see."""
    from ebbtide.engine.week import is_compiled

    if not is_compiled():
        return None
    simulator, design = study.simulator(), study.design()
    work(replace(simulator, weeks=min(5, simulator.weeks)), design[:1])  # loads what is compiled
    one, many = work(simulator, design[:1]), work(simulator, design[:TRIED])
    tried = len(many.runs)
    more = (_size(many) - _size(one)) / (tried - 1) if tried > 1 else 0.0
    seconds = max(many.seconds / tried, 1e-3)
    return Forecast(tried, seconds, max(more, 0.0), max(_size(one) - more, 0.0))


def _size(chunk: Chunk) -> int:
    return sum(map(len, chunk.files.values()))
