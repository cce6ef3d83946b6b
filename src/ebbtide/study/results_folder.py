"""Where results go that no folder is stated for."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from ebbtide.study.store import Refused

RESULTS = Path("results")


def new_folder(name: str) -> Path:
    """Make the first of `results/<name>-<number>` that is not taken. Raises Refused."""
    for number in count(1):
        folder = RESULTS / f"{name}-{number}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise Refused(
                f"{folder}: cannot be made: {error.strerror}; name one with --out"
            ) from None
        return folder
    raise AssertionError("count() does not end")
