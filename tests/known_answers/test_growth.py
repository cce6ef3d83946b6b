"""Recruitment alone, all else middling, follows a logistic curve; founders take nothing of a pool."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

from .worlds import ERRORS, IMPROBABLE, only, world

SHARE = 0.1
WEIGHTS = ("brand", "momentum", "command", "cohesion", "ground", "money", "support", "risk", "wage")


def growing(
    written: Callable[..., Scenario], kind: str, start: int, most: float, rate: float, weeks: int,
    absorption: float = 10,
) -> np.ndarray:  # fmt: skip
    """Fighters by week where half of the men approached say yes and a pool holds `most` men.

    The `start` men are of no pool.
    """
    scenario = written(
        world(weeks, {"band": {"fighters": start}}, place={"population": most / SHARE})
    )
    overrides = only("recruitment", recruitment__rate=2 * rate, recruitment__least_freedom=1,
                     recruitment__outside=1, recruitment__absorption=absorption,
                     recruitment__poor_tendency=0, recruitment__like_minded_tendency=0,
                     support__usual_base=1, support__usual_sympathy=0)  # fmt: skip
    overrides |= {f"rules.recruitment.{weight}_weight": 0 for weight in WEIGHTS}
    for pool in ("poor", "like_minded"):
        overrides[f"rules.recruitment.pool_{pool}"] = SHARE if pool == kind else 0
    model = Insurgency(scenario, rng=1, **overrides)
    model.run_until_end()
    series = model.series()
    name = {"poor": "local_poor"}.get(kind, kind)
    assert series[f"entries_{name}"].sum() == series["fighters"].iloc[-1] - start
    return series["fighters"].to_numpy()


@pytest.mark.parametrize("kind", ["poor", "like_minded"])
def test_every_week_brings_a_poisson_number_with_the_logistic_mean(
    written: Callable[..., Scenario], kind: str
) -> None:
    most, rate, weeks = 60_000, 0.2, 60
    start = 2000
    men = growing(written, kind, start, most, rate, weeks)
    assert men[-1] > start + 0.99 * most
    mean = rate * men[:-1] * (1 - (men[:-1] - start) / most)
    mean, came = mean[mean > 50], np.diff(men)[mean > 50]
    errors = (came - mean) / np.sqrt(mean)
    assert len(errors) > 30
    assert abs(errors.mean()) * np.sqrt(len(errors)) < ERRORS
    assert IMPROBABLE < stats.chi2.sf((errors**2).sum(), len(errors)) < 1 - IMPROBABLE


@pytest.mark.parametrize("kind", ["poor", "like_minded"])
def test_slow_growth_of_many_is_the_closed_logistic(
    written: Callable[..., Scenario], kind: str
) -> None:
    start, pool, rate, weeks = 20_000, 60_000, 0.00375, 700
    men = growing(written, kind, start, pool, rate, weeks)
    most, rate = start + pool, rate * (start + pool) / pool
    time = np.arange(weeks + 1)
    logistic = most / (1 + (most / start - 1) * np.exp(-rate * time))
    # Early chance (one part in the root of the men at the start) grows as the curve itself does.
    slope = logistic * (1 - logistic / most) / (start * (1 - start / most))
    spread = np.sqrt(start) * slope + np.sqrt(logistic - start)
    steps = 0.5 * rate * rate * time * logistic * (1 - logistic / most)  # of a week, not of no time
    np.testing.assert_array_less(np.abs(men - logistic), ERRORS / 2 * spread + steps + 1)


@pytest.mark.parametrize("kind", ["poor", "like_minded"])
def test_a_group_grows_no_faster_than_its_men_can_vet_newcomers(
    written: Callable[..., Scenario], kind: str
) -> None:
    start, absorption, weeks = 5000, 0.01, 60
    men = growing(written, kind, start, 1e6, 0.2, weeks, absorption)
    came, mean = np.diff(men), absorption * men[:-1]
    errors = (came - mean) / np.sqrt(mean)
    assert abs(errors.mean()) * np.sqrt(weeks) < ERRORS
    assert IMPROBABLE < stats.chi2.sf((errors**2).sum(), weeks) < 1 - IMPROBABLE
