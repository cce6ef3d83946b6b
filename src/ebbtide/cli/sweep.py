"""`ebbtide sweep`: the runs of a study file, here or on a cluster, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ebbtide.cli.conducting import (
    AsJson,
    InStyle,
    ManyRuns,
    NoPlots,
    Out,
    With,
    Workers,
    carry_out,
    command_to_keep,
    conclude,
    here_or_on_a_cluster,
    into,
    results_kept,
    resumable,
    say,
    stated_folder,
)
from ebbtide.cli.written import a_path
from ebbtide.study.precision import Statistic

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import pandas as pd

    from ebbtide.extensions import Extensions
    from ebbtide.scenario.posterior import PosteriorDraws
    from ebbtide.study.executor import Executor
    from ebbtide.study.precision import Precision
    from ebbtide.study.results import Results
    from ebbtide.study.study import Study

EXAMPLES = """
\b
Examples:
  ebbtide check experiments/strikes.toml
  ebbtide sweep experiments/strikes.toml --out results/strikes
  ebbtide sweep experiments/strikes.toml --cluster tcp://localhost:8786
  ebbtide sweep STUDY --until-halfwidth 0.05 --of fighters_peak
  ebbtide run --from results/strikes --run 17
"""


OnCluster = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="The scheduler of a Dask cluster that does the runs."),
]


def a_share(written: str) -> float:
    """A parser of shares between 0 and 1."""
    try:
        share = float(written)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise typer.BadParameter(f'found "{written}"; allowed: a share between 0 and 1')
    return share


def sweep(
    context: typer.Context,
    study: Annotated[Path, typer.Argument(parser=a_path, metavar="STUDY", help="A study file.")],
    workers: Workers = None,
    cluster: OnCluster = None,
    out: Out = None,
    with_: With = None,
    yes: ManyRuns = False,
    until_halfwidth: Annotated[
        float | None,
        typer.Option(
            parser=a_share,
            metavar="SHARE",
            help="Add replications until, for each policy, half of the 95% interval of --of is "
            "at most this share of it.",
        ),
    ] = None,
    of: Annotated[
        str | None, typer.Option(metavar="NAME", help="The metric that --until-halfwidth is of.")
    ] = None,
    statistic: Annotated[Statistic, typer.Option(help="Whose interval it is.")] = "mean",
    json_: AsJson = False,
    no_plots: NoPlots = False,
    style: InStyle = "colour",
) -> None:
    """Run a study; the same command into the same folder resumes."""
    from ebbtide.cli.loading import unlived
    from ebbtide.extensions import Extensions
    from ebbtide.study.design import MOST_RUNS
    from ebbtide.study.manifest import without_root
    from ebbtide.study.results import Results
    from ebbtide.study.results_folder import new_folder
    from ebbtide.study.study import Study

    here_or_on_a_cluster(workers, cluster)
    extensions = Extensions(with_ or ())
    precision = _precision(until_halfwidth, of, statistic, extensions)
    stated = stated_folder(out)
    loaded = Study.read(study, extensions, most_runs=None if yes else MOST_RUNS)
    if loaded.file.until is not None:
        for note in unlived(loaded.scenario, loaded.file.until, "until"):
            say(f"note: {note}")
    manifest = loaded.manifest(
        command_to_keep(context, study=without_root(str(study)), with_=None)  # which the study says
    )
    with _executor(loaded, workers, cluster, precision) as does:
        folder = stated or new_folder(loaded.id)
        with resumable(folder, into(folder, context)):
            enough = _conduct(loaded, folder, manifest, does, precision, yes)
    with results_kept(folder):
        failed = _conclude(
            Results.open(folder),
            plots=not no_plots,
            as_json=json_,
            asked_for=precision.of if precision else None,
            style=style,
            posterior=loaded.posterior,
        )
    raise typer.Exit(1 if failed or not enough else 0)


def _precision(
    share: float | None, of: str | None, statistic: Statistic, extensions: Extensions
) -> Precision | None:
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.faults import listed, nearest
    from ebbtide.study.metrics import metrics_with
    from ebbtide.study.precision import Precision
    from ebbtide.world.units import DATE

    if share is None and of is None:
        return None
    if share is None or of is None:
        raise typer.BadParameter("--until-halfwidth SHARE and --of NAME go together")
    known = [name for name, metric in metrics_with(extensions).items() if metric.unit != DATE]
    if of not in known:
        raise Faults([Fault("--of", None, f'"{of}"', listed(known, 20), nearest(of, known))])
    return Precision(share, of, statistic)


def _executor(
    study: Study, workers: int | None, cluster: str | None, precision: Precision | None
) -> AbstractContextManager[Executor]:
    from ebbtide.study.doing import done_by
    from ebbtide.study.precision import FEWEST_REPLICATIONS

    most = FEWEST_REPLICATIONS if precision else 1  # of a point and policy; more may follow
    return done_by(study.simulator(), len(study.design()) * most, workers, cluster)


def _conduct(
    study: Study,
    folder: Path,
    manifest: Mapping[str, Any],
    does: Executor,
    precision: Precision | None,
    yes: bool,
) -> bool:
    """Do the runs, and more of them until they are precise; returns whether they became so."""
    from ebbtide.study.design import MOST_RUNS
    from ebbtide.study.precision import FEWEST_REPLICATIONS, by_policy, next_replications
    from ebbtide.study.results import Results
    from ebbtide.study.store import kept_replications

    replications = study.file.replications
    if precision is None:
        carry_out(study.design(replications), folder, manifest, does)
        return True
    replications = max(replications, kept_replications(folder))
    first = True
    while True:
        design = study.design(replications)
        carry_out(design, folder, {**manifest, "replications": replications}, does, say_where=first)
        first = False
        runs = Results.open(folder).runs()
        found = by_policy(runs[runs["status"] == "done"], precision.of)
        without = [policy for policy in study.policies if policy not in found]
        if not without and precision.reached(found):
            say(f"precise after {replications} replications")
            _tell_runs_without(runs[runs["status"] == "done"], precision.of)
            return True
        if without and replications >= FEWEST_REPLICATIONS:
            under = ", ".join(f"“{policy}”" for policy in without)
            say(f"no run under {under} has a metric {precision.of}: more would be no more precise")
            return False
        if study.posterior is not None and replications == len(study.posterior):
            say(f"not precise yet, and the posterior has no more than {replications:,} draws")
            return False
        replications = next_replications(replications)
        if study.posterior is not None:
            replications = min(replications, len(study.posterior))
        if len(study.design(replications)) > MOST_RUNS and not yes:
            say(f"not precise yet, and more would be over {MOST_RUNS:,} runs; --yes allows them")
            return False


def _tell_runs_without(done: pd.DataFrame, metric: str) -> None:
    """Say where a metric is of some runs alone: the interval is then of these."""
    from ebbtide.study.tally import in_some

    for policy, of_policy in done.groupby("policy", sort=False):
        if some := in_some(int(of_policy[metric].count()), len(of_policy)):
            say(f"under “{policy}” {metric} is {some} alone, and its interval of these")


def _conclude(
    results: Results,
    *,
    plots: bool,
    as_json: bool,
    style: str,
    asked_for: str | None = None,
    posterior: PosteriorDraws | None = None,
) -> int:
    from ebbtide.cli.output import print_tally
    from ebbtide.study.tally import tally

    def draw(results: Results, folder: Path) -> list[Path]:
        from ebbtide.show import draw_sweep
        from ebbtide.show.palette import in_style

        with in_style(style):
            return draw_sweep(results, folder)

    table = partial(print_tally, asked_for=asked_for)
    return conclude(
        results, tally(results), table, draw, plots=plots, as_json=as_json, posterior=posterior
    )
