"""The results folder: whole or absent, refused when foreign, readable at any time."""

from __future__ import annotations

import errno
import json
import os
import shutil
import warnings
from pathlib import Path

import pandas as pd
import pytest

from ebbtide.scenario import Faults
from ebbtide.study import store as store_module
from ebbtide.study.chunk import work
from ebbtide.study.chunk_files import NotCounted
from ebbtide.study.conduct import conduct
from ebbtide.study.executor import InProcess
from ebbtide.study.metrics import METRICS
from ebbtide.study.results import Results
from ebbtide.study.store import DiskFull, Refused, Store
from ebbtide.world.outcomes import OUTCOMES
from ebbtide.world.tables import BESIDE_RUNS, KEYS, OF_RUN

from .worlds import MANIFEST, ToyRun, assert_same, design, tables


def study(folder, simulate=None):
    with Store(folder, MANIFEST) as store:
        conduct(design(), store, InProcess(simulate or ToyRun()))


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    """A study that nothing disturbed, made once for all; only read."""
    folder = tmp_path_factory.mktemp("calm") / "kept"
    study(folder)
    return folder


@pytest.fixture
def kept(calm, tmp_path):
    """Such a study of the test's own."""
    return shutil.copytree(calm, tmp_path / "kept")


def listing(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_tables_have_a_row_a_run_and_a_row_a_week_and_group(tmp_path):
    study(tmp_path)
    kept = tables(tmp_path)
    assert list(kept.runs.columns[:6]) == [
        "run",
        "policy",
        "replication",
        "seed",
        "status",
        "error",
    ]
    assert list(kept.runs["run"]) == list(range(30))
    assert kept.runs["seed"].dtype == "uint64"
    assert pd.api.types.is_datetime64_any_dtype(kept.runs["peak_date"])
    assert len(kept.series) == 30 * 21 * 2
    assert list(kept.series.columns[:6]) == [
        "run",
        "policy",
        "replication",
        "seed",
        "date",
        "group",
    ]
    assert len(kept.places) == 30 * 2
    for name, keys in (*BESIDE_RUNS.items(), ("runs", OF_RUN)):
        table = Results.open(tmp_path).table(name)
        assert table.column_names[: len(keys)] == [*keys]
        assert [str(table.schema.field(key).type) for key in keys] == [KEYS[key] for key in keys]
    narrow = Results.open(tmp_path).series(["fighters"], group="reds")
    assert list(narrow.columns[6:]) == ["fighters"]
    assert set(narrow["group"]) == {"reds"}


def test_pandas_reads_the_folder_without_ebbtide(tmp_path):
    study(tmp_path)
    assert len(pd.read_parquet(tmp_path / "runs")) == 30
    assert len(pd.read_parquet(tmp_path / "series")) == 30 * 21 * 2


def test_a_second_command_has_nothing_to_do(tmp_path):
    study(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    study(tmp_path, ToyRun(raises=frozenset(range(30))))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.slow
@pytest.mark.parametrize("last", range(1, 9))
def test_broken_off_after_any_write_the_same_command_completes(tmp_path, monkeypatch, calm, last):
    """Power off after the n-th rename, before the next; chunks of another size afterwards."""
    writes = 0
    whole = store_module.write_whole

    def breaking(path, content):
        nonlocal writes
        writes += 1
        if writes > last:
            path.parent.mkdir(exist_ok=True)
            path.with_name(path.name + ".tmp").write_bytes(content[: len(content) // 2])
            raise KeyboardInterrupt
        whole(path, content)

    monkeypatch.setattr(store_module, "write_whole", breaking)
    with pytest.raises(KeyboardInterrupt):
        study(tmp_path / "broken", ToyRun(seconds=0.001))
    if (tmp_path / "broken" / "manifest.json").exists():
        half = Results.open(tmp_path / "broken")
        told = [half.table(name, ["run"]) for name in ("series", "runs")]
        series, runs = (() if table is None else table["run"].to_pylist() for table in told)
        assert set(series) == set(runs)
    monkeypatch.setattr(store_module, "write_whole", whole)
    with Store(tmp_path / "broken", MANIFEST) as store:
        assert not list((tmp_path / "broken").rglob("*.tmp"))
        missing = [run for run in design() if run.run not in store.finished()]
        for start in range(0, len(missing), 7):
            store.keep(work(ToyRun(), missing[start : start + 7]))
    assert_same(tmp_path / "broken", calm)


def test_another_study_is_refused_with_what_differs(tmp_path):
    study(tmp_path)
    before = listing(tmp_path)
    other = {**MANIFEST, "seed": 2, "policies": {"nothing": {"digest": "changed"}}}
    with pytest.raises(Refused, match="seed: the folder has 1, asked is 2") as refusal:
        Store(tmp_path, other)
    assert "name another folder: --out, in Python `out`" in str(refusal.value)
    assert "policies" in str(refusal.value)
    assert "replications" not in str(refusal.value)
    assert listing(tmp_path) == before


def test_a_foreign_folder_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Refused, match=r"thesis\.txt"):
        Store(tmp_path, MANIFEST)
    assert listing(tmp_path) == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    for folder in (file, file / "below", file / "deep" / "below"):
        with pytest.raises(Refused, match="file"):
            Store(folder, MANIFEST)
    with pytest.raises(Refused):
        Store(tmp_path.__class__("/proc/nowhere/results"), MANIFEST)


def test_two_commands_do_not_share_a_folder(tmp_path):
    with Store(tmp_path, MANIFEST), pytest.raises(Refused, match="another command"):
        Store(tmp_path, MANIFEST)
    Store(tmp_path, MANIFEST).__exit__(None, None, None)


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "no space left for"), (errno.EDQUOT, "quota"), (errno.EFBIG, "ulimit -f")],
)
def test_a_full_disk_leaves_what_is_finished_readable(tmp_path, monkeypatch, number, said):
    replace, writes = os.replace, 0

    def full(source, target):
        nonlocal writes
        writes += 1
        if writes == 6:
            raise OSError(number, "the system's own words")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DiskFull, match=said):
        study(tmp_path, ToyRun(seconds=0.001))
    assert len(Results.open(tmp_path).runs()) == 1
    assert not list(tmp_path.rglob("*.tmp"))


