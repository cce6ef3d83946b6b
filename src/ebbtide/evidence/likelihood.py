"""How likely all that was published is, given each run: unknowns that statements share integrated out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from ebbtide.evidence.statement import Seen, Statement


@dataclass(frozen=True)
class Likelihood:
    """Statements that are held against runs."""

    statements: tuple[Statement, ...]

    @classmethod
    def of(
        cls,
        statements: Iterable[Statement],
        *,
        as_of: dt.date | None = None,
        without: Collection[str] = (),
    ) -> Likelihood:
        """Those that may be fitted, known by a day, and of none of the publishers `without`."""
        return cls(
            tuple(
                each
                for each in statements
                if not each.held_back
                and (as_of is None or each.known <= as_of)
                and each.publisher not in without
            )
        )

    def by_unknown(self) -> dict[str, list[Statement]]:
        """The statements by what they share, in the order in which it first comes up."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            found[statement.unknown.name].append(statement)
        return dict(found)

    def of_each(self, seen: Seen) -> dict[str, np.ndarray]:
        """The log-likelihood by unknown: a number a run; their sum is that of all."""
        return {
            name: logsumexp(self._at_nodes(shared, seen), axis=1)
            for name, shared in self.by_unknown().items()
        }

    def of_runs(self, seen: Seen) -> np.ndarray:
        """The log-likelihood of all statements together: a number a run."""
        return np.sum([*self.of_each(seen).values()], axis=0)

    def nodes_given(self, name: str, seen: Seen) -> np.ndarray:
        """How likely each node of an unknown is given the runs and what was said: runs × nodes."""
        at_nodes = self._at_nodes(self.by_unknown()[name], seen)
        return np.asarray(np.exp(at_nodes - logsumexp(at_nodes, axis=1, keepdims=True)))

    def _at_nodes(self, shared: list[Statement], seen: Seen) -> np.ndarray:
        unknown = shared[0].unknown
        found = np.sum([each.log_likelihood(seen, unknown.nodes) for each in shared], axis=0)
        return np.asarray(unknown.log_weights + found)
