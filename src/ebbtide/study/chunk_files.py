"""The files of chunks in a results folder, told by their names: of the first and the last run.

What has another name was not written here, such as the copies that programs for keeping folders alike
leave beside a file: it does not count.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from pathlib import Path

from ebbtide.scenario.override_notes import NOT_THE_CALLERS
from ebbtide.world.tables import BESIDE_RUNS

TABLES = (*BESIDE_RUNS, "runs")  # in the order of writing
_NAME = re.compile(r"(\d{7,})-(\d{7,})\.parquet")
_HIDDEN = (".", "_")  # what begins so is passed over by all that reads Parquet


class NotCounted(UserWarning):
    """A Parquet file in a results folder that is no chunk's, such as a copy of one."""


def name_of(runs: Sequence[int]) -> str:
    """The name of a chunk's files, the same in each table."""
    return f"{runs[0]:07d}-{runs[-1]:07d}.parquet"


def span_of(file: Path) -> tuple[int, int]:
    """The first and the last run of a chunk; between them may be runs of others."""
    named = _NAME.fullmatch(file.name)
    assert named is not None
    return int(named[1]), int(named[2])


def chunk_files(folder: Path, table: str = "runs") -> list[Path]:
    """The files of chunks of a table, by name; in `runs` they are those that count."""
    return sorted(f for f in (folder / table).glob("*.parquet") if _NAME.fullmatch(f.name))


def warn_of_uncounted(folder: Path) -> None:
    """Warn, as NotCounted, of Parquet files beside those of chunks; they are left alone."""
    for table in TABLES:
        for file in sorted((folder / table).glob("*.parquet")):
            if not _NAME.fullmatch(file.name) and not file.name.startswith(_HIDDEN):
                said = f"{file} does not count: no chunk has such a name, but a copy of one may"
                warnings.warn(said, NotCounted, skip_file_prefixes=NOT_THE_CALLERS)
