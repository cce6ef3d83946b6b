"""What is said of a results folder in which no run is finished: what is missing, what goes on."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def command_again(folder: Path, manifest: Mapping[str, Any]) -> str:
    """The command that made the folder, and goes on in it."""
    return shlex.join([*shlex.split(manifest["command"]), f"--out={folder}"])


def why_nothing(folder: Path, manifest: Mapping[str, Any], runs: pa.Table | None) -> str | None:
    """Why there is nothing to show or to read of weeks: None where some run is done."""
    status = [] if runs is None else runs["status"].to_pylist()
    if not status:
        return f"no run is finished yet; this goes on:\n  {command_again(folder, manifest)}"
    if "done" in status:
        return None
    assert runs is not None
    number, error = runs["run"][0].as_py(), runs["error"][0].as_py()
    one = shlex.join(["ebbtide", "run", f"--from={folder}", f"--run={number}"])
    every = "the one run" if len(status) == 1 else f"all {len(status)} runs"
    return f"{every} failed: run {number}: {error}\nThis does it again, and says where:\n  {one}"
