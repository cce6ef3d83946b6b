"""What is compared: outcomes of lived runs by replication and policy, and what nobody knew of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.information import different
from ebbtide.comparison.lived import LivedRuns, prices_in, values_of
from ebbtide.comparison.outcomes import HEADLINE, ComparedOutcome, outcomes_of
from ebbtide.scenario import Fault, Faults, arguments
from ebbtide.scenario.faults import listed
from ebbtide.study.drawn_from import DrawnFrom

if TYPE_CHECKING:
    from ebbtide.study.results import Results


@dataclass(frozen=True, repr=False)
class ComparedRuns:
    """Outcomes of runs under several policies that share draws and random numbers.

    `values` holds each outcome as an array by replication and policy, in the order of `policies`, whose
    first is the reference. Outcomes are counted from the week on that holds `start`.
    """

    lived: LivedRuns
    start: dt.date
    outcomes: Mapping[str, ComparedOutcome]
    values: Mapping[str, np.ndarray]
    published: Mapping[str, np.ndarray] = field(default_factory=dict)  # see `with_bank`
    limits: Mapping[str, float] = field(default_factory=dict)  # that were stated, by outcome
    bank: str | None = None  # as a command names its folder

    @property
    def results(self) -> Results:
        """The results folder, opened."""
        return self.lived.results

    @property
    def policies(self) -> tuple[str, ...]:
        """The policies by name, the reference first."""
        return self.lived.policies

    @property
    def reference(self) -> str:
        """The policy that all others are compared with."""
        return self.policies[0]

    @property
    def ranked(self) -> list[str]:
        """The outcomes of which one way is better, and that some replication has under every policy."""
        return [
            name
            for name, each in self.outcomes.items()
            if each.better is not None and len(self.told(name))
        ]

    @cached_property
    def effort(self) -> np.ndarray | None:
        """What own acts cost beyond the reference, in effort-weeks by replication and policy.

        Of the weeks counted, whatever outcomes are asked for; None where a lever has no price.
        """
        return self.effort_beyond(EffortOf.OWN)

    def effort_beyond(self, of: EffortOf) -> np.ndarray | None:
        """The same by one of both accounts of effort."""
        if of.outcome in self.values:
            found = self.values[of.outcome]
        else:
            known = outcomes_of(self.results.manifest)
            if of.outcome not in known:
                return None
            asked = {of.outcome: known[of.outcome]}
            found = values_of(self.lived, asked, self.start)[of.outcome]
        beyond: np.ndarray = found - found[:, :1]
        return beyond

    @property
    def drawn_from_posterior(self) -> bool:
        """Whether the runs' quantities come from the scenario's posterior."""
        return bool(self.results.manifest["study"]["others"] == DrawnFrom.POSTERIOR)

    @property
    def structural(self) -> Mapping[str, Mapping[str, Any]]:
        """The rival views of structure that the scenario states, as the manifest keeps them."""
        told: Mapping[str, Mapping[str, Any]] = self.results.manifest["comparison"].get(
            "structures", {}
        )
        return told

    def told(self, name: str) -> np.ndarray:
        """An outcome by replication and policy, where every policy has it."""
        kept: np.ndarray = self.values[name][self._complete(name)]
        return kept

    def losses(self, name: str) -> np.ndarray:
        """The same turned so that less is better. Raises Faults where neither way is."""
        return self.outcomes[name].loss * self.told(name)

    def quantities(self, *names: str) -> dict[str, np.ndarray]:
        """What nobody knows, by path and replication, of those that have these outcomes.

        With it the drawn prices by which one of them differs between policies (of an effort alone).
        """
        complete = self._complete(*names)
        runs = self.lived.runs
        found = {}
        for path in self.results.manifest["uncertainties"]:
            if path in runs:
                by_policy = runs[path].to_numpy(float).reshape(-1, len(self.policies))
                # A policy need not have an act of another.
                has_it = ~np.isnan(by_policy).all(axis=0)
                found[path] = by_policy[:, has_it.argmax()][complete]
        for name in names:
            priced = prices_in(self.lived, self.outcomes[name], self.start)
            found |= {path: each[complete] for path, each in priced.items()}
        return found

    def varying(self, outcome: str) -> dict[str, np.ndarray]:
        """The uncertain quantities that vary, by path and replication, of those that have this outcome.

        Of quantities that move as one, such as those of one path through time, the first stands for all.
        """
        return different(self.quantities(outcome))

    def _complete(self, *names: str) -> np.ndarray:
        """Which replications have these outcomes under every policy."""
        found = [~np.isnan(self.values[name]).any(axis=1) for name in names]
        complete: np.ndarray = np.all(found, axis=0)
        return complete

    def _names(self, outcome: str | None) -> list[str]:
        """One outcome, or all that rank policies. Raises Faults."""
        if outcome is None:
            if not self.ranked:
                allowed = f"some of which one way is better, such as {HEADLINE}"
                raise Faults([Fault("outcomes", None, listed(self.outcomes), allowed)])
            return self.ranked
        arguments.known(outcome, self.outcomes, "outcome", None)
        return [outcome]

    def _together(self, outcomes: Iterable[str]) -> dict[str, np.ndarray]:
        """Losses of several outcomes, of the replications that have them all. Raises Faults."""
        names = [name for each in outcomes for name in self._names(each)]
        complete = self._complete(*names)
        return {name: self.outcomes[name].loss * self.values[name][complete] for name in names}

    def _keeps(self, limits: Mapping[str, float]) -> dict[str, np.ndarray]:
        """Whether a policy keeps each of the limits, by replication and policy. Raises Faults."""
        for name, most in limits.items():
            number = isinstance(most, Real) and not isinstance(most, bool)
            arguments.must(number, "limits", str(name), most, "a number, the most that is kept to")
        losses = self._together(limits) if limits else {}
        return {
            name: each <= self.outcomes[name].loss * limits[name] for name, each in losses.items()
        }