def test_opening_what_holds_no_results_says_so(tmp_path):
    with pytest.raises(Refused, match=r"manifest\.json"):
        Results.open(tmp_path)
    with pytest.raises(Refused, match="no such folder"):
        Results.open(tmp_path / "nowhere")
    (tmp_path / "manifest.json").write_text('{"format": 1')
    with pytest.raises(Refused, match="cannot be read"):
        Results.open(tmp_path)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ('{"format": 1, "numbers": {}}', "of another version of ebbtide"),
        ("{}", "no manifest of ebbtide, or damaged"),
        ("[]", "no manifest of ebbtide, or damaged"),
    ],
)
def test_a_folder_of_another_format_is_refused_as_such(tmp_path, kept, said):
    (tmp_path / "manifest.json").write_text(kept)
    with pytest.raises(Refused, match=said):
        Results.open(tmp_path)
    with pytest.raises(Refused, match=rf"{said}.*; name another folder"):
        study(tmp_path)


TABLES = ("runs", "series", "places")


def flipped(content):
    """A file with one bit of its pages turned, for a dozen bits."""
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    for at in range(4, footer, footer // 12):
        yield content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]


@pytest.mark.parametrize("table", ["runs", "series", "places"])
def test_a_flipped_bit_is_told_with_its_file_and_never_read_as_a_number(kept, table):
    file = sorted((kept / table).glob("*.parquet"))[1]
    whole, content = getattr(Results.open(kept), table)(), file.read_bytes()
    told = []
    for spoilt in flipped(content):
        file.write_bytes(spoilt)
        try:
            read = getattr(Results.open(kept), table)()
        except Refused as refused:
            told.append(str(refused))
        else:
            pd.testing.assert_frame_equal(read, whole)
    assert len(told) > 5
    where, again = (
        f"{file}: cannot be read",
        "The command that made the folder does these runs again",
    )
    assert all(each.startswith(where) and again in each for each in told)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["emptied", "cut short", "lost"])
