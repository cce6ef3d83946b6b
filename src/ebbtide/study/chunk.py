"""A chunk: some runs done by one worker, as the bytes of the Parquet files that keep them.

The worker does the encoding, the coordinating process only writes bytes: its memory does not
grow with the number of runs, and a worker needs no access to the results folder.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ebbtide.extensions.extensions import NotCompiled
from ebbtide.study.design import Run
from ebbtide.study.metrics import METRICS, Metric
from ebbtide.world.tables import BESIDE_RUNS, ENDED, KEYS, OF_RUN
from ebbtide.world.units import DATE, YES_NO

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from ebbtide.study.simulate import RunTables

Simulate = Callable[[Run], "RunTables"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that raised, or killed its worker: seed and error."""

    run: int
    seed: int
    error: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Finished runs: for each table (`series`, `places`, `runs`) the bytes of its file."""

    runs: tuple[int, ...]
    files: Mapping[str, bytes]
    failures: tuple[Failure, ...]
    seconds: float
    worker: str


def work(simulate: Simulate, runs: Sequence[Run]) -> Chunk:
    """Do the runs one after the other; one that raises is recorded and the rest goes on.

    Raises OSError and MemoryError as they are: these are the machine's; and NotCompiled, which is
    every run's.
    """
    started = time.perf_counter()
    done: list[tuple[Run, Mapping[str, Any], str | None]] = []
    kept: dict[str, list[pd.DataFrame]] = {table: [] for table in BESIDE_RUNS}
    failures: list[Failure] = []
    for run in runs:
        try:
            tables = simulate(run)
        except (OSError, MemoryError, NotCompiled):  # such as a full disk: no run is at fault
            raise
        except Exception as error:  # noqa: BLE001 - any fault of a rule fails its run alone
            failures.append(Failure(run.run, run.seed, f"{type(error).__name__}: {error}"))
            done.append((run, {}, failures[-1].error))
            continue
        done.append((run, tables.metrics, None))
        for table, keys in BESIDE_RUNS.items():
            if (frame := getattr(tables, table)) is not None:
                kept[table].append(_keyed(frame, run, keys))
    files = {"runs": encode(_runs_table(done, metrics_of(simulate)))}
    files |= {table: encode(_long_table(frames)) for table, frames in kept.items() if frames}
    return Chunk(
        runs=tuple(run.run for run in runs),
        files=files,
        failures=tuple(failures),
        seconds=time.perf_counter() - started,
        worker=f"{socket.gethostname()}:{os.getpid()}",
    )


def metrics_of(simulate: Simulate) -> Mapping[str, Metric]:
    """The metrics that a task gives of its runs; those of METRICS unless it says."""
    found: Mapping[str, Metric] = getattr(simulate, "metrics", METRICS)
    return found


def lost(simulate: Simulate, run: Run, error: str) -> Chunk:
    """The chunk of a single run whose worker died each time it was tried."""
    return Chunk(
        runs=(run.run,),
        files={"runs": encode(_runs_table([(run, {}, error)], metrics_of(simulate)))},
        failures=(Failure(run.run, run.seed, error),),
        seconds=0.0,
        worker="none",
    )


def _row(
    run: Run, metrics: Mapping[str, Any], error: str | None, names: Iterable[str]
) -> dict[str, Any]:
    return {
        **{key: getattr(run, key) for key in OF_RUN},
        "status": "done" if error is None else "failed",
        "error": error,
        **run.values,
        **{name: metrics.get(name) for name in names},
    }


def _runs_table(
    done: Sequence[tuple[Run, Mapping[str, Any], str | None]], metrics: Mapping[str, Metric]
) -> pa.Table:
    """A row a run: what was set, and the numbers that its task gave, its metrics if none did."""
    import pyarrow as pa

    values = {path: value for run, _, _ in done for path, value in run.values.items()}
    names = list(dict.fromkeys(name for _, given, _ in done for name in given)) or list(metrics)
    units = {name: metrics[name].unit if name in metrics else "" for name in names}

    kinds = {dt.date: pa.date32(), bool: pa.bool_(), int: pa.int64(), str: pa.string()}
    by_unit = {DATE: pa.date32(), YES_NO: pa.bool_()}
    fields = [
        *((key, pa.type_for_alias(KEYS[key])) for key in OF_RUN),
        *((name, pa.type_for_alias(kind)) for name, kind in ENDED.items()),
        *((path, kinds.get(type(value), pa.float64())) for path, value in values.items()),
        *((name, by_unit.get(unit, pa.float64())) for name, unit in units.items()),
    ]
    rows = [_row(*each, names) for each in done]
    table = pa.Table.from_pylist(rows, schema=pa.schema(fields))
    return table.cast(pa.schema([_as_timestamp(field) for field in table.schema]))


def _as_timestamp(field: pa.Field) -> pa.Field:
    """A date as a timestamp: pandas reads that as a date of its own, not as an object."""
    import pyarrow as pa

    return field.with_type(pa.timestamp("ms")) if pa.types.is_date(field.type) else field


def _keyed(frame: pd.DataFrame, run: Run, keys: Sequence[str]) -> pd.DataFrame:
    import numpy as np

    frame = frame.copy(deep=False)
    for position, key in enumerate(key for key in keys if key in OF_RUN):
        value = getattr(run, key)
        frame.insert(position, key, np.uint64(value) if KEYS[key] == "uint64" else value)
    return frame


def _long_table(frames: list[pd.DataFrame]) -> pa.Table:
    """One table, dates as dates, measurements in 32 bits (7 digits: far beyond their doubt)."""
    import pandas as pd
    import pyarrow as pa

    table = pa.Table.from_pandas(pd.concat(frames, ignore_index=True), preserve_index=False)
    fields = []
    for column in table.schema:
        kind = column.type
        if column.name in KEYS:
            kind = pa.type_for_alias(KEYS[column.name])
        elif pa.types.is_floating(kind):
            kind = pa.float32()
        elif pa.types.is_integer(kind):
            kind = pa.int32()
        fields.append(pa.field(column.name, kind))
    return table.cast(pa.schema(fields))


def encode(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file (zstd, floating columns split by byte, checksums)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    floating = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    others = [name for name in table.column_names if name not in floating]
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        use_dictionary=others,
        use_byte_stream_split=floating,
        write_page_checksum=True,  # without it most flipped bits pass for numbers
    )
    written: bytes = sink.getvalue().to_pybytes()
    return written
