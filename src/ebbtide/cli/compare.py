"""`ebbtide compare`: policies of a scenario beside one of them, with draws and random numbers shared."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    here_or_on_a_cluster,
    into,
    results_kept,
    resumable,
    say,
    stated_folder,
    tell_failures,
    was_typed,
)
from ebbtide.cli.run import AtMedians, RunsSeed, Set, Until, a_date
from ebbtide.cli.sweep import OnCluster, a_share
from ebbtide.comparison.effort_of import EffortOf

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison
    from ebbtide.comparison.question import ComparisonAsked, Question
    from ebbtide.study.design import Design
    from ebbtide.study.executor import Executor

EXAMPLES = """
\b
Examples:
  ebbtide compare khorasan --policy finance-interdiction --policy tribal-engagement
  ebbtide compare khorasan --policy raids --policy offensive --reference raids --from 2017-06-01
  ebbtide compare khorasan --policy amnesty --until-halfwidth 0.01 --out results/amnesty
  ebbtide compare khorasan --policy amnesty@2015-07-01 --policy amnesty@2016-12-04
  ebbtide compare khorasan --policy offensive --policy raids --equal-effort
  ebbtide compare SCENARIO --policy mine.toml --outcome mean_strength --outcome ended
  ebbtide compare results/amnesty --from 2017-06-01
  ebbtide compare results/amnesty --at-most civilians_harmed_in_all=1500 --at-most mean_strength=800

