"""What commands that do many runs share: options, folder, workers, how they end, what they print."""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ebbtide.claims.trials import NumbersByWorld, Task
    from ebbtide.scenario.posterior import PosteriorDraws
    from ebbtide.study.design import Run
    from ebbtide.study.executor import Executor
    from ebbtide.study.results import Results

FAILURES_TOLD = 5
# Parameters of commands that change nothing of the answer: how it is had, where it goes, what is shown.
OF_DOING = ("workers", "cluster", "out", "json_", "no_plots", "style", "report")


def at_least(low: int) -> Callable[[str], int]:
    """A parser of whole numbers from `low` on."""

    def whole_number(written: str) -> int:
        try:
            number = int(written)
        except ValueError:
            number = low - 1
        if number < low:
            allowed = f"a whole number, at least {low}"
            raise typer.BadParameter(f'found "{written}"; allowed: {allowed}')
        return number

    return whole_number


def one_of(*names: str) -> Callable[[str], str]:
    """A parser of some names."""

    def name(written: str) -> str:
        if written in names:
            return written
        from ebbtide.scenario.faults import nearest

        near = nearest(written, names)
        meant = f"; did you mean {near}?" if near else ""
        raise typer.BadParameter(f'found "{written}"; allowed: {" or ".join(names)}{meant}')

    return name


Workers = Annotated[
    int | None,
    typer.Option(
        parser=at_least(1), metavar="N", help="Processes.", show_default="as many as cores"
    ),
]
Out = Annotated[
    str | None,
    typer.Option(metavar="DIR", help="The results folder.", show_default="a new one in results/"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="FILE.py",
        help="A Python file with outcomes, metrics or rules of one's own; may be repeated.",
    ),
]
FromPriors = Annotated[
    bool,
    typer.Option("--priors", help="Draw from the priors, where the scenario names a posterior."),
]
ManyRuns = Annotated[bool, typer.Option("--yes", help="Allow more than 20,000 runs.")]
NoPlots = Annotated[bool, typer.Option("--no-plots", help="Draw no figures.")]


def _style(written: str) -> str:
    from ebbtide.show.palette import LINES

    return one_of(*LINES)(written)


InStyle = Annotated[
    str,
    typer.Option(
        "--style", parser=_style, metavar="NAME", help="Of figures: colour, or grey for print."
    ),
]


def typed(command: Sequence[str]) -> str:
    """A command as one types it here."""
    return shlex.join([*(["uv", "run"] if os.environ.get("UV") else []), *command])


def was_typed(context: typer.Context, parameter: str) -> bool:
    """Whether a parameter of the command stood in it, and has not what is usual."""
    source = context.get_parameter_source(parameter)
    return source is not None and source.name == "COMMANDLINE"


def command_of(context: typer.Context, **otherwise: object) -> list[str]:
    """The command as it was typed, in words; some parameters are said `otherwise`, None left out."""
    from ebbtide.study.asked import options

    arguments: list[str] = []
    said: dict[str, object] = {}
    for parameter in context.command.params:
        name = parameter.name or ""
        if name not in otherwise and not was_typed(context, name):
            continue
        value = otherwise.get(name, context.params.get(name))
        if parameter.param_type_name == "argument":
            arguments.append(f"{value}")
        else:
            said[parameter.opts[0]] = value
    return ["ebbtide", context.command.name or "", *arguments, *options(said)]


def command_to_keep(context: typer.Context, **otherwise: object) -> list[str]:
    """The same for what is kept or printed: how and where it was done is left out."""
    return command_of(context, **dict.fromkeys(OF_DOING) | otherwise)


def into(folder: Path, context: typer.Context) -> str:
    """The command as one types it here to go on in a folder."""
    return typed(command_of(context, out=folder))


@contextlib.contextmanager
def resumable(folder: Path, again: str) -> Iterator[None]:
    """Say what is kept, and that `again` goes on, where a study ends before its last run."""
    from ebbtide.study.executor import WorkersLost
    from ebbtide.study.store import DiskFull

    try:
        yield
    except WorkersLost as error:
        say(f"{error}: {kept(folder)}. This goes on, with a cluster or without:\n  {again}")
        raise typer.Exit(1) from None
    except OSError as error:
        mended = "With more room" if isinstance(error, DiskFull) else "Once that is mended,"
        say(f"{error.strerror or error}: {kept(folder)}. {mended} this goes on:\n  {again}")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        say("stopping ...")
        say(f"interrupted: {kept(folder)}. This goes on:\n  {again}")
        raise typer.Exit(130) from None


@contextlib.contextmanager
def results_kept(folder: Path) -> Iterator[None]:
    """Say that the results are kept, where what came of them can be neither drawn nor printed."""
    from ebbtide.cli.output import path_shown

    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            say(f"the results are kept in {path_shown(folder)}")
        raise