@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_chunk_is_told_and_the_same_command_mends_it(kept, calm, table, what):
    file = sorted((kept / table).glob("*.parquet"))[1]
    content = file.read_bytes()
    if what == "lost":
        file.unlink()
    else:
        file.write_bytes(b"" if what == "emptied" else content[: len(content) // 2])
    if (table, what) != ("runs", "lost"):  # a chunk without its runs was never finished
        with pytest.raises(Refused, match=rf"{table}.*{file.name}: (is not there|cannot be read)"):
            Results.open(kept)
    study(kept)
    assert_same(kept, calm)


@pytest.mark.parametrize("table", TABLES)
def test_runs_whose_pages_are_damaged_are_done_again(kept, calm, table):
    file = sorted((kept / table).glob("*.parquet"))[1]
    content = file.read_bytes()
    middle = len(content) // 4
    file.write_bytes(content[:middle] + bytes(8) + content[middle + 8 :])
    study(kept)
    assert_same(kept, calm)
    assert f"{table}/{file.name} cannot be read: its runs are done again" in (
        kept / "log.txt"
    ).read_text(encoding="utf-8")


NAMES_OF_COPIES = ("{} (1)", "{}.sync-conflict-20261127", "Copy of {}", "._{}")


@pytest.mark.slow
@pytest.mark.parametrize("of", [("runs",), ("series",), TABLES])
@pytest.mark.parametrize("name", NAMES_OF_COPIES)
def test_a_copy_of_a_chunk_does_not_count(kept, calm, name, of):
    for table in of:
        file = sorted((kept / table).glob("*.parquet"))[1]
        shutil.copy(file, file.with_name(name.format(file.stem) + file.suffix))
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        Results.open(kept)
    told = [] if name.startswith(".") else of  # no reader of Parquet reads what is hidden
    assert [each.category for each in warned] == [NotCounted] * len(told)
    said = "\n".join(str(each.message) for each in warned)
    assert all(str(kept / table / name.format(file.stem)) in said for table in told)
    before = listing(kept)
    with warnings.catch_warnings(action="ignore"):
        assert_same(kept, calm)
        assert Results.open(kept).to_xarray().sizes["run"] == len(design())
        study(kept)
    assert listing(kept) == before, "what was not written here is left alone"


def test_runs_that_two_chunks_have_count_once(kept, calm, tmp_path):
    """As where two folders of one study are copied into one: chunks of other sizes, names and runs."""
    with Store(tmp_path / "other", MANIFEST) as store:
        store.keep(work(ToyRun(), [design()[run] for run in (1, 3, 29)]))
        store.keep(work(ToyRun(), [design()[run] for run in (2, 5)]))
    with Store(tmp_path / "mixed", MANIFEST) as store:  # spans that meet, no run that does
        for runs in ((0, 4), (1, 3), (2, 29)):
            store.keep(work(ToyRun(), [design()[run] for run in runs]))
    assert len(Results.open(tmp_path / "mixed").runs()) == 6
    for table in TABLES:
        for file in (tmp_path / "other" / table).iterdir():
            shutil.copy(file, kept / table)
    with pytest.raises(Refused, match=r"runs/0000001-0000029\.parquet: has run 1, as has 0000001-"):
        Results.open(kept)
    study(kept)
    assert_same(kept, calm)


def test_a_chunk_whose_runs_all_failed_is_whole_without_series(tmp_path):
    study(tmp_path, ToyRun(raises=frozenset(range(len(design())))))
    assert set(Results.open(tmp_path).runs()["status"]) == {"failed"}
    study(tmp_path / "some", ToyRun(raises=frozenset({0})))
    assert len(Results.open(tmp_path / "some").series()["run"].unique()) == len(design()) - 1


def test_a_fault_of_the_machine_is_no_fault_of_a_run(tmp_path):
    def full(run):
        raise OSError(errno.ENOSPC, "No space left on device", "/cache")

    with pytest.raises(OSError, match="No space left"):
        study(tmp_path, full)
    assert not list((tmp_path / "runs").glob("*")) if (tmp_path / "runs").exists() else True


def test_a_file_system_without_locks_is_written_to(tmp_path, monkeypatch):
    def unknown(file):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("ebbtide.study.lock._take", unknown)
    study(tmp_path)
    assert len(Results.open(tmp_path).runs()) == len(design())


@pytest.mark.parametrize("name", ["a:b", "s3:", "with space", "Umläute"])
def test_any_name_of_a_folder_is_a_name(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    study(Path(name))
    assert len(Results.open(name).series()["run"].unique()) == len(design())


def test_a_folder_may_be_named_from_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    study(tmp_path / "kept")
    assert len(Results.open("~/kept").runs()) == len(design())


def test_an_xarray_is_written_by_any_engine(tmp_path):
    study(tmp_path / "kept")
    found = Results.open(tmp_path / "kept").to_xarray()
    found.to_netcdf(tmp_path / "found.nc", engine="scipy")
    assert [int(seed) for seed in found["seed"].values] == [run.seed for run in design()]


def test_an_xarray_says_units_and_meanings(calm):
    found = Results.open(calm).to_xarray()
    for name, told in (("fighters", OUTCOMES["fighters"]), ("ended", METRICS["ended"])):
        assert found[name].attrs == {"units": told.unit, "long_name": told.meaning}
    assert found["peak_date"].attrs == {"long_name": METRICS["peak_date"].meaning}


def test_durations_and_hosts_stand_in_the_log_alone(tmp_path):
    study(tmp_path)
    host = os.uname().nodename
    assert host in (tmp_path / "log.txt").read_text()
    assert host not in json.dumps(dict(Results.open(tmp_path).manifest))


def test_a_group_or_outcome_that_is_not_held_is_named_with_the_nearest(tmp_path):
    study(tmp_path)
    with pytest.raises(Faults) as refused:
        Results.open(tmp_path).series(["fightrs"], group="red")
    assert 'group: found "red"' in str(refused.value)
    assert "did you mean reds?" in str(refused.value)
    assert "did you mean fighters?" in str(refused.value)


def test_a_column_or_a_group_that_a_table_has_not_is_named_with_the_nearest(calm):
    results = Results.open(calm)
    for table, asked, found, near in (
        ("runs", {"columns": ["run", "figters_peak"]}, "column", "fighters_peak"),
        ("series", {"columns": "fighter"}, "column", "fighters"),
        ("places", {"group": "red"}, "group", "reds"),
        ("runs", {"group": "reds"}, "group", None),
    ):
        with pytest.raises(Faults) as caught:
            results.table(table, **asked)
        [fault] = caught.value.faults
        assert (fault.file, fault.key, fault.nearest) == (str(calm / table), found, near)
