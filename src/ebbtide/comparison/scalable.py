"""What a policy adds, as a size: strengths that one factor scales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.policy_from import added

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario

DIGITS = 4  # of a strength


@dataclass(frozen=True, slots=True)
class Scalable:
    """A policy by what it adds: strengths by act, of which a factor makes others."""

    policy: Policy
    strengths: Mapping[str, float]

    @classmethod
    def of(cls, policy: Policy, scenario: Scenario) -> Scalable | None:
        """What a policy adds whose strength can be another; None where that is nothing."""
        acts = {act: policy.file.acts[act] for act in added(policy, scenario)}
        strengths = {
            act: said.strength.median
            for act, said in acts.items()
            if not LEVERS[said.kind].all_or_nothing and said.strength.median > 0
        }
        return cls(policy, strengths) if strengths else None

    @property
    def most(self) -> float:
        """The factor at which the strongest is 1."""
        return 1 / max(self.strengths.values())

    def at(self, factor: float) -> dict[str, float]:
        """The strengths at a factor, none above 1."""
        return {
            name: min(1.0, round(factor * strength, DIGITS))
            for name, strength in self.strengths.items()
        }

    def scaled(self, factor: float) -> Policy:
        """The policy at a factor."""
        return self.policy.with_overrides(
            {f"acts.{name}.strength": strength for name, strength in self.at(factor).items()}
        )
