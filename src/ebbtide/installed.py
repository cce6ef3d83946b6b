"""Where the package lies, and what goes with it: beside it in a clone, within it where it is installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parents[1]  # of a clone


def beside_or_within(name: str) -> Path:
    """A file or folder that the wheel holds within the package; in a clone that of the checkout."""
    within = PACKAGE / name
    return within if within.exists() else CHECKOUT / name


def shipped_folders() -> list[Path]:
    """The folders of shipped scenarios: the checkout's, and the installed package's."""
    in_clone = [CHECKOUT / "scenarios"] if (CHECKOUT / "pyproject.toml").is_file() else []
    return [*in_clone, PACKAGE / "shipped"]
