"""`ebbtide run`: a scenario under a policy, many times, and what comes of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ebbtide.cli.conducting import (
    AsJson,
    FromPriors,
    InStyle,
    ManyRuns,
    NoPlots,
    Out,
    With,
    Workers,
    at_least,
    carry_out,
    conclude,
    into,
    one_of,
    results_kept,
    resumable,
    stated_folder,
    was_typed,
)
from ebbtide.cli.loading import groups_of, overrides_of, planned_of
from ebbtide.cli.rerun import rerun
from ebbtide.cli.shipped import names, with_policies
from ebbtide.cli.written import a_path
from ebbtide.study.usual import USUAL_RUNS

if TYPE_CHECKING:
    from ebbtide.study.asked import Planned
    from ebbtide.study.results import Results

EXAMPLES = f"""Shipped scenarios, with the policies of each: {with_policies()}.
With any of them: {names("policies")}.

\b
Examples:
  ebbtide run minimal
  ebbtide run minimal --policy nothing --replications 200 --out results/nothing
  ebbtide run minimal --until 2002-06-30 --set rules.rivalry.on=false
  ebbtide run minimal --replications 1 --log events --no-plots

--set takes a dotted key of the scenario file, and may be given many times;
`ebbtide check SCENARIO --keys` lists the keys of its numbers.
"""


def a_date(written: str) -> dt.date:
    """A parser of dates."""
    try:
        return dt.datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        from ebbtide.scenario.arguments import A_DATE

        raise typer.BadParameter(f'found "{written}"; allowed: {A_DATE}') from None


def _refuse_what_the_folder_says(context: typer.Context) -> None:
    """With --from, all but where the scenario and its policy stand comes from the folder."""
    of_use = {"from_", "number", "scenario", "policy", "with_", "log", "group"}
    for parameter in context.command.params:
        name = parameter.name or ""
        if name not in of_use and was_typed(context, name):
            option = parameter.opts[0]
            raise typer.BadParameter(f"{option}: --from DIR --run N takes this from the folder")


RunScenario = Annotated[
    str | None,
    typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one."),
]
PolicyNamed = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="A policy file, or the name of one beside the scenario."),
]
Replications = Annotated[int, typer.Option(parser=at_least(1), metavar="N", help="How many runs.")]
RunsSeed = Annotated[
    int, typer.Option(parser=at_least(0), metavar="N", help="The seed of all runs' seeds.")
]
Until = Annotated[
    dt.date | None,
    typer.Option(parser=a_date, metavar="YYYY-MM-DD", help="Stop in the week of this date."),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Override a value of the scenario, by its dotted key; may be repeated.",
    ),
]
AtMedians = Annotated[bool, typer.Option("--fixed", help="Every uncertain quantity at its median.")]
WeeklyPlaces = Annotated[
    bool,
    typer.Option(
        "--weekly-places",
        help="Keep outcomes by place of every week, not of half-years' ends alone (large).",
    ),
]
Log = Annotated[
    str | None,
    typer.Option(
        parser=one_of("events", "fates"),
        metavar="NAME",
        help="Tell the first run in words: events, what happened week by week; fates, the lives of "
        "some of its men.",
    ),
]
GroupTold = Annotated[
    str | None,
    typer.Option(
        "--group",
        metavar="NAME",
        help="Of which group --log tells: its id or its name.",
        show_default="the scenario's focus",
    ),
]
OfFolder = Annotated[
    Path | None,
    typer.Option(
        "--from", parser=a_path, metavar="DIR", help="With --run: do one run of a folder again."
    ),
]
RunNumber = Annotated[
    int | None,
    typer.Option("--run", parser=at_least(0), metavar="N", help="Which run, with --from."),
]


def run(
    context: typer.Context,
    scenario: RunScenario = None,
    policy: PolicyNamed = None,
    replications: Replications = USUAL_RUNS,
    seed: RunsSeed = 1,
    until: Until = None,
    set_: Set = None,
    fixed: AtMedians = False,
    priors: FromPriors = False,
    weekly_places: WeeklyPlaces = False,
    with_: With = None,
    workers: Workers = None,
    yes: ManyRuns = False,
    out: Out = None,
    json_: AsJson = False,
    log: Log = None,
    group: GroupTold = None,
    no_plots: NoPlots = False,
    style: InStyle = "colour",
    from_: OfFolder = None,
    number: RunNumber = None,
) -> None:
    """Run a scenario under a policy; the same command into the same folder resumes.

    With more replications it adds the new ones. `ebbtide run --from DIR --run N` does one run of
    a results folder again and compares it with what is kept.
    """
    if from_ is not None and number is not None:
        _refuse_what_the_folder_says(context)
        raise typer.Exit(rerun(from_, number, scenario, policy, with_ or [], log, group))
    if from_ is not None or number is not None:
        raise typer.BadParameter("--from DIR and --run N go together")
    if scenario is None:
        raise typer.BadParameter("missing: a scenario file, or the name of a shipped one")
    from ebbtide.extensions import Extensions
    from ebbtide.study.asked import Asked
    from ebbtide.study.design import MOST_RUNS
    from ebbtide.study.executor import workers_here
    from ebbtide.study.results_folder import new_folder

    overrides, stated = overrides_of(set_ or []), stated_folder(out)
    planned = planned_of(
        Asked(scenario=scenario, policy=policy, replications=replications, seed=seed, until=until,
              overrides=overrides, fixed=fixed, priors=priors, weekly_places=weekly_places,
              extensions=Extensions(with_ or ()), most_runs=None if yes else MOST_RUNS)
    )  # fmt: skip
    told = groups_of(planned.scenario, group)
    if group is not None and log is None:
        raise typer.BadParameter("--group says of whom --log tells: give both")
    folder = stated or new_folder(planned.name)
    with resumable(folder, into(folder, context)):
        here = workers_here(planned.simulator, workers, replications)
        carry_out(planned.design, folder, planned.manifest, here)
    with results_kept(folder):
        if log is not None:
            _tell(planned, folder, log, told)
        failed = _conclude(planned, folder, plots=not no_plots, as_json=json_, style=style)
    raise typer.Exit(1 if failed else 0)


def _tell(planned: Planned, folder: Path, log: str, groups: tuple[str, ...]) -> None:
    """Live the first run again and tell it, on stdout and in the results folder."""
    from ebbtide.show.told import told
    from ebbtide.study.store import write_whole

    lines = "\n".join(told(log, planned.simulator.live(planned.design[0]), groups))
    print(lines)
    write_whole(folder / f"{log}.txt", f"{lines}\n".encode())


def _conclude(planned: Planned, folder: Path, *, plots: bool, as_json: bool, style: str) -> int:
    """Print and draw what came of it; returns how many runs failed."""
    from ebbtide.cli.output import print_summary
    from ebbtide.study.results import Results
    from ebbtide.study.summary import summarise

    def draw(results: Results, folder: Path) -> list[Path]:
        from ebbtide.show import draw_run
        from ebbtide.show.palette import in_style

        with in_style(style):
            return draw_run(results, folder, planned.scenario)

    results = Results.open(folder)
    summary = summarise(results, planned.scenario, planned.policy.id)
    return conclude(
        results, summary, print_summary, draw, plots=plots, as_json=as_json,
        posterior=planned.posterior,
    )  # fmt: skip
