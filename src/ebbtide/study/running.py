"""Running and sweeping from Python: what the commands of these names do, but for what they print."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ebbtide.extensions import Extensions
from ebbtide.scenario import Fault, Faults, Policy, Scenario, arguments, load
from ebbtide.scenario.faults import shown
from ebbtide.scenario.library import chosen_policy, find_scenario
from ebbtide.scenario.override_notes import warn_of_overrides
from ebbtide.scenario.policy import parted
from ebbtide.scenario.project import label
from ebbtide.scenario.python_values import as_stated, as_text, whole
from ebbtide.study.asked import UNTIL, Asked, Planned
from ebbtide.study.conduct import Progress, conduct
from ebbtide.study.design import MOST_RUNS, Run
from ebbtide.study.doing import done_by, must_be_one_of
from ebbtide.study.executor import Executor, workers_here
from ebbtide.study.manifest import without_root
from ebbtide.study.results import Results
from ebbtide.study.results_folder import new_folder, stated_folder
from ebbtide.study.store import Store
from ebbtide.study.study import Study
from ebbtide.study.usual import USUAL_RUNS


def run(
    scenario: Scenario | str | Path,
    *,
    policy: Policy | str | Path | None = None,
    replications: int = USUAL_RUNS,
    seed: int = 1,
    until: dt.date | str | None = None,
    fixed: bool = False,
    priors: bool = False,
    workers: int | None = None,
    out: str | os.PathLike[str] | None = None,
    extensions: Any = (),
    most_runs: int = MOST_RUNS,
    report: Callable[[Progress], None] | None = None,
    **overrides: Any,
) -> Results:
    """Run a scenario under a policy many times, and open what is kept; as `ebbtide run`.

    Args:
        scenario: a loaded scenario, a file or the name of a shipped one.
        policy: a loaded policy, a file or a name beside the scenario; None is the scenario's own.
        replications: how many runs, each with random numbers and a draw of the priors of its own.
        seed: the seed of all runs' seeds, a whole number from 0 on.
        until: stop in the week of this date (a date, or text such as `2016-11-30`).
        fixed: every uncertain quantity at its median, instead of a draw.
        priors: draws from the priors, where the scenario names a posterior.
        workers: processes; as many as cores if None.
        out: the results folder; None makes a new one below `results/`. A folder that holds some of
            these runs keeps them, and only the others are done.
        extensions: outcomes, metrics and rules of one's own: functions so declared, modules or Python
            files that hold some, one or many (`weekly_outcome`, `run_metric`, `rule_override`).
        most_runs: more are refused, as a slip.
        report: is told of the progress whenever runs are kept.
        overrides: values by dotted path, such as `**{"groups.rebels.pay": 120}`, or of the policy,
            such as `**{"policy.acts.strikes.strength": 0.5}`; of one that moves nothing, `MovesNothing`
            warns.

    Raises Faults, which names everything that is wrong, and `Refused` for a folder of something else.
    """
    needed = {"replications": (replications, 1), "seed": (seed, 0)}
    numbers = whole_numbers(needed, {"workers": (workers, 1), "most_runs": (most_runs, 1)})
    fixed, priors = map(as_stated, (fixed, priors))
    for name, said in {"fixed": fixed, "priors": priors}.items():
        if not isinstance(said, bool):
            raise Faults([Fault(name, None, shown(said), "True or False")])
    base = scenario if isinstance(scenario, Scenario) else load(scenario)
    of_scenario, of_policy = parted(overrides)
    lived = base.with_overrides(of_scenario) if of_scenario else base
    asked = Asked(
        scenario=named_as(scenario),
        policy=None if policy is None else _policy_named(policy),
        replications=numbers["replications"],
        seed=numbers["seed"],
        until=None if until is None else arguments.day(until, UNTIL),
        overrides={path: as_text(value) for path, value in (base.overrides | overrides).items()},
        fixed=fixed,
        priors=priors,
        extensions=Extensions.of(extensions),
        most_runs=numbers.get("most_runs"),
    )
    planned = Planned(asked, lived, chosen_policy(policy, lived, of_policy))
    if overrides:
        warn_of_overrides(lived, planned.policy, overrides, asked.until)
    does = workers_here(planned.simulator, numbers.get("workers"), numbers["replications"])
    return _kept(planned.design, planned.manifest, does, planned.name, out, report)


def sweep(
    study: Study | str | Path,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    out: str | os.PathLike[str] | None = None,
    extensions: Any = (),
    most_runs: int = MOST_RUNS,
    report: Callable[[Progress], None] | None = None,
) -> Results:
    """Run a study, and open what is kept; as `ebbtide sweep`.

    Args:
        study: a study file.
        workers: processes; as many as cores if None.
        cluster: instead, the address of the scheduler of a Dask cluster that does the runs.
        out: the results folder; None makes a new one below `results/`. A folder that holds some of
            these runs keeps them, and only the others are done.
        extensions: outcomes, metrics and rules of one's own, as `run` takes them.
        most_runs: a study of more is refused, as a slip.
        report: is told of the progress whenever runs are kept.

    Raises Faults, which names everything that is wrong, and `Refused` for a folder of something else.
    """
    numbers = whole_numbers({}, {"workers": (workers, 1), "most_runs": (most_runs, 1)})
    must_be_one_of("sweep", workers, cluster)
    own = Extensions.of(extensions)
    most = numbers.get("most_runs")
    read = study if isinstance(study, Study) else Study.read(study, own, most_runs=most)
    manifest = read.manifest(["ebbtide", "sweep", without_root(str(read.path))])
    design = read.design()
    with done_by(read.simulator(), len(design), numbers.get("workers"), cluster) as does:
        return _kept(design, manifest, does, read.id, out, report)


def _kept(
    design: Sequence[Run],
    manifest: Mapping[str, Any],
    does: Executor,
    name: str,
    out: str | os.PathLike[str] | None,
    report: Callable[[Progress], None] | None,
) -> Results:
    """Do the runs that the folder does not hold yet; returns what it holds then."""
    if report is not None:
        arguments.must(callable(report), "report", None, report, "a function of the progress")
    folder = new_folder(name) if out is None else stated_folder(out, "out")
    with Store(folder, manifest) as store:
        conduct(design, store, does, report or (lambda _: None))
    return Results.open(folder)


def whole_numbers(
    needed: Mapping[str, tuple[Any, int]], optional: Mapping[str, tuple[Any, int]]
) -> dict[str, int]:
    """The whole numbers that arguments stand for, each with its least; 4.0 is one, an optional None none.

    Raises Faults for what is no whole number, or too low.
    """
    stated = {**needed, **{name: asked for name, asked in optional.items() if asked[0] is not None}}
    found = {name: (whole(value), least) for name, (value, least) in stated.items()}
    faults = [
        Fault(name, None, shown(stated[name][0]), f"a whole number, at least {least}")
        for name, (number, least) in found.items()
        if number is None or number < least
    ]
    if faults:
        raise Faults(faults)
    return {name: number for name, (number, _) in found.items() if number is not None}


def named_as(scenario: Scenario | str | Path) -> str:
    """A scenario as a command would name it: a shipped one by its name."""
    if not isinstance(scenario, Scenario):
        return str(scenario)
    try:
        shipped = find_scenario(scenario.id) == scenario.path
    except Faults:
        shipped = False
    return scenario.id if shipped else label(scenario.path)


def _policy_named(policy: Policy | str | Path) -> str:
    return label(policy.path) if isinstance(policy, Policy) else str(policy)
