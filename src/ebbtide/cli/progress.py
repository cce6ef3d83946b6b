"""Progress on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from ebbtide.study.conduct import Progress

QUIET_SECONDS = 10.0

Report = Callable[[Progress], None]


@contextlib.contextmanager
def progress_shown(label: str) -> Iterator[Report]:
    """A function to call with each Progress; `label` is shown until the first run is done."""
    if sys.stderr.isatty():
        with _bar(label) as report:
            yield report
    else:
        yield _lines(label)


@contextlib.contextmanager
def _bar(label: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("[bold]{task.fields[failed]}"),
        console=Console(stderr=True),
        refresh_per_second=4,
    )
    with bar:
        task = bar.add_task(label, total=None, rate="", failed="")
        started = time.monotonic()

        def report(now: Progress) -> None:
            begun = now.kept > now.before
            bar.update(
                task,
                description="runs" if begun or now.kept == now.total else label,
                total=now.total,
                completed=now.kept,
                rate=_rate(now, started) if begun else "",
                failed=_failed(now),
            )

        yield report


def _lines(label: str) -> Report:
    started = time.monotonic()
    said = -QUIET_SECONDS

    def report(now: Progress) -> None:
        nonlocal said
        elapsed = time.monotonic() - started
        if now.kept == now.before and now.kept < now.total:
            kept = f", {now.before} of them kept from before" if now.before else ""
            print(f"{now.total} runs{kept}: {label}", file=sys.stderr, flush=True)
            said = elapsed
        elif now.kept > now.before and (now.kept == now.total or elapsed - said >= QUIET_SECONDS):
            left = (now.total - now.kept) * elapsed / (now.kept - now.before)
            parts = [f"{now.kept} of {now.total} runs", _rate(now, started), f"{left:.0f} s left"]
            print(", ".join([*parts, *filter(None, [_failed(now)])]), file=sys.stderr, flush=True)
            said = elapsed

    return report


def _rate(now: Progress, started: float) -> str:
    return f"{(now.kept - now.before) / max(time.monotonic() - started, 1e-3):.1f} runs/s"


def _failed(now: Progress) -> str:
    return f"{now.failed} failed" if now.failed else ""
