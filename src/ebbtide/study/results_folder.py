"""Where results go that no folder is stated for."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from ebbtide.scenario import arguments
from ebbtide.study.store import NAME_ANOTHER, Refused

RESULTS = Path("results")


def stated_folder(given: Any, key: str) -> Path:
    """The folder that is stated for results. Raises Faults: no path, an empty one, an address."""
    allowed = "a folder of this machine, such as results/first"
    if isinstance(given, str):
        arguments.must(bool(given.strip()), key, None, given, allowed)
    return arguments.path(given, key, None, allowed)


def new_folder(name: str) -> Path:
    """Make the first of `results/<name>-<number>` that is not taken. Raises Refused."""
    for number in count(1):
        folder = RESULTS / f"{name}-{number}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise Refused(f"{folder}: cannot be made: {error.strerror}; {NAME_ANOTHER}") from None
        return folder
    raise AssertionError("count() does not end")
