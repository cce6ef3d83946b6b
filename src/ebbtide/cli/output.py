"""What the commands print on stdout: a summary as a table a person can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.study.drawn_from import doubt_told
from ebbtide.study.spread import CENTRAL, FEWEST_FOR_CENTRAL
from ebbtide.study.tally import in_some

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

NARROWEST = 110  # columns; where stdout is no terminal, its width is not known

CAUTION = (
    "Conditional on rules whose numbers are mostly guesses, whatever draws they rest on, and not for "
    "action against anyone: see the README, What it is not for."
)


def path_shown(path: Path) -> str:
    """A path from here if it is below here."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)


def plain_console() -> Console:
    """What prints tables and takes what it is given to the letter."""
    import sys

    from rich.console import Console

    width = None if sys.stdout.isatty() else NARROWEST
    return Console(width=width, highlight=False, markup=False, emoji=False)


def print_summary(summary: dict[str, Any]) -> None:
    """Print a summary made by `ebbtide.study.summary.summarise`."""
    from ebbtide.study.tally import tallied

    console = plain_console()
    done = summary["runs"] - len(summary["failed"])
    console.print(f"{summary['title']}", style="bold")
    of = "one run" if done == 1 else f"median and {interval_of(done)} of {done} runs"
    console.print(
        f"{summary['name']} under the policy “{summary['policy']}”: {of}{_drawn(summary)}\n"
    )
    _tell_doubt(console, summary)
    if done:
        console.print(_strength(summary, done))
        if summary["cut"]:
            console.print(
                f"Cut: {_day(summary['cut']['date'])}, within the week so marked. Nothing that happened "
                "later was used knowingly (leaks, if any: the scenario's sources); all after it is "
                "projected."
            )
        console.print(_peak(summary["peak"], done))
        gone = _percent(summary["ended"]) + " of runs"
        if done == 1:
            gone = "yes" if summary["ended"] else "no"
        console.print(f"Ended within the horizon: {gone}\n")
        for name, metric in summary["own_metrics"].items():
            console.print(f"{name}, {metric['unit']}: {tallied(metric)}")
        if summary["estimates"]:
            console.print(_estimates(summary["estimates"], done))
        record = summary["estimates_of_policy"]
        if record not in (None, summary["policy"]):
            console.print(
                f"Publishers' estimates speak of the world under the policy “{record}”: they are not "
                "set beside this one.\n"
            )
        console.print(CAUTION)


def print_tally(summary: dict[str, Any], asked_for: str | None = None) -> None:
    """Print a sweep's main metrics by policy, and one asked for, of `ebbtide.study.tally.tally`."""
    from ebbtide.scenario.faults import counted
    from ebbtide.study.metrics import METRICS
    from ebbtide.study.tally import counts_of, tallied

    console = plain_console()
    done = summary["runs"] - len(summary["failed"])
    console.print(f"{summary['title']}", style="bold")
    varied = f" over {', '.join(summary['varied'])}" if summary["varied"] else ""
    console.print(f"{counted(done, 'run')} of {summary['scenario']}{varied}{_drawn(summary)}\n")
    _tell_doubt(console, summary)
    counted_runs = counts_of(summary["policies"].values())
    told = {
        name: runs
        for name, runs in counted_runs.items()
        if name not in METRICS or METRICS[name].tabled or name == asked_for
    }
    names = [name for name, runs in told.items() if runs]
    if not names:
        return
    fewest = min((each["of"] for each in _every(summary)), default=done)
    table = plain_table(
        f"{summary['name']}: median and {interval_of(fewest)} of runs, by policy",
        ("metric", "left"),
        ("unit", "left"),
        *((policy, "right") for policy in summary["policies"]),
    )
    for name in names:
        found = [metrics.get(name) for metrics in summary["policies"].values()]
        unit = next(metric["unit"] for metric in found if metric)
        table.add_row(name, unit, *(tallied(metric) for metric in found))
    console.print(table)
    if nowhere := [name for name in told if name not in names]:
        console.print(f"In no run: {', '.join(nowhere)}")
    for path in summary["idle"]:
        console.print(
            f"{path} moved nothing: all else the same, no number of any run differs with it"
        )


def _drawn(summary: dict[str, Any]) -> str:
    """Where runs took what is uncertain from, after what they are; nothing where all is certain."""
    drawn = summary.get("drawn_from")
    return "" if drawn is None else f", {drawn.told}"


