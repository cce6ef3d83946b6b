"""Comparing from Python: the runs of a comparison that are not kept yet, and then its reading."""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ebbtide.comparison.comparison import Comparison
from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.equal_effort import equalised
from ebbtide.comparison.folder import keep_readings
from ebbtide.comparison.precise import until_precise
from ebbtide.comparison.question import (
    REPLICATIONS_COMPARED,
    ComparisonAsked,
    Question,
    chosen_policies,
    first_difference,
)
from ebbtide.extensions import Extensions
from ebbtide.scenario import Fault, Faults, Policy, Scenario, arguments, load
from ebbtide.scenario.python_values import as_text
from ebbtide.study.conduct import Progress, conduct
from ebbtide.study.design import MOST_RUNS, Design
from ebbtide.study.doing import done_by, must_be_one_of
from ebbtide.study.executor import Executor
from ebbtide.study.results import Results
from ebbtide.study.results_folder import new_folder, stated_folder
from ebbtide.study.running import named_as, whole_numbers
from ebbtide.study.store import Store

if TYPE_CHECKING:
    from ebbtide.calibration.posterior import Posterior


def compare(
    scenario: Scenario | str | Path,
    policies: Sequence[Policy | str | Path] | Policy | str | Path,
    *,
    reference: str | None = None,
    start: dt.date | str | None = None,
    until: dt.date | str | None = None,
    outcomes: Sequence[str] | None = None,
    replications: int | None = None,
    until_halfwidth: float | None = None,
    equal_effort: bool = False,
    budget: float | None = None,
    effort_of: str | None = None,
    limits: Mapping[str, float] | None = None,
    seed: int = 1,
    fixed: bool = False,
    priors: bool = False,
    workers: int | None = None,
    cluster: str | None = None,
    out: str | os.PathLike[str] | None = None,
    bank: str | os.PathLike[str] | None = None,
    extensions: Any = (),
    most_runs: int = MOST_RUNS,
    report: Callable[[Progress], None] | None = None,
) -> Comparison:
    """Compare policies of a scenario in runs that share draws and random numbers; as `ebbtide compare`.

    Args:
        scenario: a loaded scenario, a file or the name of a shipped one.
        policies: loaded policies, files or names beside the scenario, one or many.
        reference: the name of the policy that the others are compared with; None is the scenario's
            own, which need not be among `policies`.
        start: from which day on outcomes are counted; None is the first day on which a policy does
            something else than the reference.
        until: stop in the week of this date.
        outcomes: names of what is compared; None is the usual ones.
        replications: runs of each policy; None is 200, or as many as the posterior has draws if fewer.
        until_halfwidth: instead, add replications until half of the 95% interval of every difference
            of the first outcome is at most this share of the reference's mean.
        equal_effort: scale what each policy adds until the own acts of all cost as much, by some pilot
            runs first: as much as those of the cheapest as it is stated, or `budget`.
        budget: instead of the least, so many effort-weeks.
        effort_of: of what efforts are made equal: "own", own acts, or "all", all that forces spend and
            levers cost, what a weaker group spares them too. None is "own".
        limits: the most of outcomes, by name, of which less is better; told is in how many replications
            each policy keeps them.
        seed: the seed of all runs' seeds, a whole number from 0 on.
        fixed: every uncertain quantity at its median, instead of a draw.
        priors: draws from the priors, where the scenario names a posterior.
        workers: processes; as many as cores if None.
        cluster: instead, the address of the scheduler of a Dask cluster that does the runs.
        out: the results folder; None makes a new one below `results/`. A folder that holds these runs
            is only read.
        bank: the folder of the bank that the posterior's draws are of, to tell what publishers'
            statements would be worth.
        extensions: outcomes, metrics and rules of one's own, as `run` takes them.
        most_runs: more are refused, as a slip.
        report: is told of the progress whenever runs are kept.

    Raises Faults, which names everything that is wrong, and `Refused` for a folder of something else.
    """
    optional = {"replications": replications, "workers": workers, "most_runs": most_runs}
    numbers = whole_numbers(
        {"seed": (seed, 0)}, {name: (value, 1) for name, value in optional.items()}
    )
    workers = numbers.get("workers")
    if until_halfwidth is not None:
        share = isinstance(until_halfwidth, float) and 0 < until_halfwidth < 1
        allowed = "a share between 0 and 1"
        arguments.must(share, "compare", "until_halfwidth", until_halfwidth, allowed)
    asked = ComparisonAsked(
        reference=reference,
        start=None if start is None else arguments.day(start, "start"),
        until=None if until is None else arguments.day(until, "until"),
        outcomes=None if outcomes is None else tuple(names_of(outcomes)),
        replications=numbers.get("replications"),
        until_halfwidth=until_halfwidth,
        seed=numbers["seed"],
        fixed=fixed,
        priors=priors,
        extensions=Extensions.of(extensions),
        most_runs=numbers.get("most_runs"),
        equal_effort=equal_effort,
        budget=None if budget is None else _budget(budget),
        effort_of=None if effort_of is None else _effort_of(effort_of),
        limits=None if limits is None else _limits(limits),
    )
    question = posed(scenario, policies, asked)
    must_be_one_of("compare", workers, cluster)
    opened = None if bank is None else opened_bank(question, Path(bank))
    if question.equal_effort:
        kept = None if out is None else stated_folder(out, "out")
        question = equalised(question, kept, lambda asked: doing(asked, workers, cluster))
    with doing(question, workers, cluster) as does:
        folder = new_folder(question.name) if out is None else stated_folder(out, "out")

        def carry_out(design: Design, manifest: Mapping[str, Any]) -> None:
            with Store(folder, manifest) as store:
                conduct(design, store, does, report or (lambda _: None))

        if until_halfwidth is None:
            carry_out(question.design(), question.manifest())
        else:
            until_precise(question, folder, question.manifest(), carry_out)
    keep_readings(folder, question.manifest())
    found = Comparison.of(
        Results.open(folder), reference=question.reference, start=question.start,
        outcomes=question.outcomes, limits=question.limits,
    )  # fmt: skip
    return found if opened is None else found.with_bank(opened, named=os.fspath(bank or ""))


