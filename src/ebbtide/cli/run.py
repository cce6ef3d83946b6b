"""`ebbtide run`: a scenario under a policy, many times, and what comes of it."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Run
    from ebbtide.study.simulate import Simulator
    from ebbtide.study.store import Results

RESULTS = Path("results")


def run(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one."),
    ],
    policy: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A policy file, or the name of one beside the scenario."),
    ] = None,
    replications: Annotated[int, typer.Option(min=1, metavar="N", help="How many runs.")] = 50,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="The seed of all runs' seeds.")] = 1,
    until: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Stop at this date."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Override a value of the scenario."),
    ] = None,
    fixed: Annotated[
        bool, typer.Option("--fixed", help="Every uncertain quantity at its median.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Processes.", show_default="as many as cores"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The results folder.", show_default="a new one in results/"
        ),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    log: Annotated[
        Literal["events"] | None,
        typer.Option(help="Tell the first run week by week: what happened, in words."),
    ] = None,
    no_plots: Annotated[bool, typer.Option("--no-plots", help="Draw no figures.")] = False,
) -> None:
    """Run a scenario under a policy; the same command into the same folder resumes."""
    from ebbtide.cli.progress import progress_shown
    from ebbtide.scenario import load, load_policy
    from ebbtide.study.conduct import conduct
    from ebbtide.study.design import Design
    from ebbtide.study.executor import cores, executor
    from ebbtide.study.manifest import manifest_of, without_root
    from ebbtide.study.simulate import Simulator, last_week
    from ebbtide.study.store import DiskFull, Results, Store

    overrides = _overrides(set_ or [])
    loaded = load(scenario, _read(overrides))
    last_day = None if until is None else _checked_horizon(loaded, until.date())
    chosen = load_policy(policy, loaded) if policy else loaded.policy

    def command(scenario: str, policy: str | None, *more: str) -> str:
        options = [f"--replications={replications}", f"--seed={seed}"]
        options += [f"--policy={policy}"] if policy else []
        options += [f"--set={key}={value}" for key, value in overrides.items()]
        options += [f"--until={last_day}"] if last_day else []
        options += ["--fixed"] if fixed else []
        return shlex.join(["ebbtide", "run", scenario, *options, *more])

    manifest = manifest_of(
        loaded,
        [chosen],
        seed=seed,
        replications=replications,
        until=last_day,
        fixed=fixed,
        overrides=overrides,
        named=scenario,
        command=command(without_root(scenario), without_root(policy) if policy else None),
    )
    folder = out or _new_folder(loaded, chosen)
    design = Design(loaded, (chosen.id,), replications, seed, fixed)
    processes = min(workers or cores(), replications)
    simulator = Simulator(loaded, {chosen.id: chosen}, last_week(loaded, manifest["until"]))
    try:
        with Store(folder, manifest) as store, progress_shown(_first_label()) as report:
            conduct(design, store, executor(simulator, processes), report)
    except OSError as error:
        remedy = "Make room, then" if isinstance(error, DiskFull) else "Then"
        _say(f"{error.strerror or error}: what is finished is kept. {remedy} this goes on:")
        _say(f"  {command(scenario, policy, f'--out={folder}')}")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        _say("interrupted: what is finished is kept. This goes on:")
        _say(f"  {command(scenario, policy, f'--out={folder}')}")
        raise typer.Exit(130) from None
    if log == "events":
        _tell(simulator, design[0], folder)
    failed = _conclude(Results.open(folder), loaded, chosen, plots=not no_plots, as_json=json_)
    raise typer.Exit(1 if failed else 0)


def _overrides(written: list[str]) -> dict[str, str]:
    """`KEY=VALUE` options as a table; raises Faults for one without `=`."""
    from ebbtide.scenario import Fault, Faults

    faults = [
        Fault("--set", None, f'"{entry}"', "KEY=VALUE")
        for entry in written
        if not entry.partition("=")[0].strip() or "=" not in entry
    ]
    if faults:
        raise Faults(faults)
    pairs = (entry.partition("=") for entry in written)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _read(overrides: dict[str, str]) -> dict[str, object]:
    from ebbtide.scenario.document import read_value

    return {key: read_value(value) for key, value in overrides.items()}


def _checked_horizon(scenario: Scenario, until: dt.date) -> dt.date:
    from ebbtide.scenario import Fault, Faults

    start, end = scenario.file.start, scenario.file.end
    if not start < until <= end:
        allowed = f"a date after {start} and not after {end}, the scenario's end"
        raise Faults([Fault("--until", None, until.isoformat(), allowed)])
    return until


def _new_folder(scenario: Scenario, policy: Policy) -> Path:
    """Make the first of `results/<scenario>-<policy>-<number>` that is not taken."""
    from ebbtide.study.store import Refused

    for number in count(1):
        folder = RESULTS / f"{scenario.id}-{policy.id}-{number}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise Refused(
                f"{folder}: cannot be made: {error.strerror}; name one with --out"
            ) from None
        return folder
    raise AssertionError("count() does not end")


def _first_label() -> str:
    """What is going on until the first run is done."""
    from ebbtide.world.compiled import is_compiled

    return "starting" if is_compiled() else "compiling the rules (once, until they change)"


def _conclude(
    results: Results, scenario: Scenario, policy: Policy, *, plots: bool, as_json: bool
) -> int:
    """Print what came of it; returns how many runs failed."""
    import json

    from ebbtide.cli.output import path_shown, print_summary
    from ebbtide.study.summary import summarise

    summary: dict[str, Any] = summarise(results, scenario, policy.id)
    drawn = _draw(results, scenario) if plots and len(summary["failed"]) < summary["runs"] else []
    summary["folder"] = path_shown(results.folder)
    summary["plots"] = [path_shown(file) for file in drawn]
    if as_json:
        print(json.dumps(summary, indent=1, ensure_ascii=False))
    else:
        print_summary(summary)
        print(f"folder: {summary['folder']}")
        for file in summary["plots"]:
            print(f"plot:   {file}")
    failed = summary["failed"]
    if failed:
        _say(f"{len(failed)} of {summary['runs']} runs failed:")
        for failure in failed[:5]:
            _say(f"  run {failure['run']} (seed {failure['seed']}): {failure['error']}")
        if len(failed) > 5:
            _say(f"  and {len(failed) - 5} more: see the column error in {results.folder}/runs")
    return len(failed)


def _tell(simulator: Simulator, first: Run, folder: Path) -> None:
    """Live the first run again and tell it, on stdout and in the results folder."""
    from ebbtide.show.chronicle import chronicle
    from ebbtide.study.simulate import focus_of
    from ebbtide.study.store import write_whole

    told = "\n".join(chronicle(simulator.live(first), focus_of(simulator.scenario)))
    print(told)
    write_whole(folder / "events.txt", f"{told}\n".encode())


def _draw(results: Results, scenario: Scenario) -> list[Path]:
    from ebbtide.show import draw_run

    return draw_run(results, results.folder / "plots", scenario)


def _say(line: str) -> None:
    print(line, file=sys.stderr)
