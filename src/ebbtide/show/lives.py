"""Some men's lives in a run, told in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ebbtide.lives import FOLLOWED, lives_of, sample, who_served

if TYPE_CHECKING:
    from ebbtide.model import Insurgency


def told_lives(model: Insurgency, group: str) -> Iterator[str]:
    """Lines that tell the lives of a few men, evenly spread over all whom a group had, by entry."""
    name = model.scenario.file.groups[group].name
    served = who_served(model, group)
    chosen = sample(served, FOLLOWED)
    of = f"{len(chosen)} of the {len(served):,} men" if len(chosen) < len(served) else "all men"
    yield f"{of} whom {name} had at any week's end (agents of the simulation, no persons)"
    for life in lives_of(model, chosen):
        yield str(life)
