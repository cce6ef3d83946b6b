"""`ebbtide least-effort`: when and how strongly a policy must act for a goal to be reached."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ebbtide.cli.compare import LIMIT, Reference
from ebbtide.cli.conducting import (
    FromPriors,
    InStyle,
    NoPlots,
    Out,
    Workers,
    at_least,
    command_to_keep,
    here_or_on_a_cluster,
    into,
    resumable,
    say,
    stated_folder,
)
from ebbtide.cli.run import RunsSeed, Set, a_date
from ebbtide.cli.sweep import OnCluster, a_share

if TYPE_CHECKING:
    from ebbtide.comparison.least_effort.found import Found

EXAMPLES = """
\b
Examples:
  ebbtide least-effort khorasan --policy finance-interdiction --goal "fighters < 500 by 2018-06-30"
  ebbtide least-effort khorasan --policy offensive@2015-07-01 --policy border-control \\
    --goal "fighters < 1000 by 2016-11-27" --probability 0.9 --at-most civilians_harmed_in_all=4000

What is sought is the first week and the strength of each policy, from its own first day on or from
that of NAME@DATE; of two policies a mix, or one of them. What was found is lived again in replications
that the search has not seen. The same command into the same folder goes on where it stopped.
"""


def least_effort(
    context: typer.Context,
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one."),
    ],
    goal: Annotated[
        str,
        typer.Option(
            metavar='"OUTCOME < NUMBER by DATE"',
            help="A weekly outcome of the focus, under (<) or over (>) a number in the week of a date.",
        ),
    ],
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "--policy",
            metavar="FILE",
            help="A policy file, or the name of one beside the scenario; NAME@DATE may begin on that day; "
            "one or two.",
        ),
    ] = None,
    probability: Annotated[
        float,
        typer.Option(parser=a_share, metavar="SHARE", help="Of replications that must reach it."),
    ] = 0.8,
    at_most: Annotated[
        list[str] | None,
        typer.Option(
            metavar=LIMIT,
            help="The most of an outcome of `compare`, in the mean; may be repeated.",
        ),
    ] = None,
    reference: Reference = None,
    latest: Annotated[
        dt.date | None,
        typer.Option(
            parser=a_date,
            metavar="YYYY-MM-DD",
            help="The last day on which a policy may begin.",
            show_default="a week before the goal's",
        ),
    ] = None,
    tries: Annotated[
        int,
        typer.Option(parser=at_least(16), metavar="N", help="Sizes and dates to try; at least 16."),
    ] = 96,
    replications: Annotated[
        int, typer.Option(parser=at_least(2), metavar="N", help="Of the search; at least 2.")
    ] = 40,
    fresh: Annotated[
        int,
        typer.Option(
            parser=at_least(20),
            metavar="N",
            help="New replications, which confirm it; at least 20.",
        ),
    ] = 120,
    seed: RunsSeed = 1,
    set_: Set = None,
    priors: FromPriors = False,
    workers: Workers = None,
    cluster: OnCluster = None,
    out: Out = None,
    no_plots: NoPlots = False,
    style: InStyle = "colour",
) -> None:
    """Find the least effort by which a policy, or a mix of two, reaches a goal, and confirm it."""
    from dataclasses import replace

    from ebbtide.cli.effort_found import print_found
    from ebbtide.cli.loading import overrides_of
    from ebbtide.cli.output import path_shown
    from ebbtide.comparison.least_effort.asking import must_be_free, sought
    from ebbtide.comparison.least_effort.found import keep
    from ebbtide.comparison.least_effort.search import Search
    from ebbtide.comparison.running import doing
    from ebbtide.scenario import Faults, load
    from ebbtide.scenario.document import read_value
    from ebbtide.study.manifest import without_root
    from ebbtide.study.results_folder import new_folder

    here_or_on_a_cluster(workers, cluster)
    stated = stated_folder(out)
    overrides = overrides_of(set_ or [])
    of_options = {"goal", "policy", "latest", "replications", "reference"}
    try:
        loaded = load(scenario, {path: read_value(text) for path, text in overrides.items()})
        asked = sought(
            loaded, policy or [], goal, probability, at_most=at_most or (), reference=reference,
            latest=latest, tries=tries, replications=replications, fresh=fresh, seed=seed,
            priors=priors, named=scenario, overrides=overrides,
        )  # fmt: skip
    except Faults as found:
        said = {"limits": "--at-most"} | {each: f"--{each}" for each in of_options}
        faults = [replace(each, file=said.get(each.file, each.file)) for each in found.faults]
        raise Faults(faults, found.lead) from None
    if stated is not None:
        must_be_free(stated)
    folder = stated or new_folder(f"{loaded.id}-least-effort")
    named = [without_root(each) for each in policy or ()]
    kept = command_to_keep(context, scenario=without_root(scenario), policy=named)
    say(f"results go to {path_shown(folder)}")
    with resumable(folder, into(folder, context)):
        search = Search(
            asked,
            folder,
            lambda question: doing(question, workers, cluster),
            say=say,
            command=shlex.join(kept),
        )
        answered = search.found()
    files = keep(answered, folder)
    if not no_plots:
        files.append(_drawn(answered, folder, style))
    print_found(answered)
    for file in files:
        print(f"file:   {path_shown(file)}")
    raise typer.Exit(0 if answered.answer else 1)


def _drawn(found: Found, folder: Path, style: str) -> Path:
    from ebbtide.show.figures import write_figures
    from ebbtide.show.least_effort import EffortForGoal, draw_frontier
    from ebbtide.show.palette import in_style
    from ebbtide.study.focus import Focus

    sought = found.sought
    scenario = sought.question.scenario
    shown = EffortForGoal(
        name=Focus.of(scenario).name,
        subtitle=f"{scenario.file.title} · {', '.join(each.name for each in sought.choices)} · "
        f"{sought.question.replications} replications, {sought.question.drawn_from.told}",
        goal=str(sought.goal),
        tried=found.table(),
        fresh=[
            (each.effort.value, each.probability.value, each.probability.low, each.probability.high)
            for each in found.again
        ],
        wanted=sought.goal.probability,
    )
    with in_style(style):
        [file] = write_figures({"frontier": draw_frontier}, shown, folder)
    return file
