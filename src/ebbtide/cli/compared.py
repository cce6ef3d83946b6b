"""What `ebbtide compare` prints: tables a person can read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ebbtide.cli.output import CAUTION, plain_console, plain_table
from ebbtide.comparison.limits import EVERY_LIMIT
from ebbtide.comparison.told import at_equal_effort
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.spread import CENTRAL
from ebbtide.world.units import YES_NO

if TYPE_CHECKING:
    from rich.table import Table


def print_comparison(told: dict[str, Any]) -> None:
    """Print what `ebbtide.comparison.told` tells: the first outcome in full, of all the differences."""
    console = plain_console()
    console.print(told["title"], style="bold")
    console.print(
        f"{told['name']}, from {_day(told['from'])} to {_day(told['until'])}: "
        f"{told['replications']} replications of each policy, {DrawnFrom(told['drawn_from']).told}\n"
    )
    if told["equal_effort"]:
        console.print(at_equal_effort(told["equal_effort"], told["replications"]) + "\n")
    for note in told["notes"]:
        console.print(note + "\n")
    first, *rest = told["outcomes"]
    console.print(_headline(told, first))
    if told["record"]:
        console.print(told["record"] + "\n")
    if rest:
        console.print(_differences(told))
    if told["limits"]:
        console.print(_limits(told))
    for sentence in told["effort"]:
        console.print(sentence)
    for policy in _without_difference(told):
        console.print(
            f"“{policy}” differs from “{told['reference']}” in nothing that is compared, in any "
            "replication: its zeros are exact"
        )
    if told["left_out"]:
        console.print(f"left out: {told['left_out']} replications not done under every policy")
    console.print(CAUTION)


def _without_difference(told: dict[str, Any]) -> list[str]:
    """The policies under which every outcome is the reference's, replication by replication."""
    others = [policy for policy in told["policies"] if policy != told["reference"]]
    apart = {
        row["policy"]
        for row in told["differences"]
        if any(row[key] for key in ("difference", "low", "high"))
    }
    return [policy for policy in others if policy not in apart]


def _headline(told: dict[str, Any], name: str) -> Table:
    """A row a policy, the reference on top."""
    outcome = told["outcomes"][name]
    table = plain_table(
        f"{name}, {outcome['unit']}: {outcome['meaning']}{_WAY[outcome['better']]}",
        ("policy", "left"),
        ("mean", "right"),
        (f"median ({CENTRAL})", "right"),
        (f"against {told['reference']} (95%)", "right"),
        ("better", "right"),
        ("best", "right"),
    )
    apart = {row["policy"]: row for row in told["differences"] if row["outcome"] == name}
    share = outcome["unit"] == YES_NO
    for row in (row for row in told["table"] if row["outcome"] == name):
        found = apart.get(row["policy"])
        cells = ["", ""]
        if found is not None:
            better = _percent(found["better"])
            better += f" (same {_percent(found['same'])})" if found["same"] else ""
            cells = [_difference(found, outcome["unit"]), better]
        band = f"{size(row['median'])} ({size(row['low'])} to {size(row['high'])})"
        mean = _percent(row["mean"]) if share else size(row["mean"])
        table.add_row(row["policy"], mean, "" if share else band, *cells, _percent(row["best"]))
    table.caption = (
        f"better: share of replications in which it is better than {told['reference']}; "
    )
    table.caption += "best: in which none is better"
    table.caption_justify = "left"
    return table


def _differences(told: dict[str, Any]) -> Table:
    """A row an outcome, a column a policy."""
    others = [policy for policy in told["policies"] if policy != told["reference"]]
    table = plain_table(
        f"All outcomes: mean, and paired differences from {told['reference']} with 95% intervals",
        ("outcome", "left"),
        ("unit", "left"),
        (told["reference"], "right"),
        *((policy, "right") for policy in others),
    )
    table.columns[0].no_wrap = True  # names are typed again, as --outcome
    apart = {(row["outcome"], row["policy"]): row for row in told["differences"]}
    for name, outcome in told["outcomes"].items():
        found = [apart[name, policy] for policy in others if (name, policy) in apart]
        if not found:
            continue
        mean = found[0]["reference"]
        unit = outcome["unit"]
        base = _percent(mean) if unit == YES_NO else size(mean)
        table.add_row(name, unit, base, *(_difference(row, unit) for row in found))
    return table


def _limits(told: dict[str, Any]) -> Table:
    """A row a policy: how often it keeps every limit that was stated, and each."""
    headings = {EVERY_LIMIT: EVERY_LIMIT} | {
        name: f"{name} at most {size(most)} {told['outcomes'][name]['unit']}"
        for name, most in told["at_most"].items()
    }
    table = plain_table(
        "Limits kept: shares of replications with 95% intervals",
        ("policy", "left"),
        *((heading, "right") for heading in headings.values()),
    )
    kept = {(row["policy"], row["limit"]): row for row in told["limits"]}
    for policy in told["policies"]:
        rows = (kept[policy, limit] for limit in headings)
        table.add_row(
            policy,
            *(_with_interval(row, "kept", "kept_low", "kept_high", _percent) for row in rows),
        )
    return table


_WAY = {"less": "; less is better", "more": "; more is better", None: ""}


def _difference(row: dict[str, Any], unit: str) -> str:
    """As a share of the reference's mean, where that is clearly above 0; of a probability in points."""
    if unit == YES_NO:
        return _with_interval(row, "difference", "low", "high", _points)
    if row["relative"] is None or not row["of_reference"]:
        return _with_interval(row, "difference", "low", "high", size, signed=True)
    return _with_interval(row, "relative", "relative_low", "relative_high", _percent, signed=True)


def _with_interval(
    row: dict[str, Any], key: str, low: str, high: str, written: Any, *, signed: bool = False
) -> str:
    if row[key] is None:
        return "-"
    plus = "+" if signed and row[key] > 0 else ""
    if row[low] is None or row[high] is None:
        return f"{plus}{written(row[key])}"
    return f"{plus}{written(row[key])} ({written(row[low])} to {written(row[high])})"


def size(value: float | None) -> str:
    """A number to three digits at least, whole from a hundred on."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def _percent(value: float | None) -> str:
    if value is None:
        return "-"
    found = 100 * value
    return f"{found:.1f}%" if 0 < abs(found) < 10 else f"{found:.0f}%"


def _points(value: float) -> str:
    return f"{100 * value:+.0f} pt" if value else "0 pt"


def _day(iso: str) -> str:
    return f"{dt.date.fromisoformat(iso):%d %b %Y}"
