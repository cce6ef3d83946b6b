"""What makes a comparison doubtful before any of its numbers is read, a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.comparison.report.parts import FEW
from ebbtide.scenario.faults import counted

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison


def doubts(comparison: Comparison) -> list[str]:
    """Too few replications."""
    return [*few(comparison)]


def few(comparison: Comparison) -> list[str]:
    """That replications are too few for intervals to be more than rough, or for any."""
    runs = len(comparison.lived.replications)
    if runs == 1:
        return ["1 replication of each policy has no interval: every difference may be luck."]
    said = f"{counted(runs, 'replication')} of each policy are few: read intervals and shares as rough."
    return [said] if runs < FEW else []
