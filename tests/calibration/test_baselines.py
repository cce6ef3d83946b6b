"""Naive forecasts: each goes on as it says, and is the less sure the less it knows."""

import datetime as dt

import numpy as np
import pytest

from ebbtide.calibration.baselines import BASELINES, PublishedBefore, history

from .test_posterior import DAY, LATER, says

START = dt.date(2001, 1, 7)


def on(curve, weeks):
    return [PublishedBefore(START + dt.timedelta(weeks=week), curve(week)) for week in weeks]


def exponential(week):
    return np.log(1000.0) - 0.02 * week


def logistic(week):
    """From 200 towards 2,000, at 0.1 a week."""
    return np.log(2000.0 / (1.0 + 9.0 * np.exp(-0.1 * week)))


@pytest.mark.parametrize(
    ("name", "curve", "error"),
    [
        ("persistence", lambda _: 7.0, 0.0),
        ("random walk", lambda _: 7.0, 0.0),
        ("drift", exponential, 1e-9),
        ("null model", exponential, 1e-9),
        ("logistic growth", logistic, 0.05),
    ],
)
def test_each_goes_on_with_its_own_curve(name, curve, error):
    told = on(curve, range(0, 60, 4))
    forecast = BASELINES[name](told, START + dt.timedelta(weeks=70), 0.05)
    assert forecast.mean == pytest.approx(curve(70), abs=error + 1e-12)


@pytest.mark.parametrize("name", sorted(set(BASELINES) - {"persistence"}))
def test_the_farther_ahead_the_less_sure(name):
    told = on(exponential, range(0, 24, 4))
    sure = [BASELINES[name](told, START + dt.timedelta(weeks=weeks), 0.1).sd for weeks in (24, 60)]
    assert 0 < sure[0] < sure[1]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("persistence", 1),
        ("random walk", 1),
        ("drift", 2),
        ("null model", 3),
        ("logistic growth", 3),
    ],
)
def test_who_knows_too_little_says_nothing(name, least):
    for known in range(4):
        said = BASELINES[name](on(exponential, range(known)), START, 0.1)
        assert (said is not None) == (known >= least)


def test_what_was_known_of_the_same_thing_counts_and_nothing_else():
    first, later = says("Gazette", 1000), says("Herald", 500, LATER)
    assert [each.log for each in history(first, (first, later), DAY)] == [np.log(1000)]
    assert len(history(first, (first, later), LATER)) == 2
