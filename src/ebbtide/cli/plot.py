"""`ebbtide plot`: draw the figures of a results folder, or any one outcome of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ebbtide.cli.conducting import InStyle
from ebbtide.cli.written import a_path

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario
    from ebbtide.study.results import Results

EXAMPLES = """
\b
Examples (of folders that `ebbtide run` and `ebbtide sweep` made; A and B are ids of groups):
  ebbtide plot results/run                               all its figures again
  ebbtide plot results/run --style grey                  for print
  ebbtide plot results/run --outcome fighters --group A
  ebbtide plot results/run --outcome fighters --group A --group B
  ebbtide plot results/run --outcome fighters --sum      all groups together
  ebbtide plot results/run --outcome fighters_at_end     a number of a run
  ebbtide plot results/run --outcome support --places    a panel a place, and maps
  ebbtide plot results/sweep --outcome cohesion --policy record --policy nothing
  ebbtide plot results/sweep --outcome cohesion --over policy.acts.strikes.start
  ebbtide plot results/sweep --metric peak_date

`ebbtide explain` lists all outcomes and metrics, with unit and meaning.
"""

FolderOfResults = Annotated[
    Path,
    typer.Argument(
        parser=a_path,
        metavar="RESULTS",
        help="A folder that `ebbtide run` or `ebbtide sweep` made.",
    ),
]
OfScenario = Annotated[
    str | None,
    typer.Option(metavar="SCENARIO", help="The scenario, if it is not where it was."),
]
OutFolder = Annotated[
    Path | None,
    typer.Option(
        parser=a_path, metavar="DIR", help="Where the figures go.", show_default="RESULTS/plots"
    ),
]
OutcomeNamed = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Draw this alone: a weekly outcome, or a number of a run; may be repeated.",
    ),
]
GroupNamed = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID",
        help="With --outcome: of which group; several are drawn over each other.",
        show_default="the focus group",
    ),
]
Summed = Annotated[
    bool,
    typer.Option("--sum", help="With --outcome: those groups together; all, if none is named."),
]
UnderPolicy = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="With --outcome: under which policy; several are drawn over each other.",
        show_default="all that were run",
    ),
]
Places = Annotated[
    bool, typer.Option("--places", help="With --outcome: place by place, and as maps.")
]
MetricNamed = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Which metric (a number a run): of a sweep in all its figures, of a run its spread.",
        show_default="fighters_at_end",
    ),
]
OverPath = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATH",
        help="Of a sweep: a varied quantity to show; with --outcome, a fan a value of it.",
        show_default="the first ones",
    ),
]
AsTable = Annotated[
    bool,
    typer.Option(
        "--table",
        help="Of a sweep: draw nothing, print what the second varied quantity does (Markdown).",
    ),
]


def plot(
    results: FolderOfResults,
    outcome: OutcomeNamed = None,
    group: GroupNamed = None,
    sum_: Summed = False,
    policy: UnderPolicy = None,
    places: Places = False,
    metric: MetricNamed = None,
    over: OverPath = None,
    table: AsTable = False,
    style: InStyle = "colour",
    scenario: OfScenario = None,
    out: OutFolder = None,
) -> None:
    """Draw the figures of a results folder, finished or not; or one outcome of it."""
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import writing
    from ebbtide.show.asked import why_nothing
    from ebbtide.show.palette import in_style
    from ebbtide.study.reopen import scenario_of
    from ebbtide.study.results import Results
    from ebbtide.study.store import Refused

    only_with_outcome = {"--group": group, "--sum": sum_, "--policy": policy, "--places": places}
    for option, said in only_with_outcome.items():
        if said and not outcome:
            raise typer.BadParameter(f"{option}: needs --outcome NAME")
    if outcome and (metric or table):
        raise typer.BadParameter("--outcome NAME draws that alone: leave out --metric and --table")
    if places and over:
        raise typer.BadParameter("--places and --over: one of them")
    opened = Results.open(results)
    opened.must_have_runs()
    named = None if scenario is None else scenario_of(opened, scenario)
    if not outcome:
        _check_names(opened, metric, over or [])
    if table:
        print(_table(opened, metric, over or []), end="")
        return
    target = out or results / "plots"
    with writing(target), in_style(style):
        if outcome and places:
            drawn = _by_place(opened, target, named, outcome, group or [], policy or [], sum_)
        elif outcome:
            drawn = _asked(opened, target, outcome, group or [], policy or [], over or [], sum_)
        else:
            drawn = _all_figures(opened, target, named, metric, over or [])
    if not drawn:
        why = ["one policy, nothing varied and no series to draw"]
        if asked := outcome or ([metric] if metric else []):
            why = [why_nothing(opened, name, policy or []) for name in asked]
        raise Refused("\n".join(f"{results}: {each}" for each in why))
    for file in drawn:
        print(path_shown(file))


def _all_figures(
    results: Results, folder: Path, named: Scenario | None, metric: str | None, over: list[str]
) -> list[Path]:
    from ebbtide.show import draw_asked, draw_run, draw_sweep
    from ebbtide.study.reopen import scenario_of

    if results.manifest.get("study") is not None:
        return draw_sweep(results, folder, metric, over)
    if metric is not None:
        return draw_asked(results, folder, [metric])
    return draw_run(results, folder, named or scenario_of(results))


def _asked(
    results: Results,
    folder: Path,
    outcomes: list[str],
    groups: list[str],
    policies: list[str],
    over: list[str],
    summed: bool,
) -> list[Path]:
    from ebbtide.show import draw_asked

    return draw_asked(results, folder, outcomes, groups, policies, over=over, summed=summed)


def _by_place(
    results: Results,
    folder: Path,
    named: Scenario | None,
    outcomes: list[str],
    groups: list[str],
    policies: list[str],
    summed: bool,
) -> list[Path]:
    from ebbtide.show import draw_asked_by_place
    from ebbtide.study.reopen import scenario_of

    where = named or scenario_of(results)
    return draw_asked_by_place(results, folder, where, outcomes, groups, policies, summed=summed)


def _table(results: Results, metric: str | None, over: list[str]) -> str:
    from ebbtide.show import tell_sweep
    from ebbtide.study.store import Refused

    told = tell_sweep(results, metric, over) if results.manifest.get("study") else None
    if told is None:
        needs = "a table needs finished runs, a grid of two quantities and a metric in numbers"
        raise Refused(f"{results.folder}: {needs}")
    return told


def _check_names(results: Results, metric: str | None, over: list[str]) -> None:
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.faults import listed, nearest

    study = results.manifest.get("study") or {}
    asked = [("--over", path, study.get("vary", {})) for path in over]
    asked += [("--metric", metric, results.manifest["metrics"])] if metric else []
    faults = [
        Fault(option, None, f'"{name}"', listed(known, 20), nearest(name, known))
        for option, name, known in asked
        if name not in known
    ]
    faults += [
        Fault("--over", None, f'"{path}" {over.count(path)} times', "each once")
        for path in dict.fromkeys(over)
        if over.count(path) > 1
    ]
    if faults:
        raise Faults(faults)
