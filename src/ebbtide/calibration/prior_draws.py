"""Draws of the priors, from a bank of runs, held against what publishers said: no run is lived again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.calibration.jointly import Jointly
from ebbtide.calibration.nearest import would_be_said
from ebbtide.calibration.posterior import SEED
from ebbtide.evidence.casualties import Casualties
from ebbtide.evidence.killed_part import KilledPart
from ebbtide.evidence.losses import Losses
from ebbtide.scenario import Fault, Faults

if TYPE_CHECKING:
    from ebbtide.calibration.posterior import Posterior
    from ebbtide.evidence.statement import Seen, Statement

PUBLICATIONS = 20  # of each run, so that counts of few draws hang less on how publishers erred
ROUNDED = 6  # digits, so that a whole number on the edge of a factor comes whole out of its log
HEAVY_TAILED = (Casualties, Losses)  # counts of people in few attacks: which of them fell is luck


def of_priors(posterior: Posterior) -> Posterior:
    """The runs of a bank that its priors drew: rounds before the first that followed the record.

    Raises Faults where there are none.
    """
    bank, runs = posterior.bank, posterior.runs
    rounds = tuple(takewhile(lambda each: not each[1].moved, bank.rounds))
    drawn = runs[runs["run"] < sum(number for number, _ in rounds)]
    if drawn.empty:
        found, allowed = "no run that the priors drew", "a bank whose first round is of the priors"
        raise Faults([Fault("--bank", None, found, allowed)])
    return replace(posterior, bank=replace(bank, rounds=rounds), runs=drawn.reset_index(drop=True))


@dataclass(frozen=True)
class PriorDraws:
    """What a bank's priors say of its statements, in two ways.

    `own` is the run's number itself; `said` is what would be said of it, publishers' errors and unknowns
    drawn from their priors.
    """

    posterior: Posterior  # of runs that the priors drew, and no others

    @cached_property
    def own(self) -> Seen:
        """The runs' own numbers, by the statement's name."""
        return {
            each.name: own_number(each, self.posterior.seen) for each in self.posterior.statements
        }

    @cached_property
    def said(self) -> Seen:
        """What would be said of the runs, by the statement's name: all runs, once a publication."""
        statements, seen = self.posterior.statements, self.posterior.seen
        logs = np.vstack([would_be_said(statements, seen, SEED + n) for n in range(PUBLICATIONS)])
        said = np.round(np.expm1(logs), ROUNDED)
        return dict(zip(names(statements), said.T, strict=True))

    @cached_property
    def said_once(self) -> Seen:
        """The first publication of each run."""
        runs = len(self.posterior.runs)
        return {name: said[:runs] for name, said in self.said.items()}

    def near(self, numbers: Seen, factor: float) -> Jointly:
        """Which runs come within a factor of what was said, statement by statement."""
        return Jointly(
            {
                each.name: (numbers[each.name] >= each.low / factor)
                & (numbers[each.name] <= each.high * factor)
                for each in self.posterior.statements
            },
            each=len(next(iter(numbers.values()))) // len(self.posterior.runs),
        )

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """By the statement's name its words, where no other has the same."""
        words = Counter(each.words for each in self.posterior.statements)
        return {
            each.name: each.words if words[each.words] == 1 else each.name
            for each in self.posterior.statements
        }

    @property
    def fitted(self) -> list[Statement]:
        """What is not held back."""
        return [each for each in self.posterior.statements if not each.held_back]

    @property
    def steady(self) -> list[Statement]:
        """What is neither held back nor a count of people in few attacks."""
        return [each for each in self.fitted if not isinstance(each, HEAVY_TAILED)]

    @property
    def counts(self) -> list[Statement]:
        """Of these the first and the last of each thing that is counted, parts of a count aside.

        A publisher who says the same again in between adds nothing that could not be had from both.
        """
        things: dict[tuple[object, ...], list[Statement]] = {}
        for each in self.steady:
            if each.counts is not None:
                things.setdefault(each.thing, []).append(each)
        ends = [sorted(of, key=lambda each: (each.known, each.last)) for of in things.values()]
        return [each for of in ends for each in (of[:1] + of[1:][-1:])]

    @property
    def counts_and_civilians(self) -> list[Statement]:
        """The same, and the counts of civilians harmed."""
        return self.counts + [each for each in self.fitted if isinstance(each, Casualties)]


def own_number(statement: Statement, seen: Seen) -> np.ndarray:
    """The number of each run that a publisher counts, before he errs.

    Of a part of what was counted as many as the run's share makes of the whole that was told (not known
    without any). What a bank keeps as a distribution is drawn from it.
    """
    if isinstance(statement, KilledPart):
        here, everywhere = (seen[name] for name in statement.kept)
        with np.errstate(invalid="ignore"):
            return np.where(everywhere > 0.0, statement.whole * here / everywhere, np.nan)
    if statement.name in seen:
        return seen[statement.name]
    unbiased = np.ones(len(next(iter(seen.values()))))
    random = np.random.default_rng([SEED, 3, *statement.name.encode()])
    return statement.said(seen, unbiased, random)


def names(statements: Sequence[Statement]) -> list[str]:
    """By which numbers of statements are kept."""
    return [each.name for each in statements]