The same command into the same folder goes on where it stopped; where all runs are there, it only
reads them, with another --from, --outcome, --at-most or --reference too.
"""

OfPolicies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy", metavar="FILE",
        help="A policy file, or the name of one beside the scenario; NAME@DATE is the same from that day "
        "on; may be repeated.",
    ),
]  # fmt: skip
Reference = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The policy that the others are compared with.",
        show_default="the scenario's own",
    ),
]
CountedFrom = Annotated[
    dt.date | None,
    typer.Option(
        "--from", parser=a_date, metavar="YYYY-MM-DD",
        help="Count outcomes from the week of this date on.",
        show_default="the first day on which policies differ",
    ),
]  # fmt: skip
OutcomesNamed = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome", metavar="NAME",
        help="Compare this; a weekly one on a day is fighters@2017-06-30; may be repeated.",
        show_default="the usual ones",
    ),
]  # fmt: skip
LIMIT = "OUTCOME=NUMBER"
Limits = Annotated[
    list[str] | None,
    typer.Option(
        "--at-most", metavar=LIMIT,
        help="The most of an outcome in a replication: tell how often each policy keeps it; may be "
        "repeated.",
    ),
]  # fmt: skip
OfEach = Annotated[
    int | None,
    typer.Option(
        parser=at_least(1), metavar="N", help="Runs of each policy.",
        show_default="200, or as many as the posterior has draws",
    ),
]  # fmt: skip
Halfwidth = Annotated[
    float | None,
    typer.Option(
        parser=a_share, metavar="SHARE",
        help="Add replications until half of the 95% interval of every difference of the first "
        "outcome is at most this share of the reference's mean.",
    ),
]  # fmt: skip


def _effort_weeks(written: str) -> float:
    try:
        budget = float(written)
    except ValueError:
        budget = 0.0
    if not 0 < budget < math.inf:
        raise typer.BadParameter(f'found "{written}"; allowed: effort-weeks, a number above 0')
    return budget


EqualEffort = Annotated[
    bool,
    typer.Option(
        "--equal-effort",
        help="Scale what each policy adds until the own acts of all cost as much as those of the "
        "cheapest, by some pilot runs first.",
    ),
]
Budget = Annotated[
    float | None,
    typer.Option(
        parser=_effort_weeks,
        metavar="EFFORT-WEEKS",
        help="Scale them so that the own acts of each cost so much beyond the reference.",
    ),
]
EffortCounted = Annotated[
    EffortOf | None,
    typer.Option(
        "--effort-of",
        help="Scale them to one budget of what their own acts cost, or of all that forces spend and "
        "levers cost, what a weaker group spares them too.",
        show_default="own",
    ),
]

OfPublishers = Annotated[
    Path | None,
    typer.Option(
        "--bank",
        metavar="DIR",
        help="The bank that the posterior's draws are of: what each publisher's statements, made anew "
        "before the choice, would be worth.",
    ),
]


def compare(
    context: typer.Context,
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help="A scenario file, or the name of a shipped one; or a folder of results, to read it.",
        ),
    ],
    policy: OfPolicies = None,
    reference: Reference = None,
    from_: CountedFrom = None,
    until: Until = None,
    outcome: OutcomesNamed = None,
    at_most: Limits = None,
    replications: OfEach = None,
    until_halfwidth: Halfwidth = None,
    equal_effort: EqualEffort = False,
    budget: Budget = None,
    effort_of: EffortCounted = None,
    seed: RunsSeed = 1,
    set_: Set = None,
    fixed: AtMedians = False,
    priors: FromPriors = False,
    with_: With = None,
    workers: Workers = None,
    cluster: OnCluster = None,
    yes: ManyRuns = False,
    out: Out = None,
    report: Annotated[
        bool, typer.Option("--report", help="Write the page to hand on too, report/report.html.")
    ] = False,
    bank: OfPublishers = None,
    json_: AsJson = False,
    no_plots: NoPlots = False,
    style: InStyle = "colour",
) -> None:
    """Compare policies with a reference; the same command into the same folder resumes, or reads."""
    from ebbtide.cli.loading import overrides_of
    from ebbtide.comparison import limits
    from ebbtide.comparison.comparison import Comparison
    from ebbtide.comparison.equal_effort import equalised
    from ebbtide.comparison.folder import keep_readings
    from ebbtide.comparison.question import ComparisonAsked
    from ebbtide.comparison.running import doing, opened_bank
    from ebbtide.extensions import Extensions
    from ebbtide.scenario.parting import notes_on_the_lost, notes_on_the_same, notes_on_titles
    from ebbtide.study.design import MOST_RUNS
    from ebbtide.study.results import Results
    from ebbtide.study.results_folder import new_folder
    from ebbtide.study.store import MANIFEST

    here_or_on_a_cluster(workers, cluster)
    if replications is not None and until_halfwidth is not None:
        raise typer.BadParameter("--replications and --until-halfwidth: one of them")
    with _said_of_options():
        most = limits.read(at_most or ())
    if (Path(scenario) / MANIFEST).exists():  # a scenario's own folder has none
        _refuse_what_asks_for_runs(context)
        with _said_of_options():
            read = Comparison.of(
                Results.open(scenario), reference=reference, start=from_, outcomes=outcome or None,
                limits=most,
            )  # fmt: skip
        if bank is not None:
            read = read.with_bank(bank)
        failed = _conclude(read, report=report, plots=not no_plots, as_json=json_, style=style)
        raise typer.Exit(1 if failed else 0)
    stated = stated_folder(out)
    asked = ComparisonAsked(
        reference=reference, start=from_, until=until, outcomes=tuple(outcome) if outcome else None,
        replications=replications, until_halfwidth=until_halfwidth, seed=seed, fixed=fixed,
        priors=priors, extensions=Extensions(with_ or []), most_runs=None if yes else MOST_RUNS,
        equal_effort=equal_effort, budget=budget, effort_of=effort_of, limits=most or None,
    )  # fmt: skip
    question = _posed(scenario, policy or [], asked, overrides_of(set_ or []))
    opened = None if bank is None else opened_bank(question, bank)
    record = question.scenario.policy
    lost = [note for each in question.policies.values() for note in notes_on_the_lost(each, record)]
    alike = (*notes_on_the_same(question.policies), *notes_on_titles(question.policies))
    for note in (*alike, *lost):
        say(f"note: {note}")
    if question.equal_effort:
        question = equalised(question, stated, lambda asked: doing(asked, workers, cluster), say)
    with doing(question, workers, cluster) as does:
        folder = stated or new_folder(question.name)
        with resumable(folder, into(folder, context)):
            enough = _conduct(question, folder, does)
            keep_readings(folder, question.manifest())
    with results_kept(folder):
        found = Comparison.of(
            Results.open(folder), reference=question.reference, start=question.start,
            outcomes=question.outcomes, limits=question.limits,
        )  # fmt: skip
        found = found if opened is None else found.with_bank(opened, named=str(bank))
        failed = _conclude(found, report=report, plots=not no_plots, as_json=json_, style=style)
    raise typer.Exit(1 if failed or not enough else 0)


def _refuse_what_asks_for_runs(context: typer.Context) -> None:
    """A folder of results is read: what would make other runs is a slip."""
    of_reading = {
        "scenario",
        "reference",
        "from_",
        "outcome",
        "at_most",
        "report",
        "bank",
        "json_",
        "no_plots",
        "style",
    }
    for parameter in context.command.params:
        if parameter.name not in of_reading and was_typed(context, parameter.name or ""):
            allowed = "a folder of results is only read; runs are made of a scenario"
            raise typer.BadParameter(f"{parameter.opts[0]}: {allowed}")


def _posed(
    scenario: str, policies: list[str], asked: ComparisonAsked, overrides: Mapping[str, str]
) -> Question:
    """The question, its faults said of the options."""
    from ebbtide.comparison.running import posed
    from ebbtide.scenario import load
    from ebbtide.scenario.document import read_value

    with _said_of_options():
        loaded = load(scenario, {path: read_value(text) for path, text in overrides.items()})
        return posed(loaded, policies, asked, named=scenario)


@contextmanager
def _said_of_options() -> Iterator[None]:
    """Faults of what was asked are said of the options that ask it."""
    from dataclasses import replace

    from ebbtide.comparison.question import Question
    from ebbtide.scenario import Faults
    from ebbtide.scenario.overriding import OVERRIDE
    from ebbtide.study.asked import options_by_field

    said = options_by_field(Question)
    of_options = said | {OVERRIDE: said["overrides"], "policy": said["policies_named"]}
    of_options |= {"equal effort": said["equal_effort"]}
    try:
        yield
    except Faults as found:
        faults = [replace(each, file=of_options.get(each.file, each.file)) for each in found.faults]
        raise Faults(faults, found.lead) from None


def _conduct(question: Question, folder: Path, does: Executor) -> bool:
    """Do the runs, and more of them until they are precise; returns whether they became so."""
    from ebbtide.comparison.precise import until_precise

    manifest = question.manifest()
    if question.until_halfwidth is None:
        carry_out(question.design(), folder, manifest, does)
        return True
    told = False

    def do(design: Design, manifest: Mapping[str, Any]) -> None:
        nonlocal told
        carry_out(design, folder, manifest, does, say_where=not told)
        told = True

    enough, replications = until_precise(question, folder, manifest, do)
    if enough:
        say(f"precise after {replications} replications")
    else:
        say(f"not precise after {replications} replications, and more would be too many")
    return enough


def _conclude(
    comparison: Comparison, *, report: bool, plots: bool, as_json: bool, style: str
) -> int:
    """Print, write and draw what came of it; returns how many runs failed."""
    import json

    from ebbtide.cli.compared import print_comparison
    from ebbtide.cli.output import path_shown
    from ebbtide.comparison.figures import draw_comparison
    from ebbtide.comparison.folder import write_tables
    from ebbtide.comparison.told import told
    from ebbtide.show.palette import in_style
    from ebbtide.study.failures import failures_of

    found = told(comparison)
    found["tables"] = [path_shown(file) for file in write_tables(comparison)]
    found["folder"] = path_shown(comparison.results.folder)
    with in_style(style):
        found["report"] = path_shown(comparison.report()) if report else None
        drawn = draw_comparison(comparison, comparison.results.folder / "plots") if plots else []
    found["plots"] = [path_shown(file) for file in drawn]
    if as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        print_comparison(found)
        print(f"folder: {found['folder']}")
        for file in found["tables"]:
            print(f"table:  {file}")
        if report:
            print(f"report: {found['report']}")
        for file in found["plots"]:
            print(f"plot:   {file}")
    runs = comparison.results.runs()
    tell_failures(comparison.results, failures_of(runs), len(runs))
    return int(found["failed"])
