"""When a claim counts as met. Written down before the model was looked at; not to be tuned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

FACTOR = 2.0  # a median may miss a dated figure by so much
SIGN = 0.9  # probability that a sign must have
LEVEL = 0.95  # of the interval of a paired difference


class Verdict(StrEnum):
    """What a test, or a claim, comes to."""

    MET = "met"
    IN_MADE_WORLD = "met only in a world made for it"  # a rule test that is not of the scenario
    IMPOSED = "met, but imposed by inputs"  # the sign lies in dated or chosen inputs
    CLOSE = "too close to say"  # a share of runs whose sampling error spans what is asked
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


WORST_FIRST = (
    Verdict.NOT_YET, Verdict.CLOSE, Verdict.OPEN, Verdict.IMPOSED, Verdict.IN_MADE_WORLD,
    Verdict.MET,
)  # fmt: skip


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several tests of one claim: the worst."""
    for worst in WORST_FIRST:
        if worst in verdicts:
            return worst
    return Verdict.STATED