def kept(folder: Path) -> str:
    """How many runs are kept, after an end before the last."""
    from ebbtide.study.results import Results
    from ebbtide.study.store import MANIFEST

    several = (file.parent for file in sorted(folder.glob(f"*/{MANIFEST}")))
    finished = 0
    for each in [folder] if (folder / MANIFEST).is_file() else several:
        with contextlib.suppress(OSError, ValueError):
            finished += len(Results.open(each).runs())
    if not finished:
        return "no run was finished yet"
    if finished == 1:
        return "the 1 run finished is kept"
    return f"the {finished} runs finished are kept"


def stated_folder(out: str | None) -> Path | None:
    """The folder of --out, if any is stated. Raises Faults for an empty name and for an address."""
    from ebbtide.study import results_folder

    return None if out is None else results_folder.stated_folder(out, "--out")


def here_or_on_a_cluster(workers: int | None, cluster: str | None) -> None:
    """Refuse --workers beside --cluster, which has its own."""
    if workers is not None and cluster is not None:
        raise typer.BadParameter("--workers is for this machine; give it or --cluster")


def live_all(task: Task, workers: int | None, runs: int) -> NumbersByWorld:
    """Do all runs of a task that measures them, with progress shown; ends the command if any fails."""
    from ebbtide.claims.trials import RunsFailed, live
    from ebbtide.cli.progress import progress_shown
    from ebbtide.study.executor import WorkersLost, workers_here

    try:
        with progress_shown() as report:
            return live(task, workers_here(task, workers, runs), report)
    except (RunsFailed, WorkersLost) as error:
        say(f"{error}")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        say("interrupted: nothing is written")
        raise typer.Exit(130) from None


def carry_out(
    design: Sequence[Run],
    folder: Path,
    manifest: Mapping[str, Any],
    executor: Executor,
    *,
    say_where: bool = True,
) -> None:
    """Do the runs that the folder does not hold yet, with progress shown."""
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.progress import progress_shown
    from ebbtide.study.conduct import conduct
    from ebbtide.study.store import Store

    with Store(folder, manifest) as store:
        for line in store.mended:
            say(f"damaged: {line}; its runs are done again")
        if say_where:
            say(f"results go to {path_shown(folder)}")
        if (kept := len(store.finished())) >= len(design):
            say(f"nothing to do: all {kept} runs are there already")
        with progress_shown() as report:
            conduct(design, store, executor, report)


def conclude(
    results: Results,
    summary: dict[str, Any],
    print_table: Callable[[dict[str, Any]], None],
    draw: Callable[[Results, Path], list[Path]],
    *,
    plots: bool,
    as_json: bool,
    posterior: PosteriorDraws | None,
) -> int:
    """Print what came of it, of what it is drawn, and runs that failed; returns how many did."""
    import json

    from ebbtide.cli.output import path_shown
    from ebbtide.study.drawn_from import DrawnFrom

    summary["drawn_from"] = DrawnFrom.kept(results.manifest)
    summary["doubt"] = (posterior and posterior.doubt) or None

    failed = summary["failed"]
    some = plots and len(failed) < summary["runs"]
    drawn = draw(results, results.folder / "plots") if some else []
    summary["folder"] = path_shown(results.folder)
    summary["plots"] = [path_shown(file) for file in drawn]
    if as_json:
        print(json.dumps(summary, indent=1, ensure_ascii=False))
    else:
        print_table(summary)
        print(f"folder: {summary['folder']}")
        for file in summary["plots"]:
            print(f"plot:   {file}")
    tell_failures(results, failed, summary["runs"])
    return len(failed)


def tell_failures(results: Results, failed: Sequence[Mapping[str, Any]], of: int) -> None:
    """Tell of some of the runs that failed, and how to see one again; nothing where none did."""
    if not failed:
        return
    say(f"{len(failed)} of {of} runs failed:")
    for failure in failed[:FAILURES_TOLD]:
        say(f"  run {failure['run']} ({_of_run(failure)}): {failure['error']}")
    if len(failed) > FAILURES_TOLD:
        more = len(failed) - FAILURES_TOLD
        say(f"  and {more} more: see the column error in {results.folder}/runs")
    again = ["ebbtide", "run", f"--from={results.folder}", f"--run={failed[0]['run']}"]
    say(f"one of them again: {typed(again)}")


def _of_run(failure: Mapping[str, Any]) -> str:
    """A failed run's policy and values, where they differ between runs, and its seed."""
    values = (f"{path} = {value}" for path, value in failure.get("values", {}).items())
    policy = [f"policy {failure['policy']}"] if "policy" in failure else []
    return ", ".join([*policy, f"seed {failure['seed']}", *values])


def say(line: str) -> None:
    """Progress and complaints go to stderr; results have stdout to themselves."""
    print(line, file=sys.stderr)
