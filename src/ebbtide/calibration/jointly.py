"""Figures that come out alone, together, or hardly ever together: arithmetic over draws of the priors.

A figure hardly any draw comes near has been ruled out unseen. Two that come out together in fewer draws
than if they had nothing to do with each other name a structure that the record contradicts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

FACTORS = (1.25, 1.5)  # of a figure, within which a run comes near it
FEWEST_EXPECTED = 5.0  # runs that two figures must share if independent, for a verdict on the pair
CONFLICT = 0.5  # of the runs expected: fewer are told as a conflict
BY_CHANCE = 0.05  # how often any of all pairs, were none at odds, may fall below its floor


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures, in how many draws both come out, and in how many if they had nothing to do."""

    names: tuple[str, str]
    together: int
    expected: float
    floor: int  # fewer than this is no chance, however many pairs are looked at


@dataclass(frozen=True)
class Jointly:
    """Of each figure, by name, which draws come near it; `each` draw may stand there several times."""

    near: Mapping[str, np.ndarray]
    each: int = 1

    def mass(self, name: str) -> float:
        """The share of draws that come near a figure."""
        return float(self.near[name].mean())

    def at_once(self, names: Collection[str]) -> np.ndarray:
        """Of these figures, how many each draw comes near."""
        none = np.zeros(len(next(iter(self.near.values()))), int)
        return np.sum([none, *(self.near[name] for name in names)], axis=0)

    def joint(self, names: Collection[str]) -> float:
        """Draws that come near all these figures at once: the mean of the times each stands there."""
        return float((self.at_once(names) == len(names)).sum()) / self.each

    def joint_error(self, names: Collection[str]) -> float:
        """The standard error of it, by how draws differ."""
        by_draw = (self.at_once(names) == len(names)).reshape(self.each, -1).mean(axis=0)
        return float(by_draw.std() * np.sqrt(by_draw.size))

    def expected(self, names: Collection[str]) -> float:
        """As many would, had the figures nothing to do with each other."""
        draws = len(next(iter(self.near.values()))) / self.each
        return draws * float(np.prod([self.mass(name) for name in names]))

    def without(self, names: Sequence[str], left_out: int) -> list[tuple[tuple[str, ...], float]]:
        """Draws that come near all but some, for each choice of so many to leave out: most first."""
        found = [
            (left, self.joint([name for name in names if name not in left]))
            for left in combinations(names, left_out)
        ]
        return sorted(found, key=lambda each: -each[1])

    def pairs(self, names: Sequence[str]) -> list[Pair]:
        """Pairs of which enough draws are expected for a verdict, those least often together first.

        Of draws that stand there once: repeats are no more evidence.
        """
        from scipy.stats import hypergeom

        every = list(combinations(names, 2))
        found = []
        for one, other in every:
            a, b = self.near[one], self.near[other]
            expected = float(a.mean() * b.mean() * len(a))
            if expected < FEWEST_EXPECTED:
                continue
            # so few would be together in this part of all reshufflings of one against the other
            floor = hypergeom.ppf(BY_CHANCE / len(every), len(a), int(a.sum()), int(b.sum()))
            found.append(Pair((one, other), int((a & b).sum()), expected, int(floor)))
        return sorted(found, key=lambda pair: pair.together / pair.expected)
