"""`ebbtide check`: read scenario and policy files, and say all that is wrong with them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Scenario and policy files, or names of shipped scenarios.", metavar="FILE..."
        ),
    ],
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO",
            help="The scenario that policies act in: their names are checked against it.",
        ),
    ] = None,
    keys: Annotated[
        bool,
        typer.Option("--keys", help="List each scenario's keys for --set, with value and unit."),
    ] = False,
) -> None:
    """Check files without running anything: all faults at once, with what is allowed."""
    from ebbtide.scenario import Faults, load
    from ebbtide.scenario import check as described

    base = load(scenario) if scenario else None
    faulty = False
    for file in files:
        try:
            print("\n".join(described(file, base, keys=keys)))
        except Faults as found:
            faulty = True
            print(found, file=sys.stderr)
    if faulty:
        raise typer.Exit(2)
