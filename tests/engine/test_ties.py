"""Ties to a place, and what harm and rule do to them: a group from outside has none to start with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ebbtide.model import Insurgency
from ebbtide.rules import support
from ebbtide.scenario import Scenario

HIGHLAND, LEAGUE, EMBERS = 0, 0, 1


def usual(model: Insurgency, g: int, home: float) -> float:
    """Usual support in the highland of a group that is at home there or not."""
    rules, place = model.parameters, model.scenario.file.places["highland"]
    return support.usual_support(
        place.sympathy.median, model.world.outsider[g], home, rules.support_usual_base,
        rules.support_usual_sympathy, rules.support_stranger, rules.support_outsider_loss,
    )  # fmt: skip


def test_where_a_group_is_founded_from_outside_is_no_home(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=1)
    assert "highland" in minimal.file.events["embers-founded"].places
    assert model.world.usual_support[LEAGUE, HIGHLAND] == pytest.approx(usual(model, LEAGUE, 1.0))
    assert model.world.usual_support[EMBERS, HIGHLAND] == pytest.approx(usual(model, EMBERS, 0.0))


def test_a_group_is_at_home_where_its_entry_says_so(written: Callable[..., Scenario]) -> None:
    stated = 'extends = "minimal.toml"\n[groups.embers]\nplaces = { highland = 1 }\n'
    model = Insurgency(written(stated), rng=1)
    assert model.world.usual_support[EMBERS, HIGHLAND] == pytest.approx(usual(model, EMBERS, 1.0))


def test_harm_in_a_district_is_not_thinned_out_over_a_place(minimal: Scenario) -> None:
    """The same harm costs a group more support where fewer districts hear of it: near the group."""
    lost = []
    for heard in (1, 8):
        model = Insurgency(minimal, rng=1, **{
            "rules.support.heard": heard, "rules.support.outsider_weight": 0, "rules.support.mending": 0,
            "forces.garrison.harm": 0,
        })  # fmt: skip
        model.run_until(1)
        model.state.civilians_harmed[LEAGUE, HIGHLAND] = 20
        before = model.state.support[LEAGUE, HIGHLAND]
        model.step()
        lost.append(1 - model.state.support[LEAGUE, HIGHLAND] / before)
    assert lost[0] > 4 * lost[1] > 0


def test_rule_by_outsiders_raises_tribes_without_any_act(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=1, policy="nothing", **{"rules.support.own_harm_weight": 0})
    model.run_until(30)
    model.state.held[EMBERS, HIGHLAND] = 0.5
    before, resisted = model.state.support[EMBERS, HIGHLAND], model.state.resistance[EMBERS].copy()
    model.step()
    assert model.state.support[EMBERS, HIGHLAND] < before
    assert model.state.resistance[EMBERS, HIGHLAND] > resisted[HIGHLAND]


def test_anger_at_a_force_fades_sooner_than_lost_trust_comes_back(minimal: Scenario) -> None:
    """Support above the usual goes within months, what harm and rule cost takes years to come back."""
    model = Insurgency(minimal, rng=1, policy="nothing", **{"forces.garrison.capacity": 0})
    usual = model.world.usual_support[EMBERS, HIGHLAND]
    paces = []
    for gap in (-0.1, 0.1):
        model.state.support[EMBERS, HIGHLAND] = usual + gap
        model.state.founded[EMBERS] = 1
        model.step()
        paces.append((usual + gap - model.state.support[EMBERS, HIGHLAND]) / gap)
    lost, lifted = paces
    assert lifted > 3 * lost > 0
