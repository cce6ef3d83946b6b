"""How many runs of the reference come near what publishers said: whether that conflict is compared.

Only what is said of all places stands beside the series that a comparison keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ebbtide.comparison.outcomes import SERIES
from ebbtide.scenario.evidence_rows import stands_beside
from ebbtide.world.outcomes import OUTCOMES

if TYPE_CHECKING:
    from ebbtide.comparison.compared_runs import ComparedRuns
    from ebbtide.scenario import Scenario

TIMES = 2.0  # the most that a number is off its figure, either way, to be near it: a guess


class NearRecord(NamedTuple):
    """Of so many runs of the reference, those that come near most of so many figures."""

    near: int
    runs: int
    figures: int


def stated(scenario: Scenario) -> dict[str, Any] | None:
    """What a comparison's manifest says of it: the policy of the record, and figures of all places."""
    published = scenario.published
    if not published.of_focus:
        return None
    rows = [row for kind in published.files for row in published.used(kind) if "first" not in row]
    said = []
    for row in rows:
        outcome = stands_beside(row)
        several = len(scenario.focus_groups) > 1
        if outcome not in SERIES or published.places(row["area"]):
            continue
        if not several or OUTCOMES[outcome].adds_up:
            week = scenario.dates[scenario.week_of(row["date"])].isoformat()
            said.append({"outcome": outcome, "week": week, "low": row["low"], "high": row["high"]})
    return {"policy": scenario.record, "said": said}


def near_record(comparison: ComparedRuns) -> NearRecord | None:
    """How many come near; None where the reference is not the record, or nobody says anything.

    None too of a posterior's draws, which are weighed by what was said.
    """
    manifest = comparison.results.manifest
    kept = manifest["comparison"].get("record") or {}
    if kept.get("policy") != comparison.reference or comparison.drawn_from_posterior:
        return None
    outcomes = sorted({each["outcome"] for each in kept["said"]})
    if not outcomes:
        return None
    dates, series = comparison.lived.weekly(outcomes)
    near = []
    for each in kept["said"]:
        (week,) = np.nonzero(dates == np.datetime64(each["week"]))
        if week.size:
            own = series[each["outcome"]][:, 0, week[0]]
            near.append((each["low"] / TIMES <= own) & (own <= each["high"] * TIMES))
    if not near:
        return None
    most = np.mean(near, axis=0) > 0.5
    return NearRecord(int(most.sum()), len(most), len(near))
