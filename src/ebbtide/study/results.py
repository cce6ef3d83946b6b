"""What a results folder holds, read: its runs, series and places, finished or not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.scenario import Fault, Faults, arguments
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.study.chunk_files import TABLES, chunk_files, warn_of_uncounted
from ebbtide.study.damage import damaged
from ebbtide.study.manifest_file import faults_beside
from ebbtide.study.store import MANIFEST, Refused, read_manifest
from ebbtide.study.unfinished import command_again, why_nothing
from ebbtide.world.tables import BESIDE_RUNS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.dataset as ds
    import xarray as xr


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


def open(folder: str | os.PathLike[str]) -> Results:
    """The results in a folder, read lazily; raises Refused if it holds none."""
    return Results.open(folder)


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
