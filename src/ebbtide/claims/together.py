"""What figures of publishers come to together: each publisher counted once, and all in single runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.claims.criteria import Range, Verdict
from ebbtide.study.spread import AS_GOOD, CENTRAL

if TYPE_CHECKING:
    from ebbtide.claims.judging import Finding

MET = (Verdict.MET, Verdict.IMPOSED)


def together(findings: Sequence[Finding]) -> list[str]:
    """A paragraph about all tests that hold a figure against runs; none where there is none."""
    figures = [each for each in findings if each.near]
    if not figures:
        return []
    of_publisher: dict[str, list[bool]] = defaultdict(list)
    for each in figures:
        of_publisher[each.publisher].append(each.verdict in MET)
    in_all = sum(all(met) for met in of_publisher.values())
    missed = [
        f"{name} in {sum(met)} of {len(met)}" for name, met in of_publisher.items() if not all(met)
    ]
    found = np.sum([each.near for each in figures], axis=0)
    at_once = Range.of(found)
    return [
        "Most publishers say the same more than once. Each counted once, the figures of "
        f"{in_all} of {len(of_publisher)} are met in all tests{': not ' if missed else ''}"
        f"{', '.join(missed)}. Single runs come within a factor {AS_GOOD:g} of {at_once.median:.0f} "
        f"({at_once.low:.0f} to {at_once.high:.0f}; {CENTRAL}) of all {len(figures)} figures at once, the "
        f"best one of {found.max():.0f}: how many runs come so near to each figure stands beside it."
    ]
