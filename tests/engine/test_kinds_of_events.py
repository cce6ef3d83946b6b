"""Every kind of dated event is lived: a week after it, the world is not what it is without it."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import load
from ebbtide.world.codes import EventKind

NEVER = 1_000_000  # a week that no run reaches


@pytest.mark.parametrize("kind", EventKind)
def test_an_event_of_every_kind_moves_what_is_recorded(kind: EventKind) -> None:
    """A kind that the engine does not know would pass as if nothing had happened."""
    moved = []
    for name in ("khorasan", "lake"):
        model = Insurgency(load(name), rng=1)
        for event in np.flatnonzero(model.world.event_kind == kind):
            week = int(model.world.event_week[event])
            moved.append(
                np.any(record_until(name, week + 1) != record_until(name, week + 1, event))
            )
    assert any(moved)


def record_until(name: str, week: int, without: int | None = None) -> np.ndarray:
    """What is recorded of groups and forces up to a week, one of the events never taking place."""
    model = Insurgency(load(name), rng=1)
    if without is not None:
        model.world.event_week[without] = NEVER
    model.run_until(min(week, model.scenario.weeks))
    return np.concatenate([model.state.series.flat, model.state.force_series.flat])
