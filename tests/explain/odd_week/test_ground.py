"""Groups feel the ground: support, risk, morale, districts held."""

from types import SimpleNamespace

import numpy as np
import pytest

from ebbtide.rules import morale, rivalry, support, targeting, territory

from .reading import cells, fire, hostility, weights_of


def test_feel_the_ground_updates_every_cell(world: SimpleNamespace) -> None:
    fixed, state, before, rules = world.fixed, world.state, world.before, world.rules
    for g, p in cells(world):
        men = int(world.men[g, p])
        if world.men[g].sum() == 0:
            continue
        others = [(hostility(world, g, o), int(world.men[o, p])) for o in range(fixed.groups)]
        rival_hit = sum(rivalry.men_lost(men, o, h, rules.rivalry_deadliness) for h, o in others)
        assert state.rival_hit[g, p] == pytest.approx(rival_hit)
        near = max(min(1, rules.support_heard / fixed.districts[p]), before.held[g, p])
        population = fixed.population[p]
        blame = rules.support_kin_blame + (1 - rules.support_kin_blame) * fixed.outsider[g]
        offended = blame * support.loss_by_harm(
            before.civilians_harmed[g, p] + before.wronged[g, p],
            population * near,
            1,
            rules.support_own_harm_weight,
        ) + support.loss_by_rule(
            before.held[g, p] / near,
            1,
            fixed.outsider[g],
            fixed.local_institutions[p],
            rules.support_outsider_weight,
        )
        at_it = state.harmed[:, g, p]
        heard_of = at_it / near + (state.harmed[:, :, p].sum(axis=1) - at_it)
        by_forces = fixed.taken * support.loss_by_harm(
            heard_of, population, 1, rules.support_state_harm_weight
        )
        by_forces = np.where(by_forces > 0, by_forces * (1 - fixed.outsider[g]), by_forces)
        gained, lost = by_forces[by_forces > 0].sum(), -by_forces[by_forces < 0].sum()
        assert state.support[g, p] == pytest.approx(
            support.next_support(
                before.support[g, p], fixed.usual_support[g, p], gained, lost, offended,
                rules.support_mending, rules.support_fading,
            )
        )  # fmt: skip
        pressure = 1 - np.prod(1 - state.force_pressure[:, g, p])
        assert state.pressure[g, p] == pytest.approx(pressure)
        exposed = targeting.exposure(
            state.support[g, p], fixed.outsider[g], rules.targeting_outsider_weight
        )
        risk = fire(world, g, p, exposed)
        assert state.risk[g, p] == pytest.approx(risk)
        if men == 0:
            continue
        rest = morale.resting_morale(
            morale.Circumstances(state.pay_share[g], state.momentum[g], state.command[g], risk),
            weights_of(morale.Weights, "morale", rules),
        )
        assert state.morale[g, p] == pytest.approx(
            morale.towards(before.morale[g, p], rest, rules.morale_speed)
        )
        if fixed.full[g]:
            rest = territory.resting_share(
                men, state.command[g], state.support[g, p], pressure,
                sum(h * o for h, o in others), fixed.districts[p], fixed.population[p],
                rules.territory_men_a_district, rules.territory_police,
                rules.territory_state_weight,
            )  # fmt: skip
            speeds = rules.territory_gain_speed, rules.territory_loss_speed
            held = territory.next_share(before.held[g, p], rest, *speeds)
            assert state.held[g, p] == pytest.approx(held)
    in_all = state.held @ fixed.districts
    most = np.maximum(before.most_held, np.where(world.men.sum(axis=1) > 0, in_all, 0))
    assert state.most_held == pytest.approx(most)
    assert state.ground == pytest.approx(np.where(most >= 1, in_all / np.maximum(most, 1), 1))
    assert (state.ground < 1).any()
