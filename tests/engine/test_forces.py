"""What forces spend, and on whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

OFFENSIVE = """
title = "One offensive"
[acts.push]
kind = "offensive"
force = "garrison"
against = {against}
places = ["highland"]
start = 2002-01-06
stop = 2002-01-13
strength = 0.9
source = "invented"
"""


def test_effort_against_a_group_is_that_of_all_forces_together(busy: Scenario) -> None:
    model = Insurgency(busy, rng=5)
    for _ in range(12):
        model.step()
    by_force = model.force_series().groupby(["date", "group"], sort=False)["effort"]
    assert (by_force.agg(lambda spent: (spent > 0).sum()) > 1).any()
    together = model.series().set_index(["date", "group"])["effort_against"]
    assert together.to_numpy() == pytest.approx(by_force.sum().to_numpy(), rel=1e-6)


def test_an_offensive_costs_no_more_for_naming_more_groups(
    written: Callable[..., Scenario],
) -> None:
    spent, harm = [], []
    for against in ('["league"]', '["embers"]', '["league", "embers"]'):
        world = written(
            'extends = "minimal.toml"\npolicy = "policies/push.toml"\n',
            push=OFFENSIVE.format(against=against),
        )
        model = Insurgency(world, rng=1, **{"forces.garrison.harm": 100})
        while model.week < world.week_of(world.policy.file.acts["push"].start):
            model.step()
        assert (model.state.group_men[:, 0] > 0).sum() > 1
        spent.append(model.state.effort[0].sum())
        harm.append(model.state.harmed[0].sum())
    before = model.world.routine[0] * model.world.capacity[0]
    assert spent[0] == pytest.approx(spent[1]) == pytest.approx(spent[2])
    assert spent[0] > before
    assert harm[2] == pytest.approx(max(harm), rel=0.25)
