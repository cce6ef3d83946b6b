"""The draws that ship are still the runs that they were."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.scenario.library import lived_with
from ebbtide.study.design import Design, seed_of
from ebbtide.study.posterior import refuse_stale

TRIED = 6


def test_draws_are_of_the_model_as_it_is(khorasan: Scenario) -> None:
    refuse_stale(khorasan)


@pytest.mark.slow
def test_a_draw_lived_again_comes_to_what_it_came_to(khorasan: Scenario) -> None:
    scenario, drawn = khorasan, khorasan.posterior
    assert drawn is not None
    came_to = {seed_of(draw.base_seed, draw.run): draw.fighters_at_cut for draw in drawn.draws}
    design = Design(scenario, (scenario.policy.id,), len(drawn), 1, posterior=drawn)
    for at in np.random.default_rng(0).permutation(len(drawn))[:TRIED].tolist():
        run = design[at]
        scenario_of_run, policy = lived_with(scenario, scenario.policy, run.values)
        model = Insurgency(scenario_of_run, rng=run.seed, policy=policy)
        model.run_until(scenario.file.cut)
        fighters = model.series().set_index(["group", "date"])["fighters"]
        assert fighters[scenario.focus].iloc[-1] == came_to[run.seed]
