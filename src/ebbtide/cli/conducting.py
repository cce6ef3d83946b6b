"""What commands that run a study share: their folder, their progress, and how to go on."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import typer

RESULTS = Path("results")


@contextlib.contextmanager
def resumable(folder: Path, again: str) -> Iterator[None]:
    """Say what is kept, and that `again` goes on, where a study ends before its last run."""
    from ebbtide.study.executor import WorkersLost
    from ebbtide.study.store import DiskFull

    try:
        yield
    except WorkersLost as error:
        say(f"{error}: {kept(folder)}. This goes on, with a cluster or without:\n  {again}")
        raise typer.Exit(1) from None
    except OSError as error:
        remedy = "Make room, then" if isinstance(error, DiskFull) else "Then"
        say(f"{error.strerror or error}: {kept(folder)}. {remedy} this goes on:\n  {again}")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        say(f"interrupted: {kept(folder)}. This goes on:\n  {again}")
        raise typer.Exit(130) from None


def at_least(low: int) -> Callable[[str], int]:
    def whole_number(written: str) -> int:
        try:
            number = int(written)
        except ValueError:
            number = low - 1
        if number < low:
            allowed = f"a whole number, at least {low}"
            raise typer.BadParameter(f'found "{written}"; allowed: {allowed}')
        return number

    return whole_number


def prefix() -> list[str]:
    """What stands before the command's name where it is run by uv."""
    return ["uv", "run"] if os.environ.get("UV") else []


def kept(folder: Path) -> str:
    """How many runs are kept, after an end before the last."""
    from ebbtide.study.store import Results

    try:
        kept = len(Results.open(folder).runs())
    except (OSError, ValueError):
        kept = 0
    if not kept:
        return "no run was finished yet"
    return "the 1 run finished is kept" if kept == 1 else f"the {kept} runs finished are kept"


def stated_folder(out: str | None) -> Path | None:
    from ebbtide.scenario import Fault, Faults

    if out is not None and not out.strip():
        raise Faults([Fault("--out", None, f'"{out}"', "a folder, such as results/first")])
    return None if out is None else Path(out)


def new_folder(name: str) -> Path:
    """Make the first of `results/<name>-<number>` that is not taken."""
    from ebbtide.study.store import Refused

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


def first_label(compiling: bool) -> str:
    """What is going on until the first run is done."""
    return "compiling the rules (once, until they change)" if compiling else "starting"


def say(line: str) -> None:
    print(line, file=sys.stderr)
