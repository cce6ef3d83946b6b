"""The names of shipped scenarios and policies, for help: read without loading the reader."""

from __future__ import annotations

from pathlib import Path

from ebbtide.installed import shipped_folders


def names(below: str = "") -> str:
    """The files with a title in the folder of shipped scenarios, or in one below it."""
    folders = shipped_folders()
    files = [file for folder in folders for file in sorted((folder / below).glob("*.toml"))]
    return ", ".join(dict.fromkeys(file.stem for file in files if _titled(file)))


def with_policies() -> str:
    """Each shipped scenario, and the policies that are its own."""
    return "; ".join(f"{name} ({names(f'{name}/policies')})" for name in names().split(", "))


def _titled(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8") as lines:
            return any(line.startswith("title") for line in lines)
    except (OSError, ValueError):
        return False
