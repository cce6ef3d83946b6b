"""Weighing other groups: place by place, and for one command alone."""

from __future__ import annotations

import numpy as np

from ebbtide.engine.sides import weight_of_all, weights_of_all
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario


def test_a_command_weighs_as_its_whole_faction_does(thinned: Scenario) -> None:
    model = Insurgency(thinned, rng=1)
    for _ in range(80):
        model.step()
    columns = model.world.compiled, model.state.compiled
    weights = np.empty(model.world.places)
    for c in range(model.world.factions):
        weights_of_all(*columns, c, weights)
        alone = [weight_of_all(*columns, c, p) for p in range(model.world.places)]
        np.testing.assert_array_equal(weights, alone)
    assert weights.any()
