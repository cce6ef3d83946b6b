"""Chunks of a results folder that a partial copy or a faulty disk has left unfit to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ebbtide.study.chunk import BESIDE_RUNS
from ebbtide.study.simulate import Kept


def tables_kept(folder: Path, manifest: Mapping[str, Any]) -> set[str]:
    """The tables that chunks have, beside `runs`: by the manifest, and as the folder shows."""
    found = {name for name in BESIDE_RUNS if any((folder / name).glob("*.parquet"))}
    if "study" in manifest:
        kept = Kept.stated(manifest)
        found |= set() if kept is None else {"series"} | ({"places"} if kept.places else set())
    return found


def damaged(folder: Path, manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Files of chunks that cannot be read, or are not there, with what is wrong: path in the folder.

    A chunk whose runs have all failed has none but that of its runs.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    further = sorted(tables_kept(folder, manifest))
    for runs in sorted((folder / "runs").glob("*.parquet")):
        try:
            told = pq.ParquetFile(runs.absolute())  # or a name with a colon would be an address
            failed = None
            for table in further:
                file = folder / table / runs.name
                if file.exists():
                    continue
                if failed is None:
                    failed = set(told.read(["status"])["status"].to_pylist()) == {"failed"}
                if not failed:
                    yield f"{table}/{runs.name}", "is not there"
        except (OSError, pa.ArrowException):
            yield f"runs/{runs.name}", "cannot be read"
        for table in further:
            try:
                if (folder / table / runs.name).exists():
                    pq.ParquetFile((folder / table / runs.name).absolute()).close()
            except (OSError, pa.ArrowException):
                yield f"{table}/{runs.name}", "cannot be read"
