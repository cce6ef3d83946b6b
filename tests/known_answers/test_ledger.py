"""Money is never made or lost in the books: income, gifts, wages and bills explain every reserve."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bookkeeping import outcome
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.codes import Source

from .worlds import only, world

WEEKS_A_MONTH = 365.25 / 12 / 7
CUT = """
title = "Some money is stopped"
[acts.interdiction]
kind = "finance_interdiction"
against = ["embers", "league"]
start = 2001-02-04
strength = 0.4
"""
# Enough money, and bills, for the books to be worth keeping.
RICH = {
    "groups.embers.centre_money": 60, "groups.league.money": 900, "groups.smugglers.money": 300,
    "groups.league.attacks": 40, "rules.territory.men_a_district": 5, "rules.territory.police": 0,
}  # fmt: skip


@pytest.mark.parametrize("policy", ["nothing", "cut"])
def test_books_explain_every_reserve(busy: Scenario, tmp_path: Path, policy: str) -> None:
    (tmp_path / "cut.toml").write_text(CUT, encoding="utf-8")
    chosen = tmp_path / "cut.toml" if policy == "cut" else policy
    model = Insurgency(busy, rng=2, policy=chosen, **RICH)
    state, setting = model.state, model.world
    attacks_paid, gifts = 0.0, 0.0
    for week in range(1, 61):
        before, bill = state.money.copy(), state.attack_bill.copy()
        model.step()
        for event in np.nonzero(setting.event_week == week)[0]:
            before[setting.event_group[event]] += setting.event_money[event]
        income = sum(outcome(model, f"income_{source.called}") for source in Source)
        given, got = state.promised.sum(axis=1), state.promised.sum(axis=0)
        after = before + income - outcome(model, "wages_paid") - given - bill
        money = outcome(model, "money")
        np.testing.assert_allclose(money, after, rtol=1e-12, atol=1e-9)
        # What one gives another gets, but for what is stopped on the way.
        stopped = np.array([0.4, 0.4, 0]) if policy == "cut" and week >= 4 else np.zeros(3)
        received = outcome(model, "income_allies")
        np.testing.assert_allclose(received, got * (1 - stopped), rtol=1e-12)
        if policy == "nothing":
            assert (received - given).sum() == pytest.approx(0, abs=1e-9)
        assert (given <= np.maximum(0, before) + 1e-9).all()  # nobody gives what he has not
        attacks_paid += bill.sum()
        gifts += given.sum()
    assert model.group_names == ("league", "embers", "smugglers")
    assert attacks_paid > 100
    assert gifts > 100


def test_a_group_in_the_red_first_spends_then_stretches_its_reserve(
    written: Callable[..., Scenario],
) -> None:
    """The whole course of a group of constant size whose wages exceed its income."""
    men, pay, crime, money, overhead, spent = 1000, 150, 100, 700.0, 0.3, 0.1
    band = {"fighters": men, "pay": pay, "crime": crime, "money": money}
    overrides = only(
        "finance", finance__overhead=overhead, finance__savings_spent=spent,
        finance__people_a_man=0, finance__wage_speed=0, finance__wage_cut_speed=0,
    )  # fmt: skip
    model = Insurgency(written(world(80, {"band": band})), rng=1, **overrides)
    model.run_until_end()
    series = model.series().iloc[1:]
    income = men * crime / WEEKS_A_MONTH / 1000
    due = men * pay * (1 + overhead) / WEEKS_A_MONTH / 1000
    # As long as a tenth of the reserve covers the gap, the reserve falls by the gap; later it
    # decays by that tenth.
    gap = due - income
    full = int(np.floor((money - gap / spent) / gap)) + 1
    assert 5 < full < 40
    weeks = np.arange(1, 81)
    reserve = np.where(
        weeks <= full,
        money - gap * weeks,
        (money - gap * full) * (1 - spent) ** np.maximum(0, weeks - full),
    )
    before = np.concatenate([[money], reserve[:-1]])
    share = np.where(weeks <= full, 1, (income + spent * before) / due)
    np.testing.assert_allclose(series["money"], reserve, rtol=1e-9)
    np.testing.assert_allclose(series["pay_share"], share, rtol=1e-9)
    np.testing.assert_allclose(series["wages_paid"], share * due, rtol=1e-9)
    np.testing.assert_allclose(series["income_crime"], income, rtol=1e-9)


def test_what_is_not_spent_is_saved(written: Callable[..., Scenario]) -> None:
    """A group that earns more than it owes: its reserve grows by the difference, every week."""
    band = {"fighters": 500, "pay": 50, "crime": 120, "money": 10}
    model = Insurgency(
        written(world(40, {"band": band})), rng=1,
        **only("finance", finance__overhead=0.5, finance__people_a_man=0, finance__wage_speed=0),
    )  # fmt: skip
    model.run_until_end()
    saved = 500 * (120 - 50 * 1.5) / WEEKS_A_MONTH / 1000
    np.testing.assert_allclose(model.series()["money"], 10 + saved * np.arange(41), rtol=1e-12)


def test_what_attacks_cost_beyond_the_reserve_is_owed(written: Callable[..., Scenario]) -> None:
    """No debt is forgiven: who attacks for more than he has owes it, and then pays it off."""
    band = {"fighters": 500, "pay": 50, "crime": 60, "money": 5, "attacks": 40}
    model = Insurgency(
        written(world(40, {"band": band})), rng=1,
        **only("finance", "attacks", finance__people_a_man=0, attacks__price=4, attacks__men_lost=0),
    )  # fmt: skip
    owed = 0
    for _ in range(40):
        before, bill = model.state.money[0], model.state.attack_bill[0]
        model.step()
        income = sum(outcome(model, f"income_{source.called}")[0] for source in Source)
        after = before + income - outcome(model, "wages_paid")[0] - bill
        assert model.state.money[0] == pytest.approx(after)
        owed += after < 0
    assert owed > 5
