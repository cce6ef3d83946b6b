"""Chunks of a results folder that a partial copy or a faulty disk has left unfit to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.study.chunk_files import chunk_files, span_of
from ebbtide.study.simulate import Kept
from ebbtide.world.tables import BESIDE_RUNS

if TYPE_CHECKING:
    import pyarrow as pa


def tables_kept(folder: Path, manifest: Mapping[str, Any]) -> set[str]:
    """The tables that chunks have, beside `runs`: by the manifest, and as the folder shows."""
    found = {name for name in BESIDE_RUNS if chunk_files(folder, name)}
    kept = Kept.stated(manifest)
    return found | (set() if kept is None else {"series"} | ({"places"} if kept.places else set()))


def damaged(
    folder: Path, manifest: Mapping[str, Any], *, pages: bool = False
) -> Iterator[tuple[str, str]]:
    """Files of chunks that are not fit to count, with what is wrong: path in the folder.

    They cannot be read, or are not there, or have a run that another has. Of a file its end is read,
    which tells one cut short; with `pages` all of it, each page held to its checksum. A chunk whose
    runs have all failed has none but that of its runs.
    """
    further = sorted(tables_kept(folder, manifest))
    counted = chunk_files(folder)
    yield from _repeating(counted)
    for runs in counted:
        files = {table: folder / table / runs.name for table in further}
        lost = [table for table, file in files.items() if not file.exists()]
        told = _read(runs, None if pages else ["status"] if lost else [])
        if told is None:
            yield f"runs/{runs.name}", "cannot be read"
        elif lost and set(told["status"].to_pylist()) != {"failed"}:
            yield from ((f"{table}/{runs.name}", "is not there") for table in lost)
        for table, file in files.items():
            if table not in lost and _read(file, None if pages else []) is None:
                yield f"{table}/{runs.name}", "cannot be read"


def _repeating(files: list[Path]) -> Iterator[tuple[str, str]]:
    """Chunks with a run that one before them has, as where two folders were copied into one."""
    held: dict[int, str] = {}
    for file in _overlapping(files):
        told = _read(file, ["run"])
        numbers = [] if told is None else told["run"].to_pylist()
        again = [number for number in numbers if number in held]
        if again:
            yield f"runs/{file.name}", f"has run {again[0]}, as has {held[again[0]]}"
        else:
            held |= dict.fromkeys(numbers, file.name)


def _overlapping(files: list[Path]) -> list[Path]:
    """Those whose runs, by their names, may be another's too."""
    spans = {file: span_of(file) for file in files}
    found: set[Path] = set()
    furthest: Path | None = None
    for file in sorted(files, key=spans.__getitem__):
        if furthest is not None and spans[file][0] <= spans[furthest][1]:
            found |= {file, furthest}
        if furthest is None or spans[file][1] > spans[furthest][1]:
            furthest = file
    return [file for file in files if file in found]


def _read(file: Path, columns: list[str] | None) -> pa.Table | None:
    """Columns of a file, or all; None where it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = file.absolute()  # or a name with a colon would be an address
    try:
        with pq.ParquetFile(whole, page_checksum_verification=True) as opened:
            return opened.read(columns)
    except (OSError, pa.ArrowException, UnicodeDecodeError):
        return None
