"""A results folder: finished chunks as immutable Parquet files, a manifest, and a log.

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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ebbtide.scenario import Fault, Faults, arguments
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.study import lock
from ebbtide.study.chunk import Chunk
from ebbtide.study.chunk_files import TABLES, chunk_files, name_of, warn_of_uncounted
from ebbtide.study.damage import damaged
from ebbtide.study.manifest import FORMAT, differences, grows
from ebbtide.study.manifest_file import faults_beside, faults_of
from ebbtide.study.unfinished import command_again, why_nothing
from ebbtide.world.tables import BESIDE_RUNS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.dataset as ds
    import xarray as xr

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
        changed = differences(read_manifest(folder), manifest)
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


def _refuse_damaged(folder: Path, manifest: Mapping[str, Any], *, pages: bool = False) -> None:
    """Raise Refused where files of the folder cannot be read, with the command that mends it."""
    found = list(damaged(folder, manifest, pages=pages))
    if not found:
        return
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    raise Refused(
        f"{folder / found[0][0]}: {found[0][1]}{more}. The command that made the folder does "
        f"these runs again:\n  {command_again(folder, manifest)}"
    )


def kept_replications(folder: Path) -> int:
    """How many replications a folder holds or was to hold; 0 if it holds no results."""
    return int(read_manifest(folder)["replications"]) if (folder / MANIFEST).exists() else 0


@dataclass(frozen=True, repr=False)
class Results:
    """What a results folder holds so far; finished or not, it can be read at any time."""

    folder: Path
    manifest: Mapping[str, Any] = field(repr=False)

    def __repr__(self) -> str:
        from ebbtide.study.shown import in_a_line

        return in_a_line(self)

    def _repr_html_(self) -> str:
        from ebbtide.study.shown import as_table

        return as_table(self)

    @classmethod
    def open(cls, folder: str | os.PathLike[str]) -> Results:
        """The results in a folder; raises Refused if it holds none, or damaged ones.

        What is damaged inside a file is told when that is read: all that reads may raise Refused. Of a
        file that is no chunk's, such as a copy of one, NotCounted warns.
        """
        allowed = "a results folder, as `ebbtide run` makes it"
        path = arguments.path(folder, "open", None, allowed)
        if not path.is_dir():
            why = "is a file; results are a folder" if path.exists() else "no such folder"
            raise Refused(f"{path}: {why}")
        manifest = read_manifest(path)
        _refuse_damaged(path, manifest)
        warn_of_uncounted(path)
        return cls(path, manifest)

    def runs(self) -> pd.DataFrame:
        """One row a run: run, policy, replication, seed, status, error, values, metrics.

        Raises Refused, as all that reads, where no run is finished, and says what goes on.
        """
        found = self._read("runs", None, ["run"])
        self.must_know(found.columns, found["policy"])
        return found

    def series(
        self, columns: Sequence[str] | str | None = None, group: str | None = None
    ) -> pd.DataFrame:
        """One row a run, week (0 included) and group; all outcomes, or those of `columns` (or one).

        Raises Faults for an outcome or a group that the folder does not hold, Refused where it keeps no
        series.
        """
        if not self._has_series:
            raise Refused(
                f"{self.folder}: of a sweep that keeps no series; its study has no [series]"
            )
        keys = BESIDE_RUNS["series"]
        if columns is not None:
            columns = arguments.texts(columns, "series", "columns", "names of outcomes")
        self._must_hold(columns or (), keys, group)
        wanted = None if columns is None else list(dict.fromkeys([*keys, *columns]))
        return self._read("series", wanted, ["run", "date"], group)

    def places(self) -> pd.DataFrame:
        """One row a run, week told by place, group and place where it has affiliates.

        Told by place are the ends of half-years, the last week, and the weeks in which publishers
        speak of a part of the places. Raises Refused for a sweep, which keeps none.
        """
        if self.manifest.get("study") is not None:
            raise Refused(
                f"{self.folder}: of a sweep, which keeps no places; `ebbtide run` does, or "
                "`Insurgency(...).places()` of one run"
            )
        return self._read("places", None, ["run", "date"])

    def outcomes(self, table: str = "series") -> list[str]:
        """The outcomes that are kept, by week (`series`) or by place (`places`)."""
        arguments.known(table, BESIDE_RUNS, "outcomes", "table")
        found = self._dataset(table)
        names = [] if found is None else found.schema.names
        return [name for name in names if name not in BESIDE_RUNS[table]]

    @property
    def why_nothing(self) -> str | None:
        """Why no week and no number of a run can be read or drawn; None where some run is done."""
        runs = self.table("runs", ["run", "status", "error"])
        return why_nothing(self.folder, self.manifest, runs)

    def must_have_runs(self) -> None:
        """Raise Refused unless some run is done, with the command that goes on or tells more."""
        if why := self.why_nothing:
            raise Refused(f"{self.folder}: {why}")

    def must_know(self, columns: Iterable[str], policies: Iterable[str]) -> None:
        """Raise Refused where the manifest lacks what the table of runs has."""
        if faults := faults_beside(self.folder / MANIFEST, self.manifest, columns, policies):
            raise Refused("\n".join(map(str, faults)))

    @property
    def _has_series(self) -> bool:
        """Whether series are kept: of a run they are, of a sweep where its study says so."""
        study = self.manifest.get("study")
        return study is None or study["series"] is not None

    def _must_hold(self, columns: Sequence[str], keys: Sequence[str], group: str | None) -> None:
        import pyarrow.compute as pc

        names = self.table("series", ["group"])
        found = self._dataset("series")
        if names is None or found is None:
            return
        kept = [name for name in found.schema.names if name not in keys]
        known = {
            "outcome": (columns, kept),
            "group": ([group], pc.unique(names["group"]).to_pylist()),
        }
        faults = [
            Fault(str(self.folder), kind, shown(name), listed(held, 12), nearest(name, held))
            for kind, (asked, held) in known.items()
            for name in asked
            if name is not None and name not in held and name not in keys
        ]
        if faults:
            raise Faults(faults)

    def table(
        self, name: str, columns: list[str] | None = None, group: str | None = None
    ) -> pa.Table | None:
        """A table (`runs`, `series` or `places`) as kept, in no order; None if nothing is.

        Raises Faults for a column or a group that it has not, Refused, with the file, where it cannot
        be read.
        """
        import pyarrow as pa
        import pyarrow.dataset as ds

        arguments.known(name, TABLES, "table", "name")
        if columns is not None:
            columns = arguments.texts(columns, "table", "columns", "names of columns")
        if group is not None:
            arguments.must(isinstance(group, str), "table", "group", group, "the id of a group")
        asked = None if group is None else ds.field("group") == group
        try:
            found = self._dataset(name)
            if found is None:
                return None
            self._must_have(name, found.schema.names, columns or (), group)
            return found.to_table(columns=columns, filter=asked)
        except (OSError, pa.ArrowException, UnicodeError) as error:
            _refuse_damaged(self.folder, self.manifest, pages=True)
            raise Refused(f"{self.folder / name}: cannot be read: {error}") from None

    def _must_have(
        self, table: str, held: Sequence[str], columns: Sequence[str], group: str | None
    ) -> None:
        groups = self.manifest["scenario"]["groups"] if "group" in held else ()
        asked = [("column", name, held) for name in columns if name not in held]
        asked += [("group", group, groups)] if group is not None and group not in groups else []
        faults = [
            Fault(f"{self.folder / table}", kind, shown(name), _among(known), nearest(name, known))
            for kind, name, known in asked
        ]
        if faults:
            raise Faults(faults)

    def _dataset(self, name: str) -> ds.Dataset | None:
        import pyarrow.dataset as ds

        counted = [file.name for file in chunk_files(self.folder)]
        folder = (self.folder / name).absolute()  # or a name with a colon would be an address
        files = [str(folder / part) for part in counted if (folder / part).exists()]
        checked = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
        as_kept = ds.ParquetFileFormat(default_fragment_scan_options=checked)
        return ds.dataset(files, format=as_kept) if files else None

    def to_xarray(self) -> xr.Dataset:
        """Runs and, where they are kept, series as one xarray Dataset (the extra `xarray`).

        Metrics and values lie along `run`, outcomes along `run`, `date` and `group`, each with its unit
        and meaning where they are known. Seeds are text, since no NetCDF of the classic form holds 64
        bits. Raises Refused where no run is done.
        """
        from ebbtide.study.as_xarray import as_xarray

        self.must_have_runs()
        series = self.series() if self._has_series else None
        return as_xarray(self.runs(), series, self.manifest)

    def _read(
        self, table: str, columns: list[str] | None, order: list[str], group: str | None = None
    ) -> pd.DataFrame:
        import pandas as pd

        kept = self.table(table, columns, group)
        if kept is None:
            self.must_have_runs()
            raise Refused(f"{self.folder}: keeps no {table}")
        frame: pd.DataFrame = kept.to_pandas()
        for column in frame.columns:
            if column == "date" or column.endswith("_date"):
                frame[column] = pd.to_datetime(frame[column])
        return frame.sort_values(order, kind="stable", ignore_index=True)


def _among(names: Iterable[str]) -> str:
    return listed(names, 12) if names else "none: it has no column of groups"


def open_results(folder: str | os.PathLike[str]) -> Results:
    """The results in a folder, read lazily; raises Refused if it holds none."""
    return Results.open(folder)
