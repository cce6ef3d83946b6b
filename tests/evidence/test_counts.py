"""The distributions of what is counted: known answers."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ebbtide.evidence.casualties import GRID, severity_of
from ebbtide.evidence.killed_part import KilledPart
from ebbtide.evidence.losses import UNSEEN, Losses
from ebbtide.evidence.origin import Origin
from ebbtide.evidence.presence import poisson_binomial
from ebbtide.evidence.strength import Strength
from ebbtide.evidence.unknown import SharedUnknown
from ebbtide.rules import attacks

DAY = dt.date(2001, 6, 30)
ALONE = SharedUnknown.none("alone")


def of_row(low, high=None, unknown=ALONE):
    return {
        "name": "said", "words": "said", "publisher": "Gazette", "known": DAY, "last": DAY,
        "held_back": False, "low": low, "high": low if high is None else high, "unknown": unknown,
    }  # fmt: skip


@given(st.integers(1, 12), st.floats(0.001, 0.999))
def test_places_alike_are_reported_binomially(places, likely):
    found = poisson_binomial(np.full(places, likely))
    assert found == pytest.approx(stats.binom.pmf(np.arange(places + 1), places, likely), abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_places_reported_have_the_sum_of_their_chances_for_a_mean(likely):
    counts = poisson_binomial(np.array(likely))
    assert counts.sum() == pytest.approx(1)
    assert counts @ np.arange(counts.size) == pytest.approx(sum(likely), abs=1e-9)


@pytest.mark.parametrize(("least", "exponent"), [(0.3, 3.0), (8.0, 2.3), (25.0, 2.0)])
def test_severity_is_that_of_the_rule_by_which_attacks_harm(least, exponent):
    severity = severity_of(least, exponent)
    assert severity.sum() == pytest.approx(1)
    drawn = (np.arange(20_000) + 0.5) / 20_000
    harmed = np.array([attacks.harmed(each, 1.0, least, exponent) for each in drawn])
    reached = np.cumsum(severity)
    for people in (0, 1, 5, 30, 200):
        assert reached[people] == pytest.approx((harmed <= people).mean(), abs=1e-3)


def test_the_sum_over_attacks_has_the_mean_of_their_number_times_their_harm():
    severity, expected = severity_of(4.0, 2.8), 6.0
    mass = np.fft.irfft(np.exp(expected * (np.fft.rfft(severity) - 1)), GRID)
    people = np.arange(GRID)
    assert mass.sum() == pytest.approx(1)
    assert mass @ people == pytest.approx(expected * (severity @ people), rel=1e-3)
    assert mass[0] == pytest.approx(np.exp(-expected * (1 - severity[0])))


def test_losses_are_told_with_their_stated_spread():
    losses = Losses(**of_row(10), forces=("army",), first=DAY, losses_error=0.5)
    told = losses.said(
        {"said": np.full(200_000, 39.5)}, np.full(200_000, 0.5), np.random.default_rng(1)
    )
    mean = (39.5 + UNSEEN) * 0.5
    assert told.mean() == pytest.approx(mean, rel=0.02)
    assert told.var() == pytest.approx(mean + (0.5 * mean) ** 2, rel=0.03)


def test_no_losses_at_all_do_not_make_ten_impossible():
    losses = Losses(**of_row(10), forces=("army",), first=DAY, losses_error=0.5)
    assert np.isfinite(losses.log_likelihood({"said": np.zeros(1)}, np.ones(1))).all()


def test_the_part_that_fits_best_is_the_share_that_was_said():
    part = KilledPart(
        **of_row(77), places=("a", "b"), part=("a",), whole=100, first=DAY, place_events=20
    )
    shares = np.linspace(0, 1, 101)
    likely = part.log_likelihood({"said": shares}, np.ones(1))[:, 0]
    assert shares[likely.argmax()] == pytest.approx(0.77 * 22 / 20 - 1 / 20, abs=0.02)
    assert np.isfinite(likely).all()


def test_a_rough_percentage_weighs_alike_to_both_sides():
    origin = Origin(**of_row(70), former="old", places=("a",), share_error=10)
    low, high = origin.log_likelihood({"said": np.array([55.0, 85.0])}, np.ones(1))[:, 0]
    assert low == pytest.approx(high)


def test_a_publisher_who_counts_double_is_seen_through():
    bias = SharedUnknown.bias("bias", 0.4)
    strength = Strength(
        **of_row(2000, unknown=bias), outcome="fighters", places=("a",), first=DAY, count_error=0.15
    )
    likely = strength.log_likelihood({"said": np.array([1000.0])}, bias.nodes)[0]
    assert bias.nodes[likely.argmax()] == pytest.approx(2, rel=0.15)


def test_what_would_be_said_is_what_is_likely():
    """The share of sayings inside an interval is the likelihood that is given to it."""
    strength = Strength(
        **of_row(900, 1200), outcome="fighters", places=("a",), first=DAY, count_error=0.15
    )
    seen = {"said": np.full(4000, 1000.0)}
    told = strength.said(seen, np.ones(4000), np.random.default_rng(2))
    likely = np.exp(strength.log_likelihood(seen, np.ones(1))[0, 0])
    assert ((told >= 900) & (told <= 1200)).mean() == pytest.approx(likely, abs=0.02)
