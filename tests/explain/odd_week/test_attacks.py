"""Groups attack."""

from types import SimpleNamespace

import numpy as np
import pytest

from ebbtide.rules import attacks
from ebbtide.world.codes import Ground, Target

from .struck import (
    hired,
    men_here,
    mounted,
    mourned,
    pulled,
    split_among_cities,
    struck,
)


def test_attack_mounts_so_many(world: SimpleNamespace) -> None:
    fixed, state, rules = world.fixed, world.state, world.rules
    counted, beyond = np.zeros_like(state.attacks), np.zeros(fixed.groups)
    in_cities = np.zeros((fixed.groups, fixed.places))
    for g, p, where, target, count in mounted(world):
        counted[g, p, target] += count
        in_cities[g, p] += count * (where == Ground.CITY)
        beyond[g] += count * (where != Ground.INSIDE)
    assert counted.sum() > 0
    assert (state.attacks == counted).all()
    assert (state.attacks_in_cities == in_cities).all()
    for_a_fee = hired(world).sum(axis=(1, 2))
    assert for_a_fee.sum() > 0
    assert (state.attackers_hired == for_a_fee).all()
    assert state.attack_bill == pytest.approx(
        fixed.attack_price * rules.attacks_price * beyond + rules.attacks_fee / 1000 * for_a_fee
    )


def test_attack_loses_men_where_they_came_from(world: SimpleNamespace) -> None:
    """Of those sent into a city each place loses by what was to be expected from it."""
    fixed, state, rules = world.fixed, world.state, world.rules
    sent = -hired(world).astype(float)
    for g, p, where, _, count in mounted(world):
        sent[g, p, where] += count * (where != Ground.INSIDE)
    assert sent[:, :, Ground.OUTSIDE].sum() > 0
    if str(world.date) > "2016-07":  # in the later week some are carried into cities
        assert sent[:, :, Ground.CITY].sum() > 0
    for g in np.flatnonzero(fixed.full):
        pull = pulled(world, g)
        network = attacks.next_network(
            world.before.network[g], pull.sum(), rules.attacks_network_speed
        )
        beyond = men_here(world)[g] * (
            1 - attacks.in_held(state.held[g], rules.attacks_concentration)
        )
        carried = (beyond * rules.attacks_reach * network)[:, None] * split_among_cities(pull)
        into = carried.sum(axis=0)
        share = carried / np.where(into > 0, into, 1)
        lost = rules.attacks_men_lost * (
            sent[g, :, Ground.OUTSIDE] + share @ sent[g, :, Ground.CITY]
        )
        assert state.attackers_lost[g] == pytest.approx(lost)
    assert state.attackers_lost.sum() == pytest.approx(rules.attacks_men_lost * sent.sum())


def test_attack_loots_so_much(world: SimpleNamespace) -> None:
    fixed = world.fixed
    looted = np.zeros(fixed.groups)
    for g, _, where, _, count in mounted(world):
        looted[g] += fixed.loot[g] * count * (where != Ground.CITY)
    assert looted.sum() > 0
    assert world.state.looted == pytest.approx(looted)


def test_attack_harms_so_many(world: SimpleNamespace) -> None:
    """Whom its attacks kill in forces stands in `lost`, with those who fall in clashes."""
    civilians = np.zeros_like(world.state.civilians_harmed)
    in_forces = np.zeros_like(world.state.state_harmed)
    for g, p, target, harmed, _ in struck(world):
        if target == Target.CIVILIANS:
            civilians[g, p] += harmed
        else:
            in_forces[g] += harmed
    assert (world.state.civilians_harmed == civilians).all()
    assert (world.state.state_harmed == in_forces).all()
    assert mourned(world).sum() > 0
