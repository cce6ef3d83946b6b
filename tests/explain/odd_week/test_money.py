"""Groups compare pay and keep accounts."""

from types import SimpleNamespace

import numpy as np
import pytest

from ebbtide.rules import alliances, finance


def test_compare_pay_looks_at_the_neighbours(world: SimpleNamespace) -> None:
    fixed, state, before, rules = world.fixed, world.state, world.before, world.rules
    paid = before.wage * before.pay_share
    for g in range(fixed.groups):
        others = np.delete(world.men, g, axis=0)
        elsewhere = [
            finance.elsewhere(
                (others[:, p] * np.delete(paid, g)).sum(), others[:, p].sum(),
                rules.recruitment_outside_wage,
            )
            for p in range(fixed.places)
        ]  # fmt: skip
        men = world.men[g]
        assert state.elsewhere[g] == pytest.approx((men * elsewhere).sum() / max(1, men.sum()))
        assert (state.armed[g][men > 0] == world.men.sum(axis=0)[men > 0]).all()


def test_keep_accounts_takes_in_and_pays(world: SimpleNamespace) -> None:
    fixed, state, before, rules = world.fixed, world.state, world.before, world.rules
    for g in range(fixed.groups):
        men, centre = world.men[g].sum(), fixed.centre[g]
        aimed = fixed.capacity[:, None] * state.intelligence[:, g] * (state.stationed >= 0)
        there = (aimed / (aimed + rules.targeting_half_aimed)) * (world.men[g] > 0)
        at_money = (state.levers.strikes[:, g] * state.levers.strikes_finance[:, g] * there).max(
            axis=1
        )
        kept = (1 - state.levers.finance_interdiction[g]) * np.prod(1 - at_money)
        health = fixed.centre_health[world.week, centre] if centre >= 0 else 0
        worth = alliances.worth(men, state.greatest[g], rules.alliances_worth_power)
        from_crime = sum(
            finance.crime(
                world.men[g, p], fixed.crime[g], fixed.population[p], world.men[:, p].sum(),
                rules.finance_people_a_man,
            )
            for p in range(fixed.places)
        )  # fmt: skip
        obeying = 1 - rules.resistance_refusal * before.resistance[g]
        people_held = (fixed.population * before.held[g] * obeying).sum()
        income = np.array([
            finance.received(finance.transfers(fixed.centre_money[g], health, worth), kept),
            kept * finance.taxes(people_held, rules.finance_tax),
            kept * from_crime,
            kept * state.promised[:, g].sum(),
            kept * before.looted[g],
        ])  # fmt: skip
        assert state.income[g] == pytest.approx(income)
        net = income.sum() - state.promised[g].sum() - before.attack_bill[g]
        wage = before.wage[g]
        if men > 0:
            sought = finance.sought_wage(
                finance.able(net, men, rules.finance_overhead), fixed.pay[g], state.elsewhere[g]
            )
            wage = finance.next_wage(
                wage, sought, rules.finance_wage_speed, rules.finance_wage_cut_speed
            )
        assert state.wage[g] == pytest.approx(wage)
        due = finance.cost(men, wage, rules.finance_overhead)
        paid = due * finance.pay_share(before.money[g], net, due, rules.finance_savings_spent)
        assert state.wages_paid[g] == pytest.approx(paid)
        left = finance.next_reserve(before.money[g], net, paid)
        assert state.money[g] == pytest.approx(left)
