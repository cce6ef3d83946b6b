"""Nobody comes, and one constant hazard takes men: their service times are geometric."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

from .worlds import IMPROBABLE, only, world

HAZARD = 0.05
OVERWHELMING = 1e4  # fire so heavy that the hazard stands at its bound
ENDS = {
    # a score of 0 halves the bound
    "deserted": only("leaving", leaving__highest=2 * HAZARD, leaving__tendency=0,
                     leaving__surrender_highest=0),
    "surrendered": only("leaving", leaving__surrender_highest=2 * HAZARD,
                        leaving__surrender_tendency=0, leaving__highest=0),
    # a force that sees all aims at as many as its bound, and kills as many
    "killed": only("targeting", targeting__highest=HAZARD, targeting__arrest_highest=0,
                   targeting__outsider_weight=0),
    "captured": only("targeting", targeting__highest=0, targeting__arrest_highest=HAZARD),
}  # fmt: skip


@pytest.fixture(params=ENDS)
def end(request: pytest.FixtureRequest) -> str:
    return request.param


def alone(written: Callable[..., Scenario], end: str, men: int, weeks: int) -> Scenario:
    force = {"capacity": OVERWHELMING, "arrests": OVERWHELMING, "intelligence": 1}
    return written(world(weeks, {"band": {"fighters": men}}, force=force)).with_overrides(ENDS[end])


def test_times_of_service_are_geometric(written: Callable[..., Scenario], end: str) -> None:
    men, weeks = 20_000, 60
    model = Insurgency(alone(written, end, men, weeks), rng=1)
    model.run_until_end()
    series = model.series()
    left = series[f"exits_{end}"].to_numpy()[1:]
    remaining = series["fighters"].iloc[-1]
    assert left.sum() + remaining == men
    week = np.arange(1, weeks + 1)
    expected = men * np.append(stats.geom.pmf(week, HAZARD), stats.geom.sf(weeks, HAZARD))
    assert stats.chisquare([*left, remaining], expected).pvalue > IMPROBABLE


@pytest.mark.slow
def test_those_who_are_left_are_binomial(written: Callable[..., Scenario], end: str) -> None:
    men, weeks, seeds = 50, 10, 100
    scenario = alone(written, end, men, weeks)
    left = np.empty((seeds, weeks + 1), np.int64)
    for seed in range(seeds):
        model = Insurgency(scenario, rng=seed)
        model.run_until_end()
        left[seed] = model.series()["fighters"]
    for week in (1, weeks // 2, weeks):
        stays = (1 - HAZARD) ** week
        total = int(left[:, week].sum())
        assert stats.binomtest(total, seeds * men, stays).pvalue > IMPROBABLE
    counts = np.arange(men + 1)
    expected = seeds * stats.binom.pmf(counts, men, stays)
    found = np.bincount(left[:, -1], minlength=men + 1)
    edges = np.searchsorted(expected.cumsum(), np.arange(1, 9) / 9 * seeds)
    found, expected = (np.add.reduceat(x, [0, *edges]) for x in (found, expected))
    assert stats.chisquare(found, expected).pvalue > IMPROBABLE
