"""What is compared, loaded and checked: a scenario, its policies, and the runs that answer."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from ebbtide.comparison import near_record, prices, structures, updated
from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.limits import limited, typed
from ebbtide.comparison.outcomes import BY_FORCE, SERIES, chosen_outcomes
from ebbtide.comparison.outdone import outdone
from ebbtide.comparison.replacing import less_than_ended
from ebbtide.extensions import NO_EXTENSIONS, Extensions
from ebbtide.scenario import Fault, Faults, Policy, Scenario, load_policy
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.scenario.parting import parting
from ebbtide.scenario.posterior import PosteriorDraws
from ebbtide.scenario.project import label
from ebbtide.study.asked import SaidBy, options_of
from ebbtide.study.design import MOST_RUNS, Design, Run, fault_of_runs
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.extended import named_without_root
from ebbtide.study.manifest import manifest_of, without_root
from ebbtide.study.manifest_file import (
    KeptComparison,
    KeptDesign,
    KeptSeries,
    KeptStructure,
    KeptStudy,
)
from ebbtide.study.posterior import refuse_stale
from ebbtide.study.simulate import Kept, Simulator, last_week

REPLICATIONS_COMPARED = 200  # unless others are asked for, or the posterior has fewer draws


@dataclass(frozen=True, kw_only=True)
class ComparisonAsked:
    """What may be asked of a comparison beside scenario and policies, in Python and by a command alike.

    What is None is the usual: the scenario's own policy as `reference`, outcomes counted from the `start`
    on which policies first differ, up to the scenario's end, 200 `replications` or as many as there are
    draws for. With `until_halfwidth` more are added until half of the 95% interval of every difference of
    the first outcome is at most this share of the reference's mean. With `equal_effort` what policies add
    is scaled until its own acts cost `budget` effort-weeks beyond the reference, the least of theirs if
    None; with `effort_of` all, until all that forces spend and levers cost does. Each of both asks for it
    by itself. `limits` are the most of outcomes that is borne in a replication:
    how often each policy keeps them is told.
    """

    reference: Annotated[str | None, SaidBy("--reference")] = None
    start: Annotated[dt.date | None, SaidBy("--from")] = None
    until: Annotated[dt.date | None, SaidBy("--until")] = None
    outcomes: Annotated[tuple[str, ...] | None, SaidBy("--outcome")] = None
    replications: Annotated[int | None, SaidBy("--replications")] = None
    until_halfwidth: Annotated[float | None, SaidBy("--until-halfwidth")] = None
    seed: Annotated[int, SaidBy("--seed")] = 1
    fixed: Annotated[bool, SaidBy("--fixed")] = False
    priors: Annotated[bool, SaidBy("--priors")] = False
    extensions: Annotated[Extensions, SaidBy("--with")] = NO_EXTENSIONS
    most_runs: Annotated[int | None, SaidBy("--yes")] = MOST_RUNS
    equal_effort: Annotated[bool, SaidBy("--equal-effort")] = False
    budget: Annotated[float | None, SaidBy("--budget")] = None
    effort_of: Annotated[EffortOf | None, SaidBy("--effort-of")] = None
    limits: Annotated[Mapping[str, float] | None, SaidBy("--at-most")] = None


@dataclass(frozen=True, kw_only=True)
class Question(ComparisonAsked):
    """What is asked of policies of a scenario, settled: nothing of it is left to what is usual.

    `equalised` tells how efforts were made equal, once that was found
    (`ebbtide.comparison.equal_effort`). `named` are scenario and policies as a command would name them.
    Making one raises Faults for all that does not fit; nothing has been run then.
    """

    # Needed, as is `start`: without `field()` they would keep their None.
    reference: Annotated[str, SaidBy("--reference")] = field()
    start: Annotated[dt.date, SaidBy("--from")] = field()
    replications: Annotated[int, SaidBy("--replications")] = REPLICATIONS_COMPARED
    scenario: Scenario
    policies: Mapping[str, Policy]
    named: str
    policies_named: Annotated[Mapping[str, str], SaidBy("--policy")]
    overrides: Annotated[Mapping[str, str], SaidBy("--set")] = field(default_factory=dict)
    equalised: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Raise Faults."""
        file, until = self.scenario.file, self.until or self.scenario.file.end
        faults = []
        if not file.start < until <= file.end:
            allowed = f"a date after {file.start} and not after {file.end}, the scenario's end"
            faults.append(Fault("until", None, until.isoformat(), allowed))
        elif not file.start <= self.start <= until:
            allowed = f"a date from {file.start} to {until}, the last day that is run"
            faults.append(Fault("start", None, self.start.isoformat(), allowed))
        runs = self.replications * len(self.policies)
        if self.most_runs is not None and runs > self.most_runs:
            said = f"{self.replications:,} replications of {len(self.policies)} policies"
            faults.append(fault_of_runs("replications", said, self.most_runs))
        drawn = self.posterior
        if drawn is not None and self.replications > len(drawn):
            allowed = (
                f"at most {len(drawn)}, the draws of {self.scenario.id}'s posterior; or priors"
            )
            faults.append(Fault("replications", None, str(self.replications), allowed))
        if faults:
            raise Faults(faults)
        if drawn is not None:
            refuse_stale(self.scenario)
        manifest = self.manifest()
        limited(self.limits, manifest)
        chosen_outcomes(self.outcomes, manifest, "outcomes")

    @property
    def name(self) -> str:
        """What its folder is called, but for a number."""
        return f"{self.scenario.id}-compared"

    @property
    def posterior(self) -> PosteriorDraws | None:
        """The draws that runs take their quantities from, unless medians or priors are asked."""
        return None if self.fixed or self.priors else self.scenario.posterior

    @property
    def drawn_from(self) -> DrawnFrom:
        """Where the runs' quantities come from."""
        if self.fixed:
            return DrawnFrom.MEDIANS
        return DrawnFrom.PRIORS if self.posterior is None else DrawnFrom.POSTERIOR

    @property
    def run_order(self) -> tuple[str, ...]:
        """The policies as runs are numbered: by name, so that their order on a command is no matter."""
        return tuple(sorted(self.policies))

    def design(self, replications: int | None = None) -> Design:
        """Its runs; with more replications, these and new ones."""
        number = replications or self.replications
        return Design(
            self.scenario, self.run_order, number, self.seed, self.fixed, self.posterior,
            stated=self.policies,
        )  # fmt: skip

    def simulator(self) -> Simulator:
        """What does a run of it."""
        until = self.until.isoformat() if self.until else None
        kept = Kept(outcomes=SERIES, places=False, by_force=BY_FORCE)
        week = last_week(self.scenario, until)
        return Simulator(self.scenario, dict(self.policies), week, kept, self.extensions)

    def command(self) -> str:
        """The command that asks the same; it names no folder of this machine."""
        said = options_of(
            self,
            policies_named=[without_root(name) for name in self.policies_named.values()],
            replications=self.replications if self.until_halfwidth is None else None,
            extensions=named_without_root(self.extensions),
            most_runs=self.replications * len(self.policies) > MOST_RUNS,
            equal_effort=self.equal_effort and self.budget is None and self.effort_of is None,
            limits=typed(self.limits),
        )
        return shlex.join(["ebbtide", "compare", without_root(self.named), *said])

    def manifest(self) -> dict[str, Any]:
        """Enough to run it again exactly, and how its results are read unless asked otherwise."""
        told = manifest_of(
            self.scenario,
            [self.policies[name] for name in self.run_order],
            seed=self.seed,
            replications=self.replications,
            until=self.until,
            fixed=self.fixed,
            overrides=self.overrides,
            named=self.named,
            command=self.command(),
            policies_named=self.policies_named,
            study=self._statement(),
            extensions=self.extensions,
            posterior=self.posterior,
        )
        return told | {"comparison": self._reading().told()}

    def _statement(self) -> KeptStudy:
        """What a study file would say."""
        return KeptStudy(
            title="Policies compared",
            vary={},
            design=KeptDesign(kind="grid", points=1),
            others=self.drawn_from.value,
            series=KeptSeries(groups=None, outcomes=SERIES, every=1, by_force=BY_FORCE),
        )

    def _reading(self) -> KeptComparison:
        forces = self.scenario.file.forces
        said = KeptComparison(
            reference=self.reference,
            policies=tuple(self.policies),
            start=self.start.isoformat(),
            forces={name: force.name for name, force in forces.items()},
            structures=self._structures,
            updated=self._updated,
            less_than_ended={
                name: less_than_ended(policy, self.policies[self.reference], self.scenario)
                for name, policy in self._others.items()
            },
            outdone={
                name: outdone(policy, self.scenario)
                for name, policy in self._others.items()
                if self.equalised
            },
            prices=prices.stated(self.scenario, self.policies),
            record=near_record.stated(self.scenario),
            doubt=(self.posterior.doubt or None) if self.posterior is not None else None,
        )
        found = {"equal_effort": dict(self.equalised)} if self.equalised else {}
        return said.model_copy(update=found)

    @property
    def _others(self) -> dict[str, Policy]:
        """The policies beside the reference."""
        return {name: each for name, each in self.policies.items() if name != self.reference}

    @cached_property
    def _every_draw(self) -> list[Run] | None:
        """Each draw of the posterior once."""
        drawn, under = self.posterior, (self.scenario.policy.id,)
        if drawn is None:
            return None
        return list(Design(self.scenario, under, len(drawn), self.seed, posterior=drawn))

    @cached_property
    def _structures(self) -> dict[str, KeptStructure]:
        return {} if self.fixed else structures.stated(self.scenario, self._every_draw)

    @cached_property
    def _updated(self) -> dict[str, Any] | None:
        every = self._every_draw
        return None if every is None else updated.stated(self.scenario, every)


