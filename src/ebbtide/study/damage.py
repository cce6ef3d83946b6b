"""Chunks of a results folder that a partial copy or a faulty disk has left unfit to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.study.simulate import Kept
from ebbtide.world.tables import BESIDE_RUNS

if TYPE_CHECKING:
    import pyarrow as pa


def tables_kept(folder: Path, manifest: Mapping[str, Any]) -> set[str]:
    """The tables that chunks have, beside `runs`: by the manifest, and as the folder shows."""
    found = {name for name in BESIDE_RUNS if any((folder / name).glob("*.parquet"))}
    kept = Kept.stated(manifest)
    return found | (set() if kept is None else {"series"} | ({"places"} if kept.places else set()))


def damaged(
    folder: Path, manifest: Mapping[str, Any], *, pages: bool = False
) -> Iterator[tuple[str, str]]:
    """Files of chunks that cannot be read, or are not there, with what is wrong: path in the folder.

    Of a file its end is read, which tells one cut short; with `pages` all of it, each page held to its
    checksum. A chunk whose runs have all failed has none but that of its runs.
    """
    further = sorted(tables_kept(folder, manifest))
    for runs in sorted((folder / "runs").glob("*.parquet")):
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
