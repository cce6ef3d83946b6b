"""What men are used to: wages follow income and rivals, and arrears tell of a fall."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

from .worlds import only, world

Write = Callable[..., Scenario]
SPEED = 0.1
WEEKS = 120
PLAIN = only(
    "finance", finance__overhead=0, finance__people_a_man=0, finance__wage_speed=SPEED,
    finance__wage_cut_speed=SPEED,
    finance__savings_spent=0, recruitment__outside_wage=150,
)  # fmt: skip
STOPPED = """
title = "Some money is stopped"
[acts.interdiction]
kind = "finance_interdiction"
against = ["band"]
start = 2001-01-07
strength = 0.5
"""


def lived(scenario: Scenario, **options: object) -> dict[str, pd.DataFrame]:
    model = Insurgency(scenario, rng=1, **{**PLAIN, **options})  # type: ignore[arg-type]
    model.run_until_end()
    series = model.series()
    return {str(name): rows.reset_index(drop=True) for name, rows in series.groupby("group")}


def test_wages_drift_to_what_income_pays_and_arrears_pass(written: Write) -> None:
    """A promise above income is owed at first and less each week: a closed course."""
    rich = {"band": {"pay": 300, "crime": 200}}
    band = lived(written(world(WEEKS, rich)))["band"].iloc[1:]
    wages = 200 + 100 * (1 - SPEED) ** np.arange(1, WEEKS + 1)
    np.testing.assert_allclose(band["customary_wage"], wages, rtol=1e-9)
    np.testing.assert_allclose(band["pay_share"], 200 / wages, rtol=1e-9)


@pytest.mark.parametrize(("crime", "wage", "share"), [(90, 150, 0.6), (400, 300, 1), (0, 150, 0)])
def test_so_much_is_owed_as_men_would_get_elsewhere(
    written: Write, crime: float, wage: float, share: float
) -> None:
    """Alone in its place: between the outside wage (150) and the stated pay (300)."""
    band = lived(written(world(WEEKS, {"band": {"pay": 300, "crime": crime}})))["band"]
    assert band["customary_wage"].iloc[-1] == pytest.approx(wage, rel=1e-4)
    assert band["pay_share"].iloc[-1] == pytest.approx(share, rel=1e-4)


def test_a_group_that_can_follows_the_pay_of_a_rival(written: Write) -> None:
    groups = {"band": {"pay": 100, "crime": 240}, "rival": {"pay": 400, "crime": 400}}
    two = lived(written(world(WEEKS, groups)))
    assert two["band"]["customary_wage"].iloc[-1] == pytest.approx(240, rel=1e-4)
    assert two["rival"]["customary_wage"].iloc[-1] == pytest.approx(400, rel=1e-4)
    poor = {"band": {"pay": 100, "crime": 100}, "rival": groups["rival"]}
    assert lived(written(world(WEEKS, poor)))["band"]["customary_wage"].iloc[-1] == 100


def test_a_group_that_pays_its_centre_saves_nothing_by_interdiction(
    written: Write, tmp_path: Path
) -> None:
    text = world(20, {"band": {"pay": 0, "money": 900, "centre": "far", "centre_money": -10}})
    text += '\n[centres.far]\nname = "Far"\nbrand = 0\nhealth = { 2001-01-07 = 1 }\n'
    (tmp_path / "stopped.toml").write_text(STOPPED, encoding="utf-8")
    scenario = written(text)
    for policy in (scenario.policy, tmp_path / "stopped.toml"):
        money = lived(scenario, policy=policy)["band"]["money"]
        np.testing.assert_allclose(money, 900 - 10 * np.arange(21), rtol=1e-12)


def test_a_group_does_not_earn_without_limit(written: Write) -> None:
    """In a place of 100,000 people at 50 a man: at most what 2,000 men make by themselves."""
    income = [
        lived(written(world(3, {"band": {"fighters": men, "crime": 80}})),
              **{"rules.finance.people_a_man": 50})["band"]["income_crime"].iloc[-1]
        for men in (100, 1_000, 10_000, 100_000)
    ]  # fmt: skip
    most = 2000 * 80 / (365.25 / 12 / 7) / 1000
    assert income == sorted(income)
    assert income[-1] < most
    assert income[1] < 7 * income[0]


def test_money_without_the_mechanism_is_paid_as_stated(written: Write) -> None:
    band = lived(
        written(world(9, {"band": {"pay": 300, "crime": 100}})), **{"rules.finance.on": False}
    )["band"]
    assert set(band["customary_wage"]) == {300}
    assert set(band["pay_share"]) == {1}


def test_a_cut_comes_more_slowly_than_a_rise(written: Write) -> None:
    """So long as custom stands above income the rest is owed, by the speed of cuts alone."""
    rich = {"band": {"pay": 300, "crime": 200}}
    slow = {"rules.finance.wage_cut_speed": SPEED / 10}
    band = lived(written(world(WEEKS, rich)), **slow)["band"].iloc[1:]
    wages = 200 + 100 * (1 - SPEED / 10) ** np.arange(1, WEEKS + 1)
    np.testing.assert_allclose(band["customary_wage"], wages, rtol=1e-9)


def test_a_group_hires_no_more_men_than_it_can_pay(minimal: Scenario) -> None:
    """Its cause may go on to win men; the hired stop where nothing is left over for them."""
    hired, won = [], []
    for tax in (0.0, 50.0):
        model = Insurgency(
            minimal, rng=3,
            **{"rules.finance.tax": tax, "rules.finance.savings_spent": 0,
               "groups.league.crime": 0, "rules.alliances.on": False},
        )  # fmt: skip
        model.run_until_end()
        league = model.series().query("group == 'league'")
        hired.append(int(league["entries_local_poor"].sum()))
        won.append(int(league["entries_like_minded"].sum()))
    assert hired[0] == 0 < hired[1]
    assert won[0] > 0


def test_a_new_group_is_used_to_nothing_yet(minimal: Scenario) -> None:
    """Its first wage is what it is able to pay, and no promise of a richer past."""
    model = Insurgency(minimal, rng=3)
    model.run_until_end()
    first = model.series().query("group == 'embers' and fighters > 0").iloc[0]
    assert first["customary_wage"] < minimal.file.groups["embers"].pay.median
    assert first["pay_share"] > 0.99