def chosen_policies(
    named: Sequence[Policy | str | Path], reference: str | None, scenario: Scenario
) -> tuple[dict[str, Policy], dict[str, str], str]:
    """The policies to be compared by id, the reference first; how they were named; the reference.

    Without a `reference` it is the scenario's own policy, which need not be among `named`. Raises Faults:
    two of one name, a reference that is not among them, nothing to compare it with.
    """
    faults: list[Fault] = []
    found: dict[str, Policy] = {}
    names: dict[str, str] = {}
    for each in named:
        try:
            policy = each if isinstance(each, Policy) else load_policy(each, scenario)
        except Faults as more:
            faults.extend(more.faults)
            continue
        if policy.id in found:
            allowed = "each once; a policy goes by the name of its file"
            faults.append(Fault("policy", None, f"{shown(policy.id)} twice", allowed))
        found[policy.id] = policy
        asked = label(policy.path) + policy.id.removeprefix(policy.path.stem)
        names[policy.id] = asked if isinstance(each, Policy) else str(each)
    if reference is None:
        reference = scenario.policy.id
    if reference == scenario.policy.id:
        found.setdefault(reference, scenario.policy)
    if faults:
        raise Faults(faults)
    if reference not in found:
        known = dict.fromkeys([*found, scenario.policy.id])
        allowed = f"one of the policies: {listed(known)}; name it among them too"
        fault = Fault("reference", None, shown(reference), allowed, nearest(reference, known))
        raise Faults([fault])
    if len(found) < 2:
        allowed = "at least one policy beside the reference"
        raise Faults([Fault("policy", None, f"{listed(found)} alone", allowed)])
    return {reference: found[reference]} | found, names, reference


def first_difference(policies: Mapping[str, Policy], reference: str) -> dt.date | None:
    """The first day on which one of the policies does something else than the reference; None: never.

    Until then all their runs are the same to the last bit.
    """
    days = [
        day
        for policy in policies.values()
        if (day := parting(policy, policies[reference])) is not None
    ]
    return min(days, default=None)
