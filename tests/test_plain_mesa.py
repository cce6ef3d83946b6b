"""What Ebbtide's speed is measured against lives the same week: the fighters of the plain Mesa model."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from ebbtide.engine.phases.fates import own_desertion
from ebbtide.engine.plain import plain
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.codes import Hazard
from experiments_loaded import loaded


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return loaded("benchmarks/plain_mesa.py", monkeypatch)


def test_a_man_in_plain_mesa_has_the_hazards_that_the_engine_has_him_read(
    thinned: Scenario, benchmark: ModuleType
) -> None:
    model = Insurgency(thinned, rng=2)
    model.run_until(110)
    state = model.state
    rows = np.flatnonzero(state.fighter_id)
    men = list(benchmark.PlainMesa(model, benchmark.ByRules).agents)
    stood = [  # those who came or moved this week had read the hazards of another cell
        (man, row)
        for man, row in zip(men, rows.tolist(), strict=True)
        if max(state.fighter_since[row], state.fighter_arrived[row]) < model.week
    ]
    assert len(stood) > 100
    for man, row in stood:
        c, p = int(state.fighter_faction[row]), int(state.fighter_place[row])
        read = state.hazards[c, p].copy()
        if state.fighter_abroad[row]:
            read[Hazard.FIRE] = read[Hazard.FIRE_ABROAD]
        g = int(model.world.faction_group[c])
        read[Hazard.DESERTION] = plain(own_desertion)(
            model.parameters, state, model.week, row, g, p
        )
        for hazard in Hazard:
            if hazard.owner is hazard:
                assert getattr(man, hazard.called)() == pytest.approx(read[hazard], rel=1e-12)
