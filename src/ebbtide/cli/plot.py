"""`ebbtide plot`: draw the figures of a results folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def plot(
    results: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="A folder that `ebbtide run` made.")
    ],
    scenario: Annotated[
        str | None,
        typer.Option(metavar="SCENARIO", help="The scenario, if it is not where it was."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the figures go.", show_default="RESULTS/plots"),
    ] = None,
) -> None:
    """Draw the figures of a results folder, finished or not."""
    from ebbtide.cli.output import path_shown
    from ebbtide.show import draw_run
    from ebbtide.study.reopen import scenario_of
    from ebbtide.study.store import Refused, Results

    opened = Results.open(results)
    target = out or results / "plots"
    try:
        drawn = draw_run(opened, target, scenario_of(opened, scenario))
    except OSError as error:
        raise Refused(f"{target}: cannot be written: {error.strerror}") from None
    if not drawn:
        raise Refused(f"{results}: no finished run to draw")
    for file in drawn:
        print(path_shown(file))
