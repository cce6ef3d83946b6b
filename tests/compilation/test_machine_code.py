"""Machine code is kept between processes, survives damage, and changes nothing for other code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite.binding
import numba
import pytest

from ebbtide.compilation import machine_code
from ebbtide.compilation.compiled import compiled


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
