"""What makes a comparison doubtful before any of its numbers is read, a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison.near_record import near_record
from ebbtide.comparison.outcomes import DISPLACED
from ebbtide.comparison.report.numbers import day
from ebbtide.comparison.report.parts import FEW, last_day
from ebbtide.scenario.faults import counted
from ebbtide.study.drawn_from import doubt_told

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison


def doubts(comparison: Comparison) -> list[str]:
    """Few replications, draws or runs that the record does not bear, a group that is gone too early."""
    return [
        *few(comparison),
        *of_draws(comparison),
        *off_the_record(comparison),
        *gone(comparison),
        *of_displaced(comparison),
    ]


def few(comparison: Comparison) -> list[str]:
    """That replications are too few for intervals to be more than rough, or for any."""
    runs = len(comparison.lived.replications)
    if runs == 1:
        return ["1 replication of each policy has no interval: every difference may be luck."]
    said = f"{counted(runs, 'replication')} of each policy are few: read intervals and shares as rough."
    return [said] if runs < FEW else []


def of_draws(comparison: Comparison) -> list[str]:
    """That the file of the posterior's draws says that they are not to be trusted."""
    doubt = comparison.results.manifest["comparison"].get("doubt")
    return [doubt_told(doubt)] if doubt else []


def off_the_record(comparison: Comparison) -> list[str]:
    """How many of the reference's runs come near what publishers said of all places, where it is told."""
    found = near_record(comparison)
    if found is None:
        return []
    figures = counted(found.figures, "figure that publishers gave", "figures that publishers gave")
    said = (
        f"{found.near} of {counted(found.runs, 'run')} under “{comparison.reference}” come near most of "
        f"{figures} of all places, within half and twice"
    )
    if 2 * found.near < found.runs:
        said += ": what is compared is mostly not the conflict that was observed"
    return [f"{said}."]


def gone(comparison: Comparison) -> list[str]:
    """That most of the reference's runs have ended before a day that is asked about."""
    runs = comparison.lived.runs
    if "ended_date" not in runs:
        return []
    own = runs.loc[runs["policy"] == comparison.reference, "ended_date"].dropna()
    ends = own.to_numpy().astype("datetime64[D]")
    asked = {last_day(comparison): "the last day"}
    asked |= {
        each.day: f"of which {name} tells"
        for name, each in comparison.outcomes.items()
        if each.day is not None
    }
    asked |= {comparison.start: "from which on all is counted"}
    n = len(comparison.lived.replications)
    for date, what in sorted(asked.items()):
        ended = int((ends < np.datetime64(date)).sum())
        if 2 * ended > n:
            return [
                f"In {ended} of {counted(n, 'replication')} under “{comparison.reference}” the group is "
                f"gone before {day(date)}, {what}: what is told of then is of the other {n - ended}."
            ]
    return []


def of_displaced(comparison: Comparison) -> list[str]:
    """That nobody flees before he is harmed, where civilians who flee are told and some do."""
    if DISPLACED not in comparison.outcomes or not comparison.told(DISPLACED).any():
        return []
    return [
        "Civilians flee where people are harmed, and nobody is told to leave before an offensive: what an "
        "offensive displaces is too low."
    ]
