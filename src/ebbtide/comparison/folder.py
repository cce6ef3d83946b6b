"""The tables of a comparison, written as CSV files beside its results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.told import told
from ebbtide.study.manifest_file import KeptComparison, Reading
from ebbtide.study.store import MANIFEST, read_manifest, write_whole

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison

FOLDER = "comparison"  # in the results folder


def write_tables(comparison: Comparison) -> list[Path]:
    """Write the tables, and how they were read; each file whole, in the place of one from before.

    Raises OSError where the folder cannot be written.
    """
    folder = comparison.results.folder / FOLDER
    folder.mkdir(exist_ok=True)
    written = []
    for name, table in comparison.tables().items():
        written.append(folder / f"{name}.csv")
        write_whole(written[-1], table.to_csv(index=False).encode())
    said = {key: each for key, each in told(comparison).items() if not isinstance(each, list)}
    write_whole(folder / "read.json", json.dumps(said, indent=1, ensure_ascii=False).encode())
    return written


READINGS = tuple(
    key for key, field in KeptComparison.model_fields.items() if Reading() in field.metadata
)


def keep_readings(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Let a folder say what is asked of prices, quantities, acts and what publishers said."""
    kept = read_manifest(folder)
    said = manifest["comparison"]
    asked = {key: said[key] for key in READINGS if key in said}  # not each is asked of each
    if kept["comparison"] | asked != kept["comparison"]:
        kept["comparison"] |= asked
        write_whole(
            folder / MANIFEST, json.dumps(kept, indent=1, ensure_ascii=False).encode() + b"\n"
        )