def _tell_doubt(console: Console, summary: dict[str, Any]) -> None:
    """Why draws of a posterior are not to be trusted, where their file says so."""
    if summary.get("doubt"):
        console.print(f"{doubt_told(summary['doubt'])}\n")


def plain_table(title: str, *columns: tuple[str, str]) -> Table:
    """A table with a title; of each column its name and side."""
    from rich import box
    from rich.table import Table

    table = Table(
        title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False
    )
    for name, side in columns:
        table.add_column(
            name, justify="right" if side == "right" else "left", overflow="fold"
        )  # cut names could not be told apart
    return table


def _strength(summary: dict[str, Any], runs: int) -> Table:
    """Fighters at dates: the cut and the ends of the years after it."""
    cut = summary["cut"]
    halves = cut is not None and runs > 1
    table = plain_table("Strength", ("week that ends on", "left"), *_model(runs))
    if halves:
        table.add_column("P(under half of the cut's)", justify="right")
    if cut:
        _add(table, [f"{_day(cut['week_end'])} (cut)"], cut["fighters"], runs, [""] * halves)
    for row in summary["later"]:
        chance = [_percent(row["under_half"])] if halves else []
        _add(table, [_day(row["date"])], row["fighters"], runs, chance)
    return table


def _every(summary: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every policy's metrics."""
    for metrics in summary["policies"].values():
        yield from metrics.values()


def _model(runs: int) -> list[tuple[str, str]]:
    """The columns of the model's fighters: of one run no interval."""
    return [("fighters", "right"), (interval_of(runs), "right")][: 1 + (runs > 1)]


def interval_of(runs: int) -> str:
    """What the interval of so many runs is, for a head: of a few the least and the most."""
    return f"{CENTRAL} interval" if runs >= FEWEST_FOR_CENTRAL else "range"


def _add(
    table: Table, first: list[str], spread: dict[str, float], runs: int, last: Sequence[str] = ()
) -> None:
    """A row with the model's median and, of several runs, its interval."""
    interval = [_range(spread)] if runs > 1 else []
    table.add_row(*first, _count(spread["median"]), *interval, *last)


def _peak(peak: dict[str, Any], runs: int) -> str:
    """Each run's own peak, which no one week shows."""
    fighters, when = peak["fighters"], peak["date"]
    if runs == 1:
        date = f", in the week that ends on {_day(when['median'])}" if when else ""
        return f"Peak: {_count(fighters['median'])} fighters{date}"
    among = CENTRAL if runs >= FEWEST_FOR_CENTRAL else "range"
    line = f"Each run's own peak: median {_count(fighters['median'])}, {among} {_range(fighters)}"
    if when is None:
        return line
    dates = f"{among} {_day(when['low'])} to {_day(when['high'])}"
    some = in_some(peak["dated"], runs)  # others never had a man
    return f"{line}; its date{f', {some}' if some else ''}: median {_day(when['median'])}, {dates}"


def _estimates(estimates: list[dict[str, Any]], runs: int) -> Table:
    of_parts = any(row["of"] for row in estimates)
    table = plain_table(
        "Beside publishers' estimates",
        ("date", "left"),
        ("publisher", "left"),
        ("counts", "left"),
        *[("of", "left")] * of_parts,
        ("estimate", "right"),
        ("model", "right"),
        *_model(runs)[1:],
    )
    for row in estimates:
        same = row["low"] == row["high"]
        stated = _count(row["low"]) if same else _range(row)
        of = [row["of"] or "all places"] * of_parts
        date = _day(row["date"]) + (f" ±{row['either_way']} days" if row["either_way"] else "")
        first = [date, row["publisher"], row["counts"].replace("_", " "), *of, stated]
        if row["model"] is None:
            table.add_row(*first, "not kept")
        else:
            _add(table, first, row["model"], runs)
    table.caption = "fighters beside the model's fighters, all other counts beside its affiliates"
    if of_parts:
        table.caption += ", each of the same places"
    if any(row["either_way"] for row in estimates):
        table.caption += (
            "\n± days: how exactly the date is known; the model's numbers are of its week"
        )
    if any(row["model"] is None for row in estimates):
        table.caption += "\nnot kept: the runs were made before evidence spoke of these places"
    table.caption_justify = "left"
    return table


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _range(spread: dict[str, float]) -> str:
    return f"{_count(spread['low'])} to {_count(spread['high'])}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _day(iso: str) -> str:
    return f"{dt.date.fromisoformat(iso):%d %b %Y}" if iso else "never"
