"""`ebbtide run`: a scenario under a policy, many times, and what comes of it."""

from __future__ import annotations

import datetime as dt
import shlex
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
from ebbtide.cli.rerun import rerun
from ebbtide.cli.shipped import names

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Run
    from ebbtide.study.simulate import Simulator
    from ebbtide.study.store import Results

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


def _date(written: str) -> dt.date:
    try:
        return dt.datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f'found "{written}"; allowed: a date such as 2016-11-30') from None


def run(
    scenario: Annotated[
        str | None,
        typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one."),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A policy file, or the name of one beside the scenario."),
    ] = None,
    replications: Annotated[
        int, typer.Option(parser=at_least(1), metavar="N", help="How many runs.")
    ] = 50,
    seed: Annotated[
        int, typer.Option(parser=at_least(0), metavar="N", help="The seed of all runs' seeds.")
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
            parser=at_least(1), metavar="N", help="Processes.", show_default="as many as cores"
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
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="With --run: do one run of a folder again."),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option("--run", parser=at_least(0), metavar="N", help="Which run, with --from."),
    ] = None,
) -> None:
    """Run a scenario under a policy; the same command into the same folder resumes.

    With more replications it adds the new ones. `ebbtide run --from DIR --run N` does one run of
    a results folder again and compares it with what is kept.
    """
    if from_ is not None and number is not None:
        raise typer.Exit(rerun(from_, number, scenario, policy, tell=log == "events"))
    if from_ is not None or number is not None:
        raise typer.BadParameter("--from DIR and --run N go together")
    if scenario is None:
        raise typer.BadParameter("missing: a scenario file, or the name of a shipped one")
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.progress import progress_shown
    from ebbtide.scenario import load_policy
    from ebbtide.study.conduct import conduct
    from ebbtide.study.design import Design
    from ebbtide.study.executor import cores, executor
    from ebbtide.study.manifest import manifest_of, without_root
    from ebbtide.study.simulate import Simulator, last_week
    from ebbtide.study.store import Results, Store
    from ebbtide.world.compiled import is_compiled

    overrides = _overrides(set_ or [])
    stated = stated_folder(out)
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
        policies_named={chosen.id: policy} if policy else None,
    )
    folder = stated or new_folder(f"{loaded.id}-{chosen.id}")
    design = Design(loaded, (chosen.id,), replications, seed, fixed)
    processes = min(workers or cores(), replications)
    simulator = Simulator(loaded, {chosen.id: chosen}, last_week(loaded, manifest["until"]))
    how = [f"--workers={workers}"] if workers else []
    how += ["--json"] * json_ + [f"--log={log}"] * bool(log) + ["--no-plots"] * no_plots
    again = " ".join([*prefix(), command(scenario, policy, f"--out={folder}", *how)])
    alone = not is_compiled()
    with resumable(folder, again), Store(folder, manifest) as store:
        say(f"results go to {path_shown(folder)}")
        with progress_shown(first_label(alone)) as report:
            conduct(design, store, executor(simulator, processes, first_alone=alone), report)
    if log == "events":
        _tell(simulator, design[0], folder)
    failed = _conclude(Results.open(folder), loaded, chosen, plots=not no_plots, as_json=json_)
    raise typer.Exit(1 if failed else 0)


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
            say(f"note: {name} is founded on {event.date}, after --until {until}")
    return until


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
        say(f"{len(failed)} of {summary['runs']} runs failed:")
        for failure in failed[:5]:
            say(f"  run {failure['run']} (seed {failure['seed']}): {failure['error']}")
        if len(failed) > 5:
            say(f"  and {len(failed) - 5} more: see the column error in {results.folder}/runs")
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
