"""`ebbtide check`: read scenario and policy files, and say all that is wrong with them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def check(
    files: Annotated[
        list[str], typer.Argument(help="Scenario and policy files.", metavar="FILE...")
    ],
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO",
            help="The scenario that policies act in: their names are checked against it.",
        ),
    ] = None,
) -> None:
    """Check files without running anything: all faults at once, with what is allowed."""
    from ebbtide.scenario import Fault, Faults, load
    from ebbtide.scenario import check as described

    base = load(scenario) if scenario else None
    faults: list[Fault] = []
    for file in files:
        try:
            print("\n".join(described(file, base)))
        except Faults as found:
            faults += found.faults
    if faults:
        print(Faults(faults), file=sys.stderr)
        raise typer.Exit(2)
