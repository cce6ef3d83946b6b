"""How many replications are enough: until differences of the headline outcome are narrow enough.

Half of the 95% interval of the mean paired difference, as a share of the reference's mean, for every
policy. It is looked at as `ebbtide.study.precision` tells.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ebbtide.comparison.comparison import Comparison
from ebbtide.comparison.question import Question
from ebbtide.study.design import Design
from ebbtide.study.precision import FEWEST_REPLICATIONS, next_replications
from ebbtide.study.results import Results
from ebbtide.study.store import kept_replications


def widest(comparison: Comparison) -> float:
    """The widest half of an interval of the first outcome's differences, as a share of the reference."""
    first = next(iter(comparison.outcomes))
    told = comparison.differences()
    halves = [
        0.0
        if row["high"] == row["low"]
        else (row["high"] - row["low"]) / 2 / abs(row["reference"])
        if row["reference"]
        else math.inf
        for row in told[told["outcome"] == first].to_dict("records")
    ]
    return max(halves, default=math.inf)


def until_precise(
    question: Question,
    folder: Path,
    manifest: Mapping[str, Any],
    carry_out: Callable[[Design, Mapping[str, Any]], None],
) -> tuple[bool, int]:
    """Add replications until it is so; whether it became so, and after how many.

    It did not where more runs would be too many, or more than the posterior has draws.
    """
    drawn, most, share = question.posterior, question.most_runs, question.until_halfwidth
    assert share is not None  # it is asked for
    first = FEWEST_REPLICATIONS if drawn is None else min(FEWEST_REPLICATIONS, len(drawn))
    replications = max(first, kept_replications(folder))
    while True:
        carry_out(question.design(replications), {**manifest, "replications": replications})
        found = Comparison.of(
            Results.open(folder), reference=question.reference, start=question.start,
            outcomes=question.outcomes,
        )  # fmt: skip
        if widest(found) <= share:
            return True, replications
        more = next_replications(replications)
        too_many = most is not None and more * len(question.policies) > most
        if too_many or (drawn is not None and more > len(drawn)):
            return False, replications
        replications = more
