"""When a claim counts as met. Written down before the model was looked at; not to be tuned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np

FACTOR = 2.0  # a median may miss a dated figure by so much
SIGN = 0.9  # probability that a sign must have
LEVEL = 0.95  # of the interval of a paired difference
LEAST_EFFECT = 0.05  # of the outcome: a mechanism that moves less of it is idle

Sign = Literal["more", "less"]


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
    """Median and central 90% interval over replications."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float] | np.ndarray) -> Range:
        """Runs without an answer (NaN) are left out; NaN if none has one."""
        import numpy as np

        known = np.asarray(values, float)
        known = known[~np.isnan(known)]
        if known.size == 0:
            return cls(math.nan, math.nan, math.nan)
        low, median, high = np.quantile(known, (0.05, 0.5, 0.95))
        return cls(float(median), float(low), float(high))


def near(value: float, low: float, high: float, factor: float = FACTOR) -> bool:
    """Whether a value is within a factor of a figure given as an interval."""
    return bool(low / factor <= value <= high * factor)


def agrees(found: Range, low: float, high: float, factor: float | None = FACTOR) -> Verdict:
    """A dated figure (low to high): inside the 90% range, and the median within the factor.

    Without a factor the 90% range alone decides.
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


def interval(differences: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """Student's 95% interval of the mean of paired differences."""
    import numpy as np
    from scipy.stats import t

    found = np.asarray(differences, float)
    half = t.ppf((1 + LEVEL) / 2, len(found) - 1) * found.std(ddof=1) / math.sqrt(len(found))
    return float(found.mean() - half), float(found.mean() + half)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a mechanism does to an outcome: the mean paired difference, with it less without it.

    It and the ends of its 95% interval are shares of the outcome's mean size with the mechanism, so of
    an outcome that is a share itself too: 0.05 is a twentieth of it, not five points. The size of a
    number is what it is without its sign, since an outcome may be a difference. Where the outcome is
    nothing in every run with the mechanism, an effect is infinite, or none.
    """

    mean: float
    low: float
    high: float
    pairs: int  # those in which both runs have an answer

    @classmethod
    def of(
        cls, with_it: Sequence[float] | np.ndarray, without: Sequence[float] | np.ndarray
    ) -> Effect:
        """Of two worlds, run by run; pairs in which a run has no answer (NaN) are left out."""
        import numpy as np

        found = np.column_stack([np.asarray(with_it, float), np.asarray(without, float)])
        found = found[~np.isnan(found).any(axis=1)]
        if len(found) < 2:
            return cls(math.nan, math.nan, math.nan, len(found))
        differences = found[:, 0] - found[:, 1]
        if not differences.any():
            return cls(0.0, 0.0, 0.0, len(found))
        with np.errstate(divide="ignore", invalid="ignore"):
            relative = (
                np.array([differences.mean(), *interval(differences)]) / np.abs(found[:, 0]).mean()
            )
        mean, low, high = relative.tolist()
        return cls(mean, low, high, len(found))

    def verdict(self, sign: Sign) -> Verdict:
        """Whether the outcome is more (or less) with the mechanism by a size worth a sentence."""
        if math.isnan(self.mean):
            return Verdict.OPEN
        if abs(self.mean) < LEAST_EFFECT:
            return Verdict.IDLE
        beyond_zero = self.low > 0 if sign == "more" else self.high < 0
        return Verdict.MET if beyond_zero else Verdict.NOT_YET

    def __str__(self) -> str:
        if math.isnan(self.mean):
            return "too few pairs have an answer"
        mean, low, high = (100 * share for share in (self.mean, self.low, self.high))
        return f"{mean:+.0f}% ({low:+.0f} to {high:+.0f})"


WORST_FIRST = (
    Verdict.NOT_YET, Verdict.IDLE, Verdict.CLOSE, Verdict.OPEN, Verdict.IMPOSED, Verdict.MET,
)  # fmt: skip


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several tests of one claim: the worst."""
    for worst in WORST_FIRST:
        if worst in verdicts:
            return worst
    return Verdict.STATED
