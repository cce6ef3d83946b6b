"""`ebbtide plot`: draw the figures of a results folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def plot(
    results: Annotated[
        Path,
        typer.Argument(
            metavar="RESULTS", help="A folder that `ebbtide run` or `ebbtide sweep` made."
        ),
    ],
    scenario: Annotated[
        str | None,
        typer.Option(metavar="SCENARIO", help="The scenario, if it is not where it was."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the figures go.", show_default="RESULTS/plots"),
    ] = None,
    metric: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Of a sweep: which metric of its runs (a number a run).",
            show_default="fighters_at_end",
        ),
    ] = None,
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH", help="Of a sweep: a varied quantity to show; the first ones if none."
        ),
    ] = None,
    table: Annotated[
        bool,
        typer.Option(
            "--table",
            help="Of a sweep: draw nothing, print what the second varied quantity does (Markdown).",
        ),
    ] = False,
) -> None:
    """Draw the figures of a results folder, finished or not."""
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import writing
    from ebbtide.show import draw_run, draw_sweep, tell_sweep
    from ebbtide.study.reopen import scenario_of
    from ebbtide.study.store import Refused, Results

    opened = Results.open(results)
    target = out or results / "plots"
    study = opened.manifest.get("study")
    _check_names(study, opened.manifest["metrics"], metric, over or [])
    if table:
        told = tell_sweep(opened, metric, over or []) if study else None
        if told is None:
            needs = "a table needs finished runs, a grid of two quantities and a metric in numbers"
            raise Refused(f"{results}: {needs}")
        print(told, end="")
        return
    with writing(target):
        if study is None:
            drawn = draw_run(opened, target, scenario_of(opened, scenario))
        else:
            drawn = draw_sweep(opened, target, metric, over or [])
    if not drawn:
        status = opened.table("runs", ["status"])
        done = status is not None and "done" in status["status"].to_pylist()
        why = "one policy, nothing varied and no series" if done else "no finished run"
        raise Refused(f"{results}: {why} to draw")
    for file in drawn:
        print(path_shown(file))


def _check_names(
    study: dict[str, Any] | None, metrics: dict[str, Any], metric: str | None, over: list[str]
) -> None:
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.faults import listed, nearest

    varied = (study or {}).get("vary", {})
    asked = [("--over", path, varied) for path in over]
    asked += [("--metric", metric, metrics if study else {})] if metric else []
    faults = [
        Fault(option, None, f'"{name}"', listed(known, 20), nearest(name, known))
        for option, name, known in asked
        if name not in known
    ]
    if faults:
        raise Faults(faults)
