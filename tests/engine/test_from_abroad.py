"""Who came from abroad stays so, whichever group he serves, and meets what men from abroad meet."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bookkeeping import live_rows
from ebbtide.engine import slices
from ebbtide.engine.phases import fates
from ebbtide.engine.plain import plain
from ebbtide.engine.service import change_sides
from ebbtide.model import Insurgency
from ebbtide.scenario import Faults, Scenario
from ebbtide.world.codes import Hazard, Kind

FOREIGNERS = 'extends = "minimal.toml"\n[groups.league]\nforeigners = {share}\n'


def test_as_many_came_from_abroad_as_is_stated(written: Callable[..., Scenario]) -> None:
    """In every place, and of each faction: those who serve longest, and so lead."""
    model = Insurgency(written(FOREIGNERS.format(share=0.25)), rng=1)
    state, rows = model.state, live_rows(model.state)
    for c, p in zip(*np.nonzero(state.men), strict=True):
        cell = rows[(state.fighter_faction[rows] == c) & (state.fighter_place[rows] == p)]
        abroad = state.fighter_abroad[cell]
        assert abroad.sum() == round(0.25 * cell.size)
        assert (np.diff(abroad[np.argsort(state.fighter_id[cell])].astype(int)) <= 0).all()


def test_a_share_of_foreigners_is_a_share(written: Callable[..., Scenario]) -> None:
    with pytest.raises(Faults, match="foreigners"):
        written(FOREIGNERS.format(share=1.5))


def test_who_came_from_abroad_stays_so(thinned: Scenario) -> None:
    """Through the pledge of a group of foreigners: a man's origin changes, where he is from does not."""
    model = Insurgency(thinned, rng=1, **{"groups.imu.foreigners": 1, "groups.imu.fighters": 1000})
    known: dict[int, bool] = {}
    while str(model.scenario.dates[model.week]) < "2015-11-01":
        model.step()
        rows = live_rows(model.state)
        now = dict(
            zip(
                model.state.fighter_id[rows].tolist(),
                model.state.fighter_abroad[rows].tolist(),
                strict=True,
            )
        )
        assert all(now[who] == abroad for who, abroad in known.items() if who in now)
        known = now
    imu = model.group_names.index("imu")
    iskp = model.faction_names.index("iskp")
    went = rows[
        (model.state.fighter_faction[rows] == iskp) & (model.state.fighter_came_from[rows] == imu)
    ]
    over = model.state.fighter_abroad[went].sum()
    assert over > 0.5 * went.size > 0
    assert (model.state.fighter_origin[went] == Kind.SWITCHED).all()
    recruits = rows[model.state.fighter_origin[rows] == Kind.FOREIGN]
    assert model.state.fighter_abroad[recruits].all()


@pytest.mark.parametrize("abroad", [0, 1])
def test_after_changing_sides_he_meets_what_men_from_abroad_meet(
    busy: Scenario, abroad: int
) -> None:
    """The fire at them, and their tie to the group."""
    model = Insurgency(busy, rng=3)
    model.run_until(6)
    state, world, rules, week = model.state, model.world, model.parameters, model.week
    embers = model.group_names.index("embers")
    row = next(
        row
        for row in live_rows(state)
        if world.faction_group[state.fighter_faction[row]] != embers and state.fighter_post[row] < 0
    )
    state.fighter_abroad[row] = abroad
    plain(change_sides)(world, state, week, row, embers)
    c, p = int(state.fighter_faction[row]), int(state.fighter_place[row])
    own = plain(fates.own_desertion)(rules, state, week, row, embers, p)
    state.fighter_abroad[row] = 1 - abroad
    others = plain(fates.own_desertion)(rules, state, week, row, embers, p)
    assert own < others if abroad else own > others
    state.fighter_abroad[row] = abroad
    cut = plain(slices.laid_out)(rules)
    state.hazards[c, p, Hazard.FIRE] = 0.0
    state.hazards[c, p, Hazard.FIRE_ABROAD] = rules.targeting_highest
    drawn = cut.beginning[Hazard.FIRE] + 0.5 * rules.targeting_highest
    plain(fates.meet_fate)(world, rules, state, week, row, cut, drawn)
    assert (state.fighter_id[row] == 0) == abroad
