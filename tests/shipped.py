"""What is shipped, and copies of the small scenario for tests that write beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "scenarios"
SMALL = (
    "minimal.toml", "parameters.toml", "minimal/policies/minimal.toml", "policies/nothing.toml",
)  # fmt: skip


def copy_small(folder: Path) -> None:
    """Copy the small scenario, with its policies, into a folder."""
    for name in SMALL:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SHIPPED / name, folder / name)
