"""Progress on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator

from ebbtide.study.conduct import Progress

QUIET_SECONDS = 10.0

Report = Callable[[Progress], None]


@contextlib.contextmanager
def progress_shown() -> Iterator[Report]:
    """A function to call with each Progress; until the first run is done it says what is waited for.

    While nothing is done a clock runs on a terminal; elsewhere a line now and then tells for how long.
    """
    from ebbtide.engine.week import is_compiled

    label = "starting" if is_compiled() else "compiling the rules (once, until they change)"
    if sys.stderr.isatty():
        with _bar(label) as report:
            yield report
    else:
        with _lines(label) as report:
            yield report


class RunRate:
    """Runs a second since the first chunk came in: before it, workers start and compile."""

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None

    def of(self, now: Progress) -> float | None:
        """The pace, None while it cannot be known."""
        if now.kept == now.before:
            return None
        if self._first is None:
            self._first = (time.monotonic(), now.kept)
        since, kept = self._first
        elapsed = time.monotonic() - since
        return (now.kept - kept) / elapsed if now.kept > kept and elapsed > 0 else None


@contextlib.contextmanager
def _bar(label: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[pace]}"),
        TextColumn("[bold]{task.fields[failed]}"),
        console=Console(stderr=True),
        refresh_per_second=4,
    )
    pace = RunRate()
    with bar:
        task = bar.add_task(label, total=None, pace="", failed="")

        def report(now: Progress) -> None:
            waiting = now.kept == now.before and now.kept < now.total
            bar.update(
                task,
                description=label if waiting else "runs",
                total=now.total,
                completed=now.kept,
                pace=_paced(now, pace.of(now)),
                failed=_failed(now),
            )

        yield report


@contextlib.contextmanager
def _lines(label: str) -> Iterator[Report]:
    pace = RunRate()
    said = 0.0
    done = threading.Event()
    waiting = threading.Thread(target=_tell_waiting, args=(label, done), daemon=True)

    def report(now: Progress) -> None:
        nonlocal said
        rate, moment = pace.of(now), time.monotonic()
        if now.kept == now.before and now.kept < now.total:
            kept = f", {now.before} of them kept from before" if now.before else ""
            runs = "1 run" if now.total == 1 else f"{now.total} runs"
            print(f"{runs}{kept}: {label}", file=sys.stderr, flush=True)
            said = moment
            if waiting.ident is None:
                waiting.start()
            return
        done.set()
        if now.kept > now.before and (now.kept == now.total or moment - said >= QUIET_SECONDS):
            of = "1 of 1 run" if now.total == 1 else f"{now.kept} of {now.total} runs"
            parts = [of, _paced(now, rate), _failed(now)]
            print(", ".join(filter(None, parts)), file=sys.stderr, flush=True)
            said = moment

    try:
        yield report
    finally:
        done.set()


def _tell_waiting(label: str, done: threading.Event) -> None:
    """Tell now and then, until the first run is done, that something goes on and for how long."""
    since = time.monotonic()
    while not done.wait(QUIET_SECONDS):
        waited = span(time.monotonic() - since)
        with contextlib.suppress(OSError, ValueError):  # a stream that was closed takes no line
            print(f"{label}, for {waited} so far", file=sys.stderr, flush=True)


def _paced(now: Progress, rate: float | None) -> str:
    if rate is None:
        return ""
    left = (now.total - now.kept) / rate
    return f"{rate:.1f} runs/s" + (f", {span(left)} left" if left >= 0.5 else "")


def span(seconds: float) -> str:
    """A time as one would say it: hours and minutes, or minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _failed(now: Progress) -> str:
    return f"{now.failed} failed" if now.failed else ""
