"""When a claim counts as met. Written down before the model was looked at; not to be tuned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ebbtide.study.precision import interval
from ebbtide.study.spread import spread

if TYPE_CHECKING:
    import numpy as np

    from ebbtide.world.sign import Sign

FACTOR = 2.0  # a median may miss a dated figure by so much
SIGN = 0.9  # probability that a sign must have
LEAST_EFFECT = 0.05  # of the outcome: a mechanism that moves less of it is idle


class Verdict(StrEnum):
    """What a test, or a claim, comes to."""

    MET = "met"
    IMPOSED = "met, but imposed by inputs"  # the sign lies in dated or chosen inputs
    CLOSE = "too close to say"  # a share of runs whose sampling error spans what is asked
    IDLE = "idle"  # a mechanism that moves too little of its outcome, whatever the sign
    NOT_YET = "not yet"
    OPEN = "cannot be judged"
    STATED = "stated"  # a forecast: nothing to judge inside the cut


class Null(StrEnum):
    """What the null model makes of a test."""

    FITTED = "fitted to it"
    MEETS = "meets"
    FAILS = "does not"
    SILENT = "has no answer"


@dataclass(frozen=True, slots=True)
class Range:
    """Median and central interval over replications."""

    median: float
    low: float
    high: float
    some: str = ""  # in how many runs, where some have no answer

    @classmethod
    def of(cls, values: Sequence[float] | np.ndarray) -> Range:
        """Runs without an answer (NaN) are left out, and counted; NaN if none has one."""
        import numpy as np

        every = np.asarray(values, float)
        known = every[~np.isnan(every)]
        if known.size == 0:
            return cls(math.nan, math.nan, math.nan)
        from ebbtide.study.tally import in_some

        return cls(**spread(known), some=in_some(known.size, every.size))


def near(value: float, low: float, high: float, factor: float = FACTOR) -> bool:
    """Whether a value is within a factor of a figure given as an interval."""
    return bool(low / factor <= value <= high * factor)


def agrees(found: Range, low: float, high: float, factor: float | None = FACTOR) -> Verdict:
    """A dated figure (low to high): inside the central range, and the median within the factor.

    Without a factor the range alone decides.
    """
    if math.isnan(found.median):
        return Verdict.OPEN
    inside = found.low <= high and low <= found.high
    close = factor is None or near(found.median, low, high, factor)
    return Verdict.MET if inside and close else Verdict.NOT_YET


def share_interval(signs: Sequence[bool] | np.ndarray) -> tuple[float, float]:
    """The share of runs in which a sign holds: Wilson's 95% interval."""
    import numpy as np
    from scipy.stats import binomtest

    found = binomtest(int(np.sum(signs)), len(signs)).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def holds(signs: Sequence[bool] | np.ndarray) -> Verdict:
    """A sign: true in nine replications of ten, beyond the doubt of so many runs."""
    if len(signs) == 0:
        return Verdict.OPEN
    low, high = share_interval(signs)
    if low >= SIGN:
        return Verdict.MET
    return Verdict.NOT_YET if high < SIGN else Verdict.CLOSE


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number told of all draws, with its 95% interval; infinite ends where draws are too few."""

    value: float
    low: float
    high: float

    @classmethod
    def median_of(cls, values: Sequence[float] | np.ndarray) -> Estimate:
        """The median, between order statistics by the binomial law (Conover 1999, from memory).

        It lies on one side of zero where more than half of all draws do, beyond the doubt of so many:
        what the sign test asks (`ebbtide.study.precision`).
        """
        import numpy as np

        return cls(*interval(np.asarray(values, float), "median"))


def relative_differences(
    with_it: Sequence[float] | np.ndarray, without: Sequence[float] | np.ndarray
) -> np.ndarray:
    """With less without, pair by pair, as a share of the larger of the two in size.

    `(with - without) / max(|with|, |without|)`; nothing where both are nothing. What is there only with
    the mechanism is +1, only without it -1, and twice as much with it as without +1/2; between -2 and 2
    where an outcome, itself a difference, changes its sign. Which of the two stands where changes only
    the sign, and neither can divide by nearly nothing.

    Any symmetric indicator of relative change is a rising function of the ratio (Törnqvist, Vartia and
    Vartia 1985), so that all of them agree on a median's sign. This one bears zeros, which the logarithm
    of the ratio does not, and reads as a share of the outcome.
    """
    import numpy as np

    one, other = np.asarray(with_it, float), np.asarray(without, float)
    larger = np.maximum(np.abs(one), np.abs(other))
    found: np.ndarray = np.divide(one - other, larger, out=np.zeros_like(larger), where=larger > 0)
    return found


@dataclass(frozen=True, slots=True)
class Effect:
    """What a mechanism does to an outcome: the median over draws of each pair's relative difference.

    A pair is a draw of the priors, lived with the mechanism and without (`relative_differences`): 0.05
    is a twentieth of the outcome, also of one that is a share itself, not five points. Every draw counts
    alike. A mean of differences would be told by the few draws in which the group is largest, since the
    priors let it differ a hundredfold: with a heavy tail it estimates those draws' noise, and its
    interval takes a normal distribution for granted. So a mechanism counts by what it does in the middle
    draw, and one that does much in a few draws alone is idle; `more` and `less` tell how many those are.
    """

    median: float
    low: float  # 95% interval of the median
    high: float
    more: float  # share of pairs with more of the outcome with the mechanism
    less: float
    pairs: int  # those in which both runs have an answer

    @classmethod
    def of(
        cls, with_it: Sequence[float] | np.ndarray, without: Sequence[float] | np.ndarray
    ) -> Effect:
        """Of two worlds, run by run; pairs in which a run has no answer (NaN) are left out."""
        import numpy as np

        found = np.column_stack([np.asarray(with_it, float), np.asarray(without, float)])
        found = found[~np.isnan(found).any(axis=1)]
        each = relative_differences(found[:, 0], found[:, 1])
        middle = Estimate.median_of(each) if len(each) else None
        if middle is None or math.isinf(middle.low):
            return cls(math.nan, math.nan, math.nan, math.nan, math.nan, len(each))
        more, less = float((each > 0).mean()), float((each < 0).mean())
        return cls(middle.value, middle.low, middle.high, more, less, len(each))

    def towards(self, sign: Sign) -> float:
        """The share of pairs on the side asked; pairs without any difference are on neither."""
        return self.more if sign == "more" else self.less

    def verdict(self, sign: Sign) -> Verdict:
        """Whether the outcome is more (or less) with the mechanism by a size worth a sentence."""
        if math.isnan(self.median):
            return Verdict.OPEN
        if abs(self.median) < LEAST_EFFECT:
            return Verdict.IDLE
        beyond_zero = self.low > 0 if sign == "more" else self.high < 0
        return Verdict.MET if beyond_zero else Verdict.NOT_YET

    def __str__(self) -> str:
        if math.isnan(self.median):
            return "too few pairs have an answer"
        median, low, high = (round(100 * share) for share in (self.median, self.low, self.high))
        return f"{median:+d}% ({low:+d} to {high:+d})"


WORST_FIRST = (
    Verdict.NOT_YET, Verdict.IDLE, Verdict.CLOSE, Verdict.OPEN, Verdict.IMPOSED, Verdict.MET,
)  # fmt: skip


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several tests of one claim: the worst."""
    for worst in WORST_FIRST:
        if worst in verdicts:
            return worst
    return Verdict.STATED
