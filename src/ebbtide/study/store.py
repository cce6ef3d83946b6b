"""A results folder, written: finished chunks as immutable Parquet files, a manifest, and a log.

    runs/     one row a run: run, policy, replication, seed, status, error, values, metrics
    series/   one row a run, week and group
    places/   one row a run, week told by place (`simulate.told_by_place`), group and place
    manifest.json, log.txt

Each file is written under a temporary name and renamed into place. A chunk's file in `runs`
comes last: a chunk counts when that is there. So whatever is killed, and whenever, leaves
a folder that can be read, and that the same command completes.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ebbtide.study import lock
from ebbtide.study.chunk import Chunk
from ebbtide.study.chunk_files import TABLES, chunk_files, name_of
from ebbtide.study.damage import damaged
from ebbtide.study.manifest import FORMAT, differences, grows
from ebbtide.study.manifest_file import faults_of
from ebbtide.world.tables import BESIDE_RUNS

MANIFEST = "manifest.json"
LOG = "log.txt"
TEMPORARY = ".tmp"
NAME_ANOTHER = "name another folder: --out, in Python `out`"
FULL = {
    errno.ENOSPC: "no space left for",
    errno.EDQUOT: "the quota of disk space leaves none for",
    errno.EFBIG: "files may not grow so large here (`ulimit -f` tells the limit):",
}


class Refused(ValueError):
    """A folder that a study must not write into, or that holds no results; says why."""


class DiskFull(OSError):
    """No room for the next chunk; those before it are kept."""


class Store:
    """The results folder of one study, held by one process at a time.

    Opening makes the folder, or finds what an earlier command finished. Raises Refused, with
    nothing written, if the folder cannot be made, is in use, or holds anything else.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.folder = folder
        check(folder, manifest)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = lock.Lock(folder)
        except lock.Locked:
            raise Refused(f"{folder}: another command is writing into this folder") from None
        except OSError as error:
            raise Refused(f"{folder}: cannot be written: {error.strerror}") from None
        try:
            check(folder, manifest)
            self.mended = self._uncount_damaged()
            self._clear_leftovers()
            if not (folder / MANIFEST).exists() or grows(read_manifest(folder), manifest):
                text = json.dumps(manifest, indent=1, ensure_ascii=False)
                write_whole(folder / MANIFEST, text.encode() + b"\n")
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()

    def finished(self) -> set[int]:
        """The numbers of the runs that are kept, failed ones included."""
        import pyarrow.parquet as pq

        kept: set[int] = set()
        for file in chunk_files(self.folder):
            told = pq.read_table(file.absolute(), columns=["run"], page_checksum_verification=True)
            kept.update(told["run"].to_pylist())
        return kept

    def keep(self, chunk: Chunk) -> None:
        """Write a chunk's files. Raises DiskFull if there is no room: then it does not count."""
        name = name_of(chunk.runs)
        for table in TABLES:
            if table in chunk.files:
                write_whole(self.folder / table / name, chunk.files[table])
        rate = chunk.seconds / len(chunk.runs)
        self.log(f"runs {name[:-8]} done, {rate:.3f} s each, by {chunk.worker}")
        for failure in chunk.failures:
            self.log(f"run {failure.run} (seed {failure.seed}) failed: {failure.error}")

    def log(self, line: str) -> None:
        """Add a line, with the time, to the log of the folder."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        try:
            with (self.folder / LOG).open("a", encoding="utf-8") as log:
                log.write(f"{stamp} {line}\n")
        except OSError as error:
            raise _explained(error, self.folder) from error

    def _uncount_damaged(self) -> list[str]:
        """Let chunks that cannot be read count no more, so that their runs are done again."""
        if not (self.folder / MANIFEST).exists():
            return []
        manifest = read_manifest(self.folder)
        found = list(damaged(self.folder, manifest, pages=True))
        for file, what in found:
            (self.folder / "runs" / Path(file).name).unlink(missing_ok=True)
            self.log(f"{file} {what}: its runs are done again")
        return [f"{file} {what}" for file, what in found]

    def _clear_leftovers(self) -> None:
        """Remove what a killed command left: temporary files, tables of uncounted chunks."""
        counted = {file.name for file in chunk_files(self.folder)}
        for place in (self.folder, *(self.folder / table for table in TABLES)):
            for file in place.glob(f"*{TEMPORARY}"):
                file.unlink()
        for table in BESIDE_RUNS:
            for file in chunk_files(self.folder, table):
                if file.name not in counted:
                    file.unlink()


def check(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raise Refused unless the folder is absent, empty, or holds this very study."""
    if not folder.exists():
        _refuse_unwritable(folder)
        return
    if not folder.is_dir():
        raise Refused(f"{folder}: is a file; results go into a folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused(f"{folder}: cannot be written: permission denied")
    if (folder / MANIFEST).exists():
        try:
            kept = read_manifest(folder)
        except Refused as unread:  # whose runs these are nothing tells
            raise Refused(f"{unread}; {NAME_ANOTHER}") from None
        changed = differences(kept, manifest)
        if changed:
            lines = "".join(f"  {change}\n" for change in changed)
            raise Refused(f"{folder}: holds the results of another study:\n{lines}{NAME_ANOTHER}")
        return
    foreign = sorted(
        entry.name
        for entry in folder.iterdir()
        if entry.name not in (lock.NAME, MANIFEST + TEMPORARY)
    )
    if foreign:
        shown = ", ".join(foreign[:3]) + (", ..." if len(foreign) > 3 else "")
        raise Refused(f"{folder}: is not empty and holds no results ({shown}); {NAME_ANOTHER}")


def _refuse_unwritable(folder: Path) -> None:
    parent = next(place for place in folder.absolute().parents if os.path.lexists(place))
    if not parent.is_dir():
        raise Refused(f"{folder}: {parent} is a file; results go into a folder")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise Refused(f"{folder}: cannot be made: {parent} cannot be written")


def write_whole(path: Path, content: bytes) -> None:
    """Write whole and rename into place."""
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        path.parent.mkdir(exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _explained(error, path.parent) from error


def _explained(error: OSError, folder: Path) -> OSError:
    if error.errno not in FULL:
        return error
    return DiskFull(error.errno, f"{FULL[error.errno]} {folder}")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a results folder.

    Raises Refused if there is none to read, or of another format, or with a key missing or wrong.
    """
    try:
        kept: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused(f"{folder}: holds no results (no {MANIFEST})") from None
    except (OSError, ValueError) as error:
        raise Refused(f"{folder / MANIFEST}: cannot be read: {error}") from None
    found = kept.get("format") if isinstance(kept, dict) else None
    if found is None:
        raise Refused(
            f"{folder / MANIFEST}: is no manifest of ebbtide, or damaged; without it nothing tells what "
            "the runs are (the tables of the folder are plain Parquet)"
        )
    if found != FORMAT:
        raise Refused(
            f"{folder / MANIFEST}: format {json.dumps(found)}, of another version of ebbtide; this "
            f"one reads format {FORMAT} (the tables of the folder are plain Parquet)"
        )
    if faults := faults_of(folder / MANIFEST, kept):
        raise Refused("\n".join(map(str, faults)))
    return dict(kept)


def kept_replications(folder: Path) -> int:
    """How many replications a folder holds or was to hold; 0 if it holds no results."""
    return int(read_manifest(folder)["replications"]) if (folder / MANIFEST).exists() else 0
