"""A design: which runs a study consists of, with what seed and what reading of the unknown.

Policies and points are paired: replication r has the same seed and the same draw of every
uncertain quantity under all of them, so that a difference between two runs is their doing.
A draw is keyed by base seed, replication and path, never taken from a stream: one more
uncertainty, policy or replication leaves all other draws as they were. Priors of a table that
shares one draw stand at one quantile, keyed by the table's path.
"""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, overload

from ebbtide.scenario.faults import Fault, counted

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.scenario.posterior import PosteriorDraw, PosteriorDraws
    from ebbtide.scenario.quantity import Quantity

MOST_RUNS = 20_000  # of one command, unless more are allowed: they are a slip as likely as a wish
_DRAW_BITS = 53
Value = float | int | bool | str | dt.date


@dataclass(frozen=True, slots=True)
class Run:
    """One run: a policy, a seed (64 bits), and what is set by dotted path.

    `values` holds uncertain quantities and varied ones; a path that begins with `policy.` is one
    of the policy's (`policy.acts.strikes.start`), every other one of the scenario's.
    """

    run: int
    policy: str
    replication: int
    seed: int
    values: Mapping[str, Value] = field(default_factory=dict)


def seed_of(base_seed: int, replication: int) -> int:
    """The 64-bit seed of a replication."""
    return int.from_bytes(_digest(f"seed/{base_seed}/{replication}"), "big")


def probability_of(base_seed: int, replication: int, path: str) -> float:
    """Where in its prior a quantity stands in a replication; above 0 and below 1."""
    bits = int.from_bytes(_digest(f"draw/{base_seed}/{replication}/{path}"), "big") >> (
        64 - _DRAW_BITS
    )
    return (bits + 0.5) / 2.0**_DRAW_BITS


def _digest(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=8).digest()


class Runs(Sequence[Run]):
    """Runs by their numbers, from 0 on: made when asked for, they take no memory."""

    @abstractmethod
    def made(self, run: int) -> Run:
        """The run of a number that there is."""

    @overload
    def __getitem__(self, run: int) -> Run: ...

    @overload
    def __getitem__(self, run: slice) -> list[Run]: ...

    def __getitem__(self, run: int | slice) -> Run | list[Run]:
        if isinstance(run, slice):
            return [self.made(index) for index in range(*run.indices(len(self)))]
        if not 0 <= run < len(self):
            raise IndexError(run)
        return self.made(run)

    def __iter__(self) -> Iterator[Run]:
        return map(self.made, range(len(self)))


@dataclass(frozen=True)
class Design(Runs):
    """Replications × points × policies.

    A point sets varied paths. All other uncertain quantities are drawn, the same at every point
    of a replication: from a `posterior`, as whole runs, else from their priors; with `fixed` they stand
    at their priors' medians; with `points_alone` the runs do not name them, which leaves them at their
    medians too.
    """

    scenario: Scenario
    policies: tuple[str, ...]  # ids
    replications: int
    base_seed: int
    fixed: bool = False
    posterior: PosteriorDraws | None = None
    points: Sequence[Mapping[str, Value]] = ({},)
    points_alone: bool = False
    stated: Mapping[str, Policy] = field(default_factory=dict)  # by id; else the scenario's own

    def __len__(self) -> int:
        return len(self.policies) * len(self.points) * self.replications

    def made(self, run: int) -> Run:
        """Policies alternate first, then points, then replications."""
        before, policy = divmod(run, len(self.policies))
        replication, point = divmod(before, len(self.points))
        base_seed, number = self._key(replication)
        return Run(
            run=run,
            policy=self.policies[policy],
            replication=replication,
            seed=seed_of(base_seed, number),
            values=self._values(replication, self.policies[policy]) | dict(self.points[point]),
        )

    def _drawn(self, replication: int) -> PosteriorDraw | None:
        """The posterior's draw that a replication is; another base seed takes them in another order."""
        if self.posterior is None or self.fixed or self.points_alone:
            return None
        return self.posterior.draws[self._order[replication]]

    @cached_property
    def _order(self) -> Sequence[int]:
        import numpy as np

        known = len(self.posterior or ())
        found: list[int] = np.random.default_rng(self.base_seed).permutation(known).tolist()
        return found

    def _key(self, replication: int) -> tuple[int, int]:
        """What random numbers and draws of priors are keyed by."""
        drawn = self._drawn(replication)
        return (self.base_seed, replication) if drawn is None else (drawn.base_seed, drawn.run)

    def _values(self, replication: int, policy: str) -> dict[str, Value]:
        if self.points_alone:
            return {}
        uncertain = self.scenario.uncertain_under(self.stated.get(policy))
        if self.fixed:
            return {path: quantity.median for path, quantity in uncertain.items()}
        key, drawn = self._key(replication), self._drawn(replication)
        known = {} if drawn is None else self._taken(drawn, uncertain)
        return {
            path: known[path] if path in known
            else quantity.quantile(probability_of(*key, self.scenario.draw_of(path)))
            for path, quantity in uncertain.items()
        }  # fmt: skip

    def _taken(self, drawn: PosteriorDraw, uncertain: Mapping[str, Quantity]) -> dict[str, float]:
        """What a draw says of quantities; a policy that states another prior is not what it was of."""
        of_record = self.scenario.uncertain_under()
        return {
            path: value for path, value in drawn.values.items()
            if path in uncertain and path in of_record and uncertain[path].says_the_same(of_record[path])
        }  # fmt: skip


def fault_of_runs(of: str, found: str, most: int) -> Fault:
    """That more runs are asked than are allowed without a word."""
    allowed = f"at most {counted(most, 'run')}; --yes allows more, in Python most_runs"
    return Fault(of, None, found, allowed)
