"""`ebbtide sweep`: the runs of a study file, here or on a cluster, and what comes of them."""

from __future__ import annotations

import contextlib
import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ebbtide.cli.conducting import (
    at_least,
    first_label,
    new_folder,
    prefix,
    resumable,
    say,
    stated_folder,
)

if TYPE_CHECKING:
    from ebbtide.study.executor import Executor
    from ebbtide.study.precision import Precision
    from ebbtide.study.store import Results
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


def _share(written: str) -> float:
    try:
        share = float(written)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise typer.BadParameter(f'found "{written}"; allowed: a share between 0 and 1')
    return share


def sweep(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="A study file.")],
    workers: Annotated[
        int | None,
        typer.Option(
            parser=at_least(1), metavar="N", help="Processes.", show_default="as many as cores"
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="The scheduler of a Dask cluster that does the runs."),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="DIR", help="The results folder.", show_default="a new one in results/"
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Allow more than 20,000 runs.")] = False,
    until_halfwidth: Annotated[
        float | None,
        typer.Option(
            parser=_share,
            metavar="SHARE",
            help="Add replications until, for each policy, half of the 95% interval of --of is "
            "at most this share of it.",
        ),
    ] = None,
    of: Annotated[
        str | None, typer.Option(metavar="NAME", help="The number that --until-halfwidth is of.")
    ] = None,
    statistic: Annotated[
        Literal["mean", "median"], typer.Option(help="Whose interval it is.")
    ] = "mean",
    json_: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    no_plots: Annotated[bool, typer.Option("--no-plots", help="Draw no figures.")] = False,
) -> None:
    """Run a study; the same command into the same folder resumes."""
    from ebbtide.cli.output import path_shown
    from ebbtide.study.manifest import manifest_of, without_root
    from ebbtide.study.store import Results
    from ebbtide.study.study import MOST_RUNS, Study

    if workers is not None and cluster is not None:
        raise typer.BadParameter("--workers is for this machine; give it or --cluster")
    precision = _precision(until_halfwidth, of, statistic)
    stated = stated_folder(out)
    loaded = Study.read(study, most_runs=None if yes else MOST_RUNS)
    options = ["--yes"] * yes
    if precision:
        options += [
            f"--until-halfwidth={until_halfwidth}",
            f"--of={of}",
            f"--statistic={statistic}",
        ]
    command = ["ebbtide", "sweep"]
    manifest = manifest_of(
        loaded.scenario,
        list(loaded.policies.values()),
        seed=loaded.file.seed,
        replications=loaded.file.replications,
        until=loaded.file.until,
        fixed=False,
        overrides={},
        named=loaded.named,
        command=shlex.join([*command, without_root(str(study)), *options]),
        policies_named=loaded.policies_named,
        study=loaded.statement(),
    )
    how = [f"--workers={workers}"] * bool(workers) + [f"--cluster={cluster}"] * bool(cluster)
    how += ["--json"] * json_ + ["--no-plots"] * no_plots
    with _executor(loaded, workers, cluster) as does:
        folder = stated or new_folder(loaded.id)
        again = shlex.join([*prefix(), *command, str(study), *options, f"--out={folder}", *how])
        with resumable(folder, again):
            say(f"results go to {path_shown(folder)}")
            enough = _conduct(loaded, folder, manifest, does, precision, yes)
    failed = _conclude(Results.open(folder), plots=not no_plots, as_json=json_)
    raise typer.Exit(1 if failed or not enough else 0)


def _precision(share: float | None, of: str | None, statistic: Any) -> Precision | None:
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.faults import listed, nearest
    from ebbtide.study.numbers import NUMBERS
    from ebbtide.study.precision import Precision

    if share is None and of is None:
        return None
    if share is None or of is None:
        raise typer.BadParameter("--until-halfwidth SHARE and --of NAME go together")
    known = [name for name, number in NUMBERS.items() if number.unit != "date"]
    if of not in known:
        raise Faults([Fault("--of", None, f'"{of}"', listed(known, 20), nearest(of, known))])
    return Precision(share, of, statistic)


@contextlib.contextmanager
def _executor(study: Study, workers: int | None, cluster: str | None):
    from ebbtide.study.executor import cores, executor
    from ebbtide.world.compiled import is_compiled

    if cluster is None:
        processes = min(workers or cores(), len(study.design()))
        yield executor(study.simulator(), processes, first_alone=not is_compiled())
        return
    from ebbtide.study.cluster import Cluster

    with Cluster(study.simulator(), cluster) as does:
        yield does


def _conduct(
    study: Study,
    folder: Path,
    manifest: Mapping[str, Any],
    does: Executor,
    precision: Precision | None,
    yes: bool,
) -> bool:
    """Do the runs, and more of them until they are precise; returns whether they became so."""
    from ebbtide.cli.progress import progress_shown
    from ebbtide.study.conduct import conduct
    from ebbtide.study.precision import by_policy, next_replications
    from ebbtide.study.store import Results, Store, kept_replications
    from ebbtide.study.study import MOST_RUNS
    from ebbtide.world.compiled import is_compiled

    replications = study.file.replications
    if precision:
        replications = max(replications, kept_replications(folder))
    while True:
        design = study.design(replications)
        with (
            Store(folder, {**manifest, "replications": replications}) as store,
            progress_shown(first_label(not is_compiled())) as report,
        ):
            conduct(design, store, does, report)
        if precision is None:
            return True
        runs = Results.open(folder).runs()
        found = by_policy(runs[runs["status"] == "done"], precision.of)
        if len(found) == len(study.policies) and precision.reached(found):
            say(f"precise after {replications} replications")
            return True
        replications = next_replications(replications)
        if len(study.design(replications)) > MOST_RUNS and not yes:
            say(f"not precise yet, and more would be over {MOST_RUNS:,} runs; --yes allows them")
            return False


def _conclude(results: Results, *, plots: bool, as_json: bool) -> int:
    """Print what came of it; returns how many runs failed."""
    from ebbtide.cli.output import path_shown, print_tally
    from ebbtide.study.tally import tally

    summary = tally(results)
    failed = summary["failed"]
    drawn = []
    if plots and len(failed) < summary["runs"]:
        from ebbtide.show import draw_sweep

        drawn = draw_sweep(results, results.folder / "plots")
    summary["folder"] = path_shown(results.folder)
    summary["plots"] = [path_shown(file) for file in drawn]
    if as_json:
        print(json.dumps(summary, indent=1, ensure_ascii=False))
    else:
        print_tally(summary)
        print(f"folder: {summary['folder']}")
        for file in summary["plots"]:
            print(f"plot:   {file}")
    if failed:
        say(f"{len(failed)} of {summary['runs']} runs failed:")
        for failure in failed[:5]:
            values = "".join(f", {path} = {value}" for path, value in failure["values"].items())
            about = f"policy {failure['policy']}, seed {failure['seed']}{values}"
            say(f"  run {failure['run']} ({about}): {failure['error']}")
        again = shlex.join([*prefix(), "ebbtide", "run", f"--from={results.folder}"])
        say(f"one of them again: {again} --run={failed[0]['run']}")
    return len(failed)
