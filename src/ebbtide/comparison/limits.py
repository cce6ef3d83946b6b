"""Limits: the most of an outcome that is borne in a replication, as it is typed, checked and kept."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison.outcomes import ComparedOutcome, chosen_outcomes
from ebbtide.comparison.robustness import satisficing
from ebbtide.scenario.faults import Fault, Faults, shown
from ebbtide.study.harm import HARM

if TYPE_CHECKING:
    import pandas as pd

EVERY_LIMIT = "every limit"  # stands for an outcome where all are kept together
OF = "limits"  # stands for the file's name in their faults
FORM = f"OUTCOME=NUMBER, such as {HARM}=1500"


def read(written: Sequence[str]) -> dict[str, float]:
    """Limits by outcome, each as OUTCOME=NUMBER. Raises Faults for another form, and one said twice."""
    found: dict[str, float] = {}
    faults = []
    for each in written:
        name, _, number = (part.strip() for part in each.partition("="))
        try:
            limit = float(number.replace(",", ""))
        except ValueError:
            limit = math.nan
        if not name or not math.isfinite(limit):
            faults.append(Fault(OF, None, shown(each), FORM))
        elif name in found:
            faults.append(Fault(OF, None, f"{shown(name)} twice", "one limit of an outcome"))
        found[name] = limit
    if faults:
        raise Faults(faults)
    return found


def typed(limits: Mapping[str, float] | None) -> list[str]:
    """Limits as they are typed."""
    return [f"{name}={float(most)!r}".removesuffix(".0") for name, most in (limits or {}).items()]


def limited(
    limits: Mapping[str, float] | None, manifest: Mapping[str, Any]
) -> dict[str, ComparedOutcome]:
    """The outcomes that have a limit. Raises Faults for what is none, and where less is not better."""
    found = chosen_outcomes(limits or {}, manifest, OF)
    allowed = f"a limit of what is better if it is less, such as {HARM}"
    if other := [name for name, each in found.items() if each.better != "less"]:
        raise Faults([Fault(OF, None, shown(name), allowed) for name in other])
    return found


def table(
    kept: Mapping[str, np.ndarray],
    limits: Mapping[str, float],
    outcomes: Mapping[str, ComparedOutcome],
    policies: Sequence[str],
) -> pd.DataFrame:
    """A row a policy and limit, of all together first: the share of replications that keep it.

    `kept` tells of each limit, by replication and policy, whether it is. Columns: `policy`, `limit`, the
    outcome that has it or EVERY_LIMIT, `at_most` and `unit` (None of all together), `runs`, of which it is
    the share, and `kept`, the share, with its 95% interval (`kept_low`, `kept_high`; Wilson 1927).
    """
    import pandas as pd

    asked = {EVERY_LIMIT: kept} | {name: {name: each} for name, each in kept.items()}
    shares = {limit: satisficing(each) for limit, each in asked.items() if each}
    rows = [
        (
            policy, limit, limits.get(limit), outcomes[limit].unit if limit in limits else None,
            len(next(iter(kept.values()))), each[place].value, each[place].low, each[place].high,
        )
        for place, policy in enumerate(policies)
        for limit, each in shares.items()
    ]  # fmt: skip
    columns = ["policy", "limit", "at_most", "unit", "runs", "kept", "kept_low", "kept_high"]
    return pd.DataFrame(rows, columns=columns)
