"""What `run` is asked, on the command line or in Python, and the study of one point made of it."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from ebbtide.extensions import NO_EXTENSIONS, Extensions
from ebbtide.scenario import Fault, Faults, Policy, Scenario, load
from ebbtide.scenario.document import read_value
from ebbtide.scenario.library import chosen_policy
from ebbtide.scenario.policy import parted
from ebbtide.scenario.posterior import PosteriorDraws
from ebbtide.study.design import MOST_RUNS, Design, fault_of_runs
from ebbtide.study.extended import named_without_root
from ebbtide.study.manifest import manifest_of, without_root
from ebbtide.study.posterior import refuse_stale
from ebbtide.study.simulate import Simulator, last_week

UNTIL, REPLICATIONS = "until", "replications"  # stand for the file's name in their faults


@dataclass(frozen=True, slots=True)
class SaidBy:
    """Of a field of what is asked: the option by which a command says it."""

    option: str


def options_by_field(kind: type) -> dict[str, str]:
    """The options by which a command says what a class of what is asked holds, by field."""
    return {
        name: said.option
        for name, hint in get_type_hints(kind, include_extras=True).items()
        for said in getattr(hint, "__metadata__", ())
        if isinstance(said, SaidBy)
    }


def options_of(asked: Any, **otherwise: object) -> list[str]:
    """The options of a command that asks for the same; some fields are said `otherwise`."""
    return options(
        {
            option: otherwise[name] if name in otherwise else getattr(asked, name)
            for name, option in options_by_field(type(asked)).items()
        }
    )


def options(said: Mapping[str, object]) -> list[str]:
    """Options as they are typed.

    What is several is repeated, of a mapping as `key=value`; None and False are left out.
    """
    return [
        name if value is True else f"{name}={value}"
        for name, values in said.items()
        for value in _each(values)
        if value is not None and value is not False
    ]


def _each(values: object) -> list[object]:
    """The values of an option, one by one."""
    if isinstance(values, Mapping):
        return [f"{key}={value}" for key, value in values.items()]
    return list(values) if isinstance(values, list | tuple) else [values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Everything that decides the runs: scenario and policy as they were named, and the options.

    `overrides` are values by dotted path as text, of the scenario and (`policy.acts...`) of the policy.
    """

    scenario: str
    policy: Annotated[str | None, SaidBy("--policy")]
    replications: Annotated[int, SaidBy("--replications")]
    seed: Annotated[int, SaidBy("--seed")]
    until: Annotated[dt.date | None, SaidBy("--until")]
    overrides: Annotated[Mapping[str, str], SaidBy("--set")]
    fixed: Annotated[bool, SaidBy("--fixed")]
    priors: Annotated[bool, SaidBy("--priors")] = False
    weekly_places: Annotated[bool, SaidBy("--weekly-places")] = False
    extensions: Annotated[Extensions, SaidBy("--with")] = NO_EXTENSIONS
    most_runs: Annotated[int | None, SaidBy("--yes")] = MOST_RUNS

    def command(self) -> str:
        """The command that asks for the same; it names no folder of this machine."""
        said = options_of(
            self,
            policy=without_root(self.policy) if self.policy else None,
            extensions=named_without_root(self.extensions),
            most_runs=self.replications > MOST_RUNS,
        )
        return shlex.join(["ebbtide", "run", without_root(self.scenario), *said])


@dataclass(frozen=True)
class Planned:
    """What is asked, loaded and checked: nothing has been run yet, and nothing written."""

    asked: Asked
    scenario: Scenario
    policy: Policy

    def __post_init__(self) -> None:
        """Raise Faults for a last day outside the scenario, and for more runs than are allowed."""
        start, end, until = self.scenario.file.start, self.scenario.file.end, self.asked.until
        if until is not None and not start < until <= end:
            allowed = f"a date after {start} and not after {end}, the scenario's end"
            raise Faults([Fault(UNTIL, None, until.isoformat(), allowed)])
        runs, most = self.asked.replications, self.asked.most_runs
        if most is not None and runs > most:
            raise Faults([fault_of_runs(REPLICATIONS, f"{runs:,} runs", most)])
        drawn = self.posterior
        if drawn is not None:
            refuse_stale(self.scenario)
        if drawn is not None and self.asked.replications > len(drawn):
            found = f"{self.asked.replications} replications"
            allowed = (
                f"at most {len(drawn)}, the draws of {self.scenario.id}'s posterior; or --priors"
            )
            raise Faults([Fault(REPLICATIONS, None, found, allowed)])

    @property
    def posterior(self) -> PosteriorDraws | None:
        """The draws that runs take their quantities from, unless medians or priors are asked."""
        return None if self.asked.fixed or self.asked.priors else self.scenario.posterior

    @classmethod
    def of(cls, asked: Asked) -> Planned:
        """Load what is asked. Raises Faults."""
        read = {path: read_value(text) for path, text in asked.overrides.items()}
        of_scenario, of_policy = parted(read)
        scenario = load(asked.scenario, of_scenario)
        return cls(asked, scenario, chosen_policy(asked.policy, scenario, of_policy))

    @property
    def name(self) -> str:
        """What its folder is called, but for a number."""
        return f"{self.scenario.id}-{self.policy.id}"

    @property
    def manifest(self) -> dict[str, Any]:
        """Enough to run it again exactly."""
        asked = self.asked
        return manifest_of(
            self.scenario,
            [self.policy],
            seed=asked.seed,
            replications=asked.replications,
            until=asked.until,
            fixed=asked.fixed,
            overrides=asked.overrides,
            named=asked.scenario,
            command=asked.command(),
            policies_named={self.policy.id: asked.policy} if asked.policy else None,
            weekly_places=asked.weekly_places,
            extensions=asked.extensions,
            posterior=self.posterior,
        )

    @property
    def design(self) -> Design:
        """The runs."""
        asked = self.asked
        return Design(
            self.scenario, (self.policy.id,), asked.replications, asked.seed, asked.fixed,
            self.posterior, stated={self.policy.id: self.policy},
        )  # fmt: skip

    @property
    def simulator(self) -> Simulator:
        """What does a run."""
        from ebbtide.study.simulate import Kept

        until = self.asked.until
        week = last_week(self.scenario, until.isoformat() if until else None)
        policies = {self.policy.id: self.policy}
        kept = Kept(weekly_places=self.asked.weekly_places)
        return Simulator(self.scenario, policies, week, kept, extensions=self.asked.extensions)
