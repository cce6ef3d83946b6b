"""How the share of the killed that fell outside a part of the area changes from one period to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.evidence.killed_part import KilledPart

if TYPE_CHECKING:
    from ebbtide.evidence.statement import Seen, Statement


@dataclass(frozen=True)
class Elsewhere:
    """Two statements of the same, of one period and the next."""

    before: KilledPart
    after: KilledPart

    @property
    def told(self) -> tuple[float, float]:
        """The shares outside, as they were told."""
        return _share(self.before, self.before.middle), _share(self.after, self.after.middle)

    def of_runs(self, numbers: Seen) -> tuple[np.ndarray, np.ndarray]:
        """The shares outside in runs whose number inside, of the whole that was told, is known."""
        return (
            _share(self.before, numbers[self.before.name]),
            _share(self.after, numbers[self.after.name]),
        )

    def near(self, numbers: Seen, factor: float) -> tuple[np.ndarray, np.ndarray]:
        """Which runs come within a factor of the share that was told, in either period."""
        before, after = (
            (of_run >= told / factor) & (of_run <= told * factor)
            for of_run, told in zip(self.of_runs(numbers), self.told, strict=True)
        )
        return before, after

    def way_gone(self, numbers: Seen) -> np.ndarray:
        """How far each run goes the way that was told, in logs: 1 all of it, under 0 the other way.

        Minus infinity where the share is unknown in either period, or nothing can have fallen.
        """
        told_before, told_after = self.told
        before, after = self.of_runs(numbers)
        with np.errstate(divide="ignore", invalid="ignore"):
            gone = np.log(after / before) / np.log(told_after / told_before)
        return np.where(np.isnan(gone), -np.inf, gone)


def changes_elsewhere(statements: Sequence[Statement]) -> Iterator[Elsewhere]:
    """Of all that is told of parts of the killed: each period beside the next of the same thing."""
    things: dict[tuple[object, ...], list[KilledPart]] = {}
    for each in statements:
        if isinstance(each, KilledPart):
            things.setdefault(each.thing, []).append(each)
    for same in things.values():
        for before, after in pairwise(sorted(same, key=lambda each: each.last)):
            told = Elsewhere(before, after).told
            if min(told) > 0.0 and told[0] != told[1]:
                yield Elsewhere(before, after)


def _share[Number: (float, np.ndarray)](statement: KilledPart, inside: Number) -> Number:
    return 1.0 - inside / statement.whole
