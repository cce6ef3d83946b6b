"""`ebbtide run`: a scenario under a policy, many times, and what comes of it."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ebbtide.cli.shipped import names

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Run
    from ebbtide.study.simulate import Simulator
    from ebbtide.study.store import Results

RESULTS = Path("results")

EXAMPLES = f"""Shipped scenarios: {names()}. Policies: {names("policies")}.

\b
Examples:
  ebbtide run minimal
  ebbtide run minimal --policy nothing --replications 200 --out results/nothing
  ebbtide run minimal --until 2002-06-30 --set rules.rivalry.on=false
  ebbtide run minimal --replications 1 --log events --no-plots

--set takes a dotted key of the scenario file, and may be given many times;
`ebbtide check SCENARIO --keys` lists the keys of its numbers.
"""


def _at_least(low: int) -> Callable[[str], int]:
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


def _date(written: str) -> dt.date:
    try:
        return dt.datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f'found "{written}"; allowed: a date such as 2016-11-30') from None


def run(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one."),
    ],
    policy: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A policy file, or the name of one beside the scenario."),
    ] = None,
    replications: Annotated[
        int, typer.Option(parser=_at_least(1), metavar="N", help="How many runs.")
    ] = 50,
    seed: Annotated[
        int, typer.Option(parser=_at_least(0), metavar="N", help="The seed of all runs' seeds.")
    ] = 1,
    until: Annotated[
        dt.date | None,
        typer.Option(parser=_date, metavar="YYYY-MM-DD", help="Stop in the week of this date."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Override a value of the scenario, by its dotted key; may be repeated.",
        ),
    ] = None,
    fixed: Annotated[
        bool, typer.Option("--fixed", help="Every uncertain quantity at its median.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            parser=_at_least(1), metavar="N", help="Processes.", show_default="as many as cores"
        ),
    ] = None,
    out: Annotated[
        str | None,
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
    """Run a scenario under a policy; the same command into the same folder resumes.

    With more replications it adds the new ones.
    """
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.progress import progress_shown
    from ebbtide.scenario import load_policy
    from ebbtide.study.conduct import conduct
    from ebbtide.study.design import Design
    from ebbtide.study.executor import cores, executor
    from ebbtide.study.manifest import manifest_of, without_root
    from ebbtide.study.simulate import Simulator, last_week
    from ebbtide.study.store import DiskFull, Results, Store
    from ebbtide.world.compiled import is_compiled

    overrides = _overrides(set_ or [])
    stated = _stated_folder(out)
    loaded = _loaded(scenario, overrides)
    last_day = None if until is None else _checked_horizon(loaded, until)
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
    folder = stated or _new_folder(loaded, chosen)
    design = Design(loaded, (chosen.id,), replications, seed, fixed)
    processes = min(workers or cores(), replications)
    simulator = Simulator(loaded, {chosen.id: chosen}, last_week(loaded, manifest["until"]))
    how = [f"--workers={workers}"] if workers else []
    how += ["--json"] * json_ + [f"--log={log}"] * bool(log) + ["--no-plots"] * no_plots
    again = " ".join([*_prefix(), command(scenario, policy, f"--out={folder}", *how)])
    alone = not is_compiled()
    try:
        with Store(folder, manifest) as store:
            _say(f"results go to {path_shown(folder)}")
            with progress_shown(_first_label(alone)) as report:
                conduct(design, store, executor(simulator, processes, first_alone=alone), report)
    except OSError as error:
        remedy = "Make room, then" if isinstance(error, DiskFull) else "Then"
        _say(f"{error.strerror or error}: {_kept(folder)}. {remedy} this goes on:\n  {again}")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        _say(f"interrupted: {_kept(folder)}. This goes on:\n  {again}")
        raise typer.Exit(130) from None
    if log == "events":
        _tell(simulator, design[0], folder)
    failed = _conclude(Results.open(folder), loaded, chosen, plots=not no_plots, as_json=json_)
    raise typer.Exit(1 if failed else 0)


def _prefix() -> list[str]:
    """What stands before the command's name where it is run by uv."""
    return ["uv", "run"] if os.environ.get("UV") else []


def _kept(folder: Path) -> str:
    """How many runs are kept, after an end before the last."""
    from ebbtide.study.store import Results

    try:
        kept = len(Results.open(folder).runs())
    except (OSError, ValueError):
        kept = 0
    if not kept:
        return "no run was finished yet"
    return "the 1 run finished is kept" if kept == 1 else f"the {kept} runs finished are kept"


def _stated_folder(out: str | None) -> Path | None:
    from ebbtide.scenario import Fault, Faults

    if out is not None and not out.strip():
        raise Faults([Fault("--out", None, f'"{out}"', "a folder, such as results/first")])
    return None if out is None else Path(out)


def _overrides(written: list[str]) -> dict[str, str]:
    """`KEY=VALUE` options as a table; raises Faults for one without `=` and a key set twice."""
    from ebbtide.scenario import Fault, Faults

    pairs = [(key.strip(), value.strip()) for key, _, value in (w.partition("=") for w in written)]
    keys = [key for key, _ in pairs]
    faults = [
        Fault("--set", None, f'"{entry}"', "KEY=VALUE")
        for entry, key in zip(written, keys, strict=True)
        if not key or "=" not in entry
    ]
    faults += [
        Fault("--set", key, f"{keys.count(key)} values", "one")
        for key in dict.fromkeys(keys)
        if key and keys.count(key) > 1
    ]
    if faults:
        raise Faults(faults)
    return dict(pairs)


def _loaded(scenario: str, overrides: dict[str, str]) -> Scenario:
    """The scenario with its overrides; faults of those are said of `--set`."""
    from dataclasses import replace

    from ebbtide.scenario import Faults, load
    from ebbtide.scenario.document import read_value
    from ebbtide.scenario.scenario import OVERRIDE

    try:
        return load(scenario, {key: read_value(value) for key, value in overrides.items()})
    except Faults as found:
        faults = [
            replace(fault, file="--set") if fault.file == OVERRIDE else fault
            for fault in found.faults
        ]
        raise Faults(faults, found.lead) from None


def _checked_horizon(scenario: Scenario, until: dt.date) -> dt.date:
    from ebbtide.scenario import Fault, Faults
    from ebbtide.study.simulate import focus_of

    start, end = scenario.file.start, scenario.file.end
    if not start < until <= end:
        allowed = f"a date after {start} and not after {end}, the scenario's end"
        raise Faults([Fault("--until", None, until.isoformat(), allowed)])
    group = focus_of(scenario)
    for event in scenario.file.events.values():
        if event.kind == "founding" and event.group == group and event.date > until:
            name = scenario.file.groups[group].name
            _say(f"note: {name} is founded on {event.date}, after --until {until}")
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


def _first_label(compiling: bool) -> str:
    """What is going on until the first run is done."""
    return "compiling the rules (once, until they change)" if compiling else "starting"


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
