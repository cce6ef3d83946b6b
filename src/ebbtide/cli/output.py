"""What the commands print on stdout: a summary as a table a person can read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

NARROWEST = 110  # columns; where stdout is no terminal, its width is not known


def path_shown(path: Path) -> str:
    """A path from here if it is below here."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)


def print_summary(summary: dict[str, Any]) -> None:
    """Print a summary made by `ebbtide.study.summary.summarise`."""
    import sys

    from rich.console import Console

    width = None if sys.stdout.isatty() else NARROWEST
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    done = summary["runs"] - len(summary["failed"])
    console.print(f"{summary['title']}", style="bold")
    console.print(
        f"{summary['name']} under the policy “{summary['policy']}”: median and 90% interval of "
        f"{done} {'run' if done == 1 else 'runs'}\n"
    )
    if done:
        console.print(_strength(summary))
        console.print(f"Ended within the horizon: {_percent(summary['ended'])} of runs\n")
        if summary["estimates"]:
            console.print(_estimates(summary["estimates"]))


def _table(title: str, *columns: tuple[str, str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(
        title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False
    )
    for name, side in columns:
        table.add_column(name, justify="right" if side == "right" else "left")
    return table


def _strength(summary: dict[str, Any]) -> Table:
    table = _table(
        "Strength", ("", "left"), ("date", "left"), ("fighters", "right"),
        ("90% interval", "right"), ("P(under half of the cut's)", "right"),
    )  # fmt: skip
    peak, cut = summary["peak"], summary["cut"]
    when = peak["date"]
    rows = [("peak", when["median"] if when else "", peak["fighters"], "")]
    if cut:
        rows.append(("cut", cut["date"], cut["fighters"], ""))
    rows += [
        (
            "",
            row["date"],
            row["fighters"],
            _percent(row["under_half"]) if "under_half" in row else "",
        )
        for row in summary["later"]
    ]
    for label, date, fighters, chance in sorted(rows, key=lambda row: row[1]):
        table.add_row(label, _day(date), _count(fighters["median"]), _range(fighters), chance)
    if when and when["low"] != when["high"]:
        table.caption = (
            f"90% interval of the peak's date: {_day(when['low'])} to {_day(when['high'])}"
        )
        table.caption_justify = "left"
    return table


def _estimates(estimates: list[dict[str, Any]]) -> Table:
    table = _table(
        "Beside publishers' estimates", ("date", "left"), ("publisher", "left"), ("counts", "left"),
        ("estimate", "right"), ("model", "right"), ("90% interval", "right"),
    )  # fmt: skip
    for row in estimates:
        same = row["low"] == row["high"]
        table.add_row(
            _day(row["date"]),
            row["publisher"],
            row["counts"].replace("_", " "),
            _count(row["low"]) if same else _range(row),
            _count(row["model"]["median"]),
            _range(row["model"]),
        )
    table.caption = "fighters beside the model's fighters, all other counts beside its affiliates"
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
