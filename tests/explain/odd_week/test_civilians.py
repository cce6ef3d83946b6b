"""Civilians flee the fighting and come home."""

from types import SimpleNamespace

import numpy as np
import pytest


def test_civilians_flee_and_come_home(world: SimpleNamespace) -> None:
    """By the people harmed in each fight, and in all fights of their place."""
    fixed, state, rules, before = world.fixed, world.state, world.rules, world.before
    harmed = state.civilians_harmed + state.harmed.sum(axis=0)
    harmed = harmed + state.killed_in + state.killed_by_rivals_in
    here = harmed.sum(axis=0)
    of_people = 1e5 * here / fixed.population
    fear = of_people / (of_people + rules.displacement_flight_half)
    home = fixed.population - before.away.sum(axis=0)
    fleeing = home * (1 - np.exp(-rules.displacement_flight * fear * here / fixed.population))
    fled = fleeing * harmed / np.maximum(here, 1)
    returned = before.away * rules.displacement_homecoming * (1 - fear)
    assert (state.killed_by_rivals_in.sum() > 0) & (state.killed_in.sum() > 0)
    assert (harmed.sum(axis=1) > 0).sum() > 1  # several fights, so that parts of a place's count
    assert fled.sum() > 0
    assert returned.sum() > 0
    assert state.fled == pytest.approx(fled)
    assert state.away == pytest.approx(before.away + fled - returned)
