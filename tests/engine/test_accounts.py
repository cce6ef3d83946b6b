"""The crisis of money comes from the centre and from interdiction, not from growth."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

SEEDS = range(4)
FALL = ("2015-12-28", "2016-03-27", "2016-06-26", "2016-10-17", "2016-11-30")
HEALTHY = {f"centres.is.health.{date}": 0.95 for date in FALL}


def pay(scenario: Scenario, policy: str = "record", **changed: object) -> dict[str, float]:
    """What a man of the newcomer is paid a month (USD), by period; the share of dues at the peak."""
    found = []
    for seed in SEEDS:
        model = Insurgency(scenario, rng=seed, policy=policy, **changed)
        model.run_until("2017-12-31")
        series = model.series()
        own = series[series["group"] == "iskp"].set_index("date")
        paid = own["customary_wage"] * own["pay_share"]
        found.append(
            [
                own["pay_share"]["2015-07":"2016-06"].mean(),
                paid["2015-07":"2016-06"].mean(),
                paid["2016-09":"2016-11"].mean(),
                paid["2017"].mean(),
            ]
        )
    return dict(
        zip(("share", "peak", "late", "next"), np.mean(found, axis=0).tolist(), strict=True)
    )


@pytest.fixture(scope="module")
def usual(khorasan: Scenario) -> dict[str, float]:
    return pay(khorasan)


@pytest.mark.slow
def test_a_rich_group_pays_its_men_at_its_peak_and_less_than_with_a_healthy_centre_later(
    khorasan: Scenario, usual: dict[str, float]
) -> None:
    healthy = pay(khorasan, **HEALTHY)
    assert usual["share"] > 0.8
    assert usual["late"] < 0.8 * healthy["late"]


def test_interdiction_brings_arrears(khorasan: Scenario, usual: dict[str, float]) -> None:
    assert pay(khorasan, policy="finance-interdiction")["next"] < 0.8 * usual["next"]


def test_groups_that_have_lasted_can_pay_their_men_at_the_start(khorasan: Scenario) -> None:
    """Over the first half-year at the medians, and not by living off their reserve alone."""
    model = Insurgency(khorasan, rng=1)
    model.run_until("2014-04-06")
    weeks = slice(1, model.week + 1)
    there = model.state.series.fighters[0] > 0
    series = model.state.series
    assert (series.pay_share[weeks, there] > 0.95).all()
    earned = series.income[:, weeks][:, :, there].sum(axis=(0, 1))
    assert (earned > 0.85 * series.wages_paid[weeks, there].sum(axis=0)).all()