def opened_bank(question: Question, folder: Path) -> Posterior:
    """The bank of a folder, before anything is run. Raises Faults for one of something else."""
    from ebbtide.calibration.calibrate import open_bank

    if question.posterior is None:
        allowed = "a comparison that is drawn from a scenario's posterior"
        raise Faults([Fault("bank", None, question.drawn_from.told, allowed)])
    return open_bank(question.scenario, folder)


def posed(
    scenario: Scenario | str | Path,
    policies: Sequence[Policy | str | Path] | Policy | str | Path,
    asked: ComparisonAsked,
    *,
    named: str | None = None,
) -> Question:
    """What is asked, loaded and checked: nothing has been run yet, and nothing written. Raises Faults.

    `named` is a loaded scenario as a command would name it.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    several = [policies] if isinstance(policies, str | Path | Policy) else list(policies)
    found, names, reference = chosen_policies(several, asked.reference, loaded)
    drawn = None if asked.fixed or asked.priors else loaded.posterior
    usual = REPLICATIONS_COMPARED if drawn is None else min(REPLICATIONS_COMPARED, len(drawn))
    differ = first_difference(found, reference)
    if asked.start is None and differ is not None:
        _must_be_lived(differ, asked.until, loaded)
    settled = {
        "reference": reference,
        "start": asked.start or differ or loaded.file.start,
        "replications": asked.replications or usual,
        "equal_effort": asked.equal_effort
        or asked.budget is not None
        or asked.effort_of is not None,
    }
    return Question(
        **vars(asked) | settled,
        scenario=loaded,
        policies=found,
        named=named or named_as(scenario),
        policies_named=names,
        overrides={path: as_text(value) for path, value in loaded.overrides.items()},
    )


def _must_be_lived(differ: dt.date, until: dt.date | None, scenario: Scenario) -> None:
    """Raise Faults for policies that first differ on a day that the runs do not reach."""
    end = scenario.file.end
    if until is not None and scenario.file.start < until <= end and until < differ:
        allowed = f"a date from {differ}, the first day on which policies differ, to {end}"
        raise Faults([Fault("until", None, until.isoformat(), allowed)])
    if until is None and end < differ:
        found = f"what differs from {differ} on alone"
        raise Faults([Fault("policy", None, found, f"what differs by {end}, the scenario's end")])


def names_of(outcomes: Sequence[str] | str) -> list[str]:
    """One name of an outcome, or several. Raises Faults."""
    return arguments.texts(outcomes, "compare", "outcomes", "names of outcomes")


def _limits(limits: object) -> dict[str, float]:
    """Numbers by the names of outcomes. Raises Faults."""
    allowed = "numbers by outcome, such as {'civilians_harmed_in_all': 1500}"
    right = isinstance(limits, Mapping) and all(
        isinstance(most, int | float) and math.isfinite(most) for most in limits.values()
    )
    arguments.must(right, "compare", "limits", limits, allowed)
    return {str(name): float(most) for name, most in cast("Mapping[str, float]", limits).items()}


def _budget(budget: object) -> float:
    """Effort-weeks. Raises Faults."""
    right = isinstance(budget, int | float) and 0 < budget < math.inf
    arguments.must(right, "compare", "budget", budget, "effort-weeks, a number above 0")
    return float(cast("float", budget))


def _effort_of(written: str) -> EffortOf:
    """One of both accounts. Raises Faults."""
    return EffortOf(arguments.known(written, [*map(str, EffortOf)], "compare", "effort_of"))


def doing(
    question: Question, workers: int | None, cluster: str | None
) -> AbstractContextManager[Executor]:
    """Who does the runs: processes here, or a Dask cluster."""
    return done_by(question.simulator(), len(question.design()), workers, cluster)
