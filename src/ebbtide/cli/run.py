"""`ebbtide run`: a scenario under a policy, many times, and what comes of it."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ebbtide.cli.conducting import (
    AsJson,
    NoPlots,
    Out,
    Workers,
    at_least,
    carry_out,
    conclude,
    new_folder,
    options,
    resumable,
    say,
    stated_folder,
    typed,
    workers_here,
)
from ebbtide.cli.rerun import rerun
from ebbtide.cli.shipped import names

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario
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


def _refuse_what_the_folder_says(context: typer.Context) -> None:
    """With --from, all but where the scenario and its policy stand comes from the folder."""
    of_use = {"from_", "number", "scenario", "policy", "log"}
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        if name not in of_use and source is not None and source.name == "COMMANDLINE":
            option = parameter.opts[0]
            raise typer.BadParameter(f"{option}: --from DIR --run N takes this from the folder")


def run(
    context: typer.Context,
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
    workers: Workers = None,
    out: Out = None,
    json_: AsJson = False,
    log: Annotated[
        Literal["events"] | None,
        typer.Option(help="Tell the first run week by week: what happened, in words."),
    ] = None,
    no_plots: NoPlots = False,
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
        _refuse_what_the_folder_says(context)
        raise typer.Exit(rerun(from_, number, scenario, policy, tell=log == "events"))
    if from_ is not None or number is not None:
        raise typer.BadParameter("--from DIR and --run N go together")
    if scenario is None:
        raise typer.BadParameter("missing: a scenario file, or the name of a shipped one")
    from ebbtide.scenario import load_policy
    from ebbtide.study.design import Design
    from ebbtide.study.manifest import manifest_of, without_root
    from ebbtide.study.simulate import Simulator, last_week
    from ebbtide.study.store import Results

    overrides = _overrides(set_ or [])
    stated = stated_folder(out)
    loaded = _loaded(scenario, overrides)
    last_day = None if until is None else _checked_horizon(loaded, until)
    chosen = load_policy(policy, loaded) if policy else loaded.policy

    def command(scenario: str, policy: str | None, *more: str) -> list[str]:
        what = {
            "--replications": replications,
            "--seed": seed,
            "--policy": policy,
            "--set": [f"{key}={value}" for key, value in overrides.items()],
            "--until": last_day,
            "--fixed": fixed,
        }
        return ["ebbtide", "run", scenario, *options(what), *more]

    manifest = manifest_of(
        loaded,
        [chosen],
        seed=seed,
        replications=replications,
        until=last_day,
        fixed=fixed,
        overrides=overrides,
        named=scenario,
        command=shlex.join(
            command(without_root(scenario), without_root(policy) if policy else None)
        ),
        policies_named={chosen.id: policy} if policy else None,
    )
    folder = stated or new_folder(f"{loaded.id}-{chosen.id}")
    design = Design(loaded, (chosen.id,), replications, seed, fixed)
    simulator = Simulator(loaded, {chosen.id: chosen}, last_week(loaded, manifest["until"]))
    how = {"--workers": workers, "--json": json_, "--log": log, "--no-plots": no_plots}
    again = typed(command(scenario, policy, f"--out={folder}", *options(how)))
    with resumable(folder, again):
        carry_out(design, folder, manifest, workers_here(simulator, workers, replications))
    if log == "events":
        _tell(simulator, design[0], folder)
    failed = _conclude(Results.open(folder), loaded, chosen.id, plots=not no_plots, as_json=json_)
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

    _refuse_study(scenario)
    try:
        return load(scenario, {key: read_value(value) for key, value in overrides.items()})
    except Faults as found:
        faults = [
            replace(fault, file="--set") if fault.file == OVERRIDE else fault
            for fault in found.faults
        ]
        raise Faults(faults, found.lead) from None


def _refuse_study(scenario: str) -> None:
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.document import read_document
    from ebbtide.study.study import is_study

    if Path(scenario).is_file() and is_study(read_document(Path(scenario))):
        raise Faults([Fault(scenario, None, "a study", "a scenario; `ebbtide sweep` runs a study")])


def _checked_horizon(scenario: Scenario, until: dt.date) -> dt.date:
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.schema import Founding
    from ebbtide.study.simulate import focus_of

    start, end = scenario.file.start, scenario.file.end
    if not start < until <= end:
        allowed = f"a date after {start} and not after {end}, the scenario's end"
        raise Faults([Fault("--until", None, until.isoformat(), allowed)])
    group = focus_of(scenario)
    for event in scenario.file.events.values():
        if isinstance(event, Founding) and event.group == group and event.date > until:
            name = scenario.file.groups[group].name
            say(f"note: {name} is founded on {event.date}, after --until {until}")
    return until


def _conclude(
    results: Results, scenario: Scenario, policy: str, *, plots: bool, as_json: bool
) -> int:
    from ebbtide.cli.output import print_summary
    from ebbtide.study.summary import summarise

    def draw(results: Results, folder: Path) -> list[Path]:
        from ebbtide.show import draw_run

        return draw_run(results, folder, scenario)

    summary = summarise(results, scenario, policy)
    return conclude(results, summary, print_summary, draw, plots=plots, as_json=as_json)


def _tell(simulator: Simulator, first: Run, folder: Path) -> None:
    """Live the first run again and tell it, on stdout and in the results folder."""
    from ebbtide.show.chronicle import chronicle
    from ebbtide.study.simulate import focus_of
    from ebbtide.study.store import write_whole

    told = "\n".join(chronicle(simulator.live(first), focus_of(simulator.scenario)))
    print(told)
    write_whole(folder / "events.txt", f"{told}\n".encode())
