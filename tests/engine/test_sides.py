"""Weighing other groups: place by place, for one command alone, and for one man."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ebbtide.engine.sides import weights_for, weights_of_all
from ebbtide.model import Insurgency
from ebbtide.scenario import Faults, Scenario

ONLY_COMMANDS = {
    "rules.switching.highest": 0,
    "rules.switching.command_highest": 0.2,
    "rules.switching.tendency": 10,
    "rules.switching.smallest_command": 1,
    "rules.displacement.on": False,
    "rules.recruitment.on": False,
    "rules.alliances.on": False,
}
PROMISE = """
extends = "minimal.toml"
[events.embers-founded.promised]
"league.restless" = {day}
"""


@pytest.fixture
def late(thinned: Scenario) -> Insurgency:
    model = Insurgency(thinned, rng=1)
    for _ in range(80):
        model.step()
    return model


def test_a_command_weighs_as_its_whole_faction_does(late: Insurgency) -> None:
    world, state = late.world.compiled, late.state.compiled
    weights = np.empty(late.world.places)
    for c in range(late.world.factions):
        weights_of_all(world, state, c, weights)
        alone = [sum(weights_for(world, state, c, p)) for p in range(weights.size)]
        np.testing.assert_array_equal(weights, alone)
    assert weights.any()


def test_courting_changes_nothing_before_there_is_a_group(thinned: Scenario) -> None:
    """It moves the newcomer's gains, and drains nobody before."""
    plain = Insurgency(thinned, rng=2, **{"groups.iskp.courts": 0})
    courting = Insurgency(thinned, rng=2, **{"groups.iskp.courts": 1})
    for model in (plain, courting):
        model.run_until("2015-01-25")
    np.testing.assert_array_equal(plain.state.men, courting.state.men)


def test_who_courts_wins_more(minimal: Scenario) -> None:
    won = []
    for courts in (0, 1):
        overrides = {"groups.embers.courts": courts, "rules.switching.tendency": -2,
                     "events.embers-founded.seed.league.restless": 0}  # fmt: skip
        model = Insurgency(minimal, rng=5, **overrides)
        model.run_until_end()
        won.append(
            model.defections().query("group == 'embers' and came_from == 'league'").men.sum()
        )
    assert won[1] > 1.5 * won[0]


def test_commanders_bring_their_men_to_the_base(minimal: Scenario) -> None:
    """The Embers stand in the highland alone: those who join them from the lowland go there."""
    model = Insurgency(minimal, rng=5, **ONLY_COMMANDS, **{"rules.switching.gathers": 1})
    lowland, embers = model.place_names.index("lowland"), model.faction_names.index("embers")
    from_lowland = 0
    while model.running:
        model.step()
        notes = model.state.chronicle
        went = notes[(notes[:, 0] == model.week) & (notes[:, 1] == 6) & (notes[:, 3] == lowland)]
        from_lowland += len(went)
        assert model.state.men[embers, lowland] == 0
        arrived = model.state.fighter_arrived[model.state.fighter_faction == embers]
        assert arrived.size == 0 or arrived.max() <= model.week
    assert from_lowland > 0


def test_a_promise_binds_until_there_is_a_group(written: Callable[..., Scenario]) -> None:
    """Those promised go nowhere else, are felt as lost when they promise, and cross when they can."""
    promised = written(PROMISE.format(day="2001-03-04"))
    free = written('extends = "minimal.toml"\n')
    overrides = {"rules.recruitment.on": False}
    one, other = (Insurgency(world, rng=6, **overrides) for world in (promised, free))
    restless = one.faction_names.index("league.restless")
    share = 0.3
    day, founding = promised.week_of(promised.file.events["embers-founded"].promised[
        "league.restless"]), int(one.world.event_week[0])  # fmt: skip
    for model in (one, other):
        model.run_until(day)
    assert one.state.promised_share[restless] == pytest.approx(share)
    assert one.state.grievance[restless] == pytest.approx(
        (1 - share) * other.state.grievance[restless]
    )
    assert one.state.momentum[0] < other.state.momentum[0]
    for model in (one, other):
        model.run_until(founding)
    assert one.state.joined_from[1, 0] == pytest.approx(other.state.joined_from[1, 0], rel=0.2)
    one.step()
    assert one.state.promised_share[restless] == 0.0


def test_a_promise_after_the_founding_is_refused(written: Callable[..., Scenario]) -> None:
    with pytest.raises(Faults, match="promised"):
        written(PROMISE.format(day="2001-06-03"))
