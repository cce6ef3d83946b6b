"""Machine code is kept between processes, survives damage, and changes nothing for other code."""

from __future__ import annotations

import errno
import gc
import io
import os
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite.binding
import numba
import pytest
from numba.core.compiler import Compiler

from ebbtide.compilation import machine_code
from ebbtide.compilation.compiled import _ExactCompiler, compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for machine code."""
    monkeypatch.setattr(machine_code, "folder", lambda: tmp_path)
    return tmp_path


def third(x: float) -> float:
    return x / 3.0


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def times_compiled(function: Any) -> int:
    """How often a compiled function was compiled, and not read from disk."""
    return sum(function.stats.cache_misses.values())


def test_what_was_compiled_once_is_read_thereafter(folder: Path) -> None:
    first, again = compiled(third), compiled(third)
    assert first(1.0) == again(1.0) == 1.0 / 3.0
    assert (times_compiled(first), times_compiled(again)) == (1, 0)
    assert again(1) == first(1)
    assert len(kept(folder)) == 2  # one for each type of argument


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
    ],
    ids=["empty", "cut short", "a bit changed"],
)
def test_a_damaged_file_is_compiled_again_and_mended(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    compiled(third)(1.0)
    (file,) = kept(folder)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    mended, after = compiled(third), compiled(third)
    assert mended(1.0) == after(1.0) == 1.0 / 3.0
    assert (times_compiled(mended), times_compiled(after)) == (1, 0)


def test_what_cannot_be_written_is_compiled_and_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(machine_code.os, "replace", full)
    assert compiled(third)(1.0) == 1.0 / 3.0
    assert kept(folder) == []


@pytest.fixture
def stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the user states for machine code, and nothing told yet."""
    monkeypatch.setenv("EBBTIDE_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(machine_code, "tell_if_not_kept", machine_code.tell_if_not_kept.__wrapped__)
    return tmp_path / "compiled"


def told() -> list[str]:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        machine_code.tell_if_not_kept()
    return [str(each.message) for each in found]


def test_where_code_can_be_kept_nothing_is_told(stated: Path) -> None:
    assert told() == []
    assert list(stated.iterdir()) == []


def test_a_full_disk_is_told_with_the_folder_and_what_to_do(
    stated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(stated.parent)._replace(free=machine_code.ALL_TOGETHER - 1)
    monkeypatch.setattr(machine_code.shutil, "disk_usage", lambda _: full)
    (line,) = told()
    assert line.startswith(f"machine code cannot be kept in {stated} (No space left on device): ")
    assert "EBBTIDE_CACHE_DIR=FOLDER names a folder of your own with room for 20 MB" in line


class OfLimitedSize(io.BytesIO):
    """A file as a system gives it that keeps files to half of the largest that is needed."""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > machine_code.LARGEST // 2:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return super().write(data)


def test_files_that_may_not_be_as_large_as_needed_are_told(
    stated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_code.tempfile, "TemporaryFile", lambda dir: OfLimitedSize())
    (line,) = told()
    assert f"{stated} ({os.strerror(errno.EFBIG)})" in line


def test_a_folder_that_others_can_write_is_told(stated: Path) -> None:
    stated.mkdir()
    stated.chmod(0o777)
    (line,) = told()
    assert f"{stated} (others than its user can write there" in line


def test_what_could_not_be_written_is_told(
    folder: Path, stated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(machine_code.os, "replace", full)
    monkeypatch.setattr(machine_code, "LARGEST", 0)
    monkeypatch.setattr(machine_code, "_why_not_kept", lambda: "No space left on device")
    with pytest.warns(machine_code.NotKept, match="No space left on device"):
        compiled(third)(1.0)


def test_old_versions_of_a_function_go_and_others_stay(folder: Path) -> None:
    (folder / "other.function-0-0.nbc").write_bytes(b"")
    for number in range(8):
        source: dict[str, Any] = {"__name__": "made"}
        exec(f"def version(x):\n    return x + {number}", source)
        assert compiled(source["version"])(1.0) == 1.0 + number
    names = [file.name for file in kept(folder)]
    assert len([name for name in names if name.startswith("made.version-")]) == machine_code.KEPT
    assert "other.function-0-0.nbc" in names


@pytest.mark.parametrize("broken", ["file", "no home"])
def test_a_folder_that_cannot_be_had_is_replaced(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if broken == "file":
        monkeypatch.setenv("EBBTIDE_CACHE_DIR", str(blocked))
    else:
        monkeypatch.delenv("EBBTIDE_CACHE_DIR", raising=False)
        monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    machine_code.tempfile.tempdir = None
    try:
        chosen = machine_code.folder.__wrapped__()
    finally:
        machine_code.tempfile.tempdir = None
    assert chosen.is_dir()
    assert chosen.parent == tmp_path


def test_intels_vector_library_is_left_to_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Off while our functions compile, those they call included; on again whatever happens."""
    said: list[str] = []
    monkeypatch.setattr(numba.config, "USING_SVML", True)
    monkeypatch.setattr(llvmlite.binding, "set_option", lambda _, option: said.append(option))
    inner = compiled(third)

    @compiled
    def outer(x: float) -> float:
        return inner(x)

    @compiled
    def wrong(x: float) -> float:
        return inner(x) + "text"

    assert outer(1.0) == 1.0 / 3.0
    assert said == ["-vector-library=none", "-vector-library=SVML"]
    with pytest.raises(numba.TypingError):
        wrong(1.0)
    assert said == ["-vector-library=none", "-vector-library=SVML"] * 2


def test_garbage_is_not_collected_while_code_is_compiled_and_as_before_afterwards() -> None:
    seen: list[bool] = []

    class Watching(Compiler):
        def compile_extra(self, func: Any) -> Any:
            seen.append(gc.isenabled())
            return super().compile_extra(func)  # type: ignore[no-untyped-call]

    class Exact(_ExactCompiler, Watching):
        pass

    assert gc.isenabled()
    assert numba.njit(pipeline_class=Exact)(lambda number: number + 1)(1) == 2
    assert seen == [False]
    assert gc.isenabled()
