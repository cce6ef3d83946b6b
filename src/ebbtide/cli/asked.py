"""What `ebbtide run` is asked, as it was typed, and the study of one point that it makes of it."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ebbtide.cli.conducting import options
from ebbtide.cli.loading import check_horizon, loaded

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Design
    from ebbtide.study.simulate import Simulator


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Everything that decides the runs: scenario and policy as they were named, and the options."""

    scenario: str
    policy: str | None
    replications: int
    seed: int
    until: dt.date | None
    overrides: Mapping[str, str]
    fixed: bool
    weekly_places: bool = False

    def command(self, *more: str) -> list[str]:
        """The command that asks for the same."""
        return self._command(self.scenario, self.policy, *more)

    def command_without_root(self) -> str:
        """The same for a manifest, which names no folder of this machine."""
        from ebbtide.study.manifest import without_root

        policy = without_root(self.policy) if self.policy else None
        return shlex.join(self._command(without_root(self.scenario), policy))

    def _command(self, scenario: str, policy: str | None, *more: str) -> list[str]:
        what = {
            "--replications": self.replications,
            "--seed": self.seed,
            "--policy": policy,
            "--set": [f"{key}={value}" for key, value in self.overrides.items()],
            "--until": self.until,
            "--fixed": self.fixed,
            "--weekly-places": self.weekly_places,
        }
        return ["ebbtide", "run", scenario, *options(what), *more]


@dataclass(frozen=True)
class Planned:
    """What is asked, loaded and checked: nothing has been run yet, and nothing written."""

    asked: Asked
    scenario: Scenario
    policy: Policy

    @classmethod
    def of(cls, asked: Asked) -> Planned:
        """Load what is asked. Raises Faults."""
        from ebbtide.scenario import load_policy

        scenario = loaded(asked.scenario, asked.overrides)
        if asked.until is not None:
            check_horizon(scenario, asked.until)
        policy = load_policy(asked.policy, scenario) if asked.policy else scenario.policy
        return cls(asked, scenario, policy)

    @property
    def name(self) -> str:
        """What its folder is called, but for a number."""
        return f"{self.scenario.id}-{self.policy.id}"

    @property
    def manifest(self) -> dict[str, Any]:
        """Enough to run it again exactly."""
        from ebbtide.study.manifest import manifest_of

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
            command=asked.command_without_root(),
            policies_named={self.policy.id: asked.policy} if asked.policy else None,
            weekly_places=asked.weekly_places,
        )

    @property
    def design(self) -> Design:
        """The runs."""
        from ebbtide.study.design import Design

        asked = self.asked
        return Design(self.scenario, (self.policy.id,), asked.replications, asked.seed, asked.fixed)

    @property
    def simulator(self) -> Simulator:
        """What does a run."""
        from ebbtide.study.simulate import Kept, Simulator, last_week

        until = self.asked.until
        week = last_week(self.scenario, until.isoformat() if until else None)
        kept = Kept(weekly_places=self.asked.weekly_places)
        return Simulator(self.scenario, {self.policy.id: self.policy}, week, kept)
