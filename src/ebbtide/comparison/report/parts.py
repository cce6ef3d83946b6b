"""Which outcomes stand in which part of the report: what policies are for, and side effects."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ebbtide.comparison import outcomes
from ebbtide.comparison.outcomes import AREA, GAINED_BY, OF_A_FORCE
from ebbtide.show.compared import words

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison

FEW = 30  # replications below which intervals are called rough


def effects(comparison: Comparison) -> list[str]:
    """The outcomes that say what becomes of the group."""
    return [name for name, each in comparison.outcomes.items() if not each.side_effect]


def side_effects(comparison: Comparison, *, one_by_one: bool = False) -> list[str]:
    """The others; those of single forces and other groups too, or without."""
    found = [name for name, each in comparison.outcomes.items() if each.side_effect]
    return [name for name in found if one_by_one or name not in of_single_ones(comparison)]


def of_single_ones(comparison: Comparison) -> set[str]:
    """The outcomes of one force each, and of one other group each."""
    manifest = comparison.results.manifest
    of_forces = {
        f"{stem}_{force}" for stem in OF_A_FORCE for force in manifest["comparison"]["forces"]
    }
    return of_forces | {f"{GAINED_BY}_{group}" for group in outcomes.other_groups(manifest)}


def named(comparison: Comparison, outcome: str) -> str:
    """An outcome's name as people read it, a force's or a group's written out."""
    manifest = comparison.results.manifest
    forces, groups = manifest["comparison"]["forces"], outcomes.other_groups(manifest)
    if (group := outcome.removeprefix(f"{GAINED_BY}_")) in groups:
        return f"{words(GAINED_BY)} {groups[group]}"
    for stem in OF_A_FORCE:
        force = outcome.removeprefix(f"{stem}_")
        if force in forces and force != outcome:
            return f"{words(stem)} {forces[force]}"
    return words(outcome)


def drawn(names: list[str]) -> list[str]:
    """Those that a figure has: without what is in proportion to another."""
    return [name for name in names if name != AREA] or names


def last_day(comparison: Comparison) -> dt.date:
    """The day until which was run."""
    return outcomes.last_day(comparison.results.manifest)
