"""The distributions of what is counted: known answers."""

import dataclasses
import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ebbtide.evidence.casualties import GRID, Casualties, severity_of
from ebbtide.evidence.ground import DistrictsHeld
from ebbtide.evidence.killed import Killed
from ebbtide.evidence.killed_part import KilledPart
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.evidence.losses import UNSEEN, Losses
from ebbtide.evidence.origin import Origin
from ebbtide.evidence.presence import Presence, poisson_binomial
from ebbtide.evidence.strength import Strength
from ebbtide.evidence.unknown import SharedUnknown
from ebbtide.rules import attacks
from ebbtide.scenario.schema.observation import Magnitudes

DAY = dt.date(2001, 6, 30)
ALONE = SharedUnknown.none("alone")
OVER_CLAIM = Magnitudes(low=0.5, high=4, unit="ratio", source="a test")


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
    harmed = np.array([attacks.harmed(each, 1.0, 0, least, exponent, 0.0, 0.0) for each in drawn])
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


def _part(whole, said, here, all_of):
    """How likely it is that of `whole` so many fell in a part, by runs; 10 men make a report."""
    part = KilledPart(
        **of_row(said), places=("a", "b"), part=("a",), whole=whole, first=DAY, killed_a_clash=10
    )
    seen = {"said": np.array(here, float), "said and all": np.array(all_of, float)}
    return part, seen, part.log_likelihood(seen, np.ones(1))[:, 0]


def test_the_part_that_fits_best_is_the_share_that_was_said():
    here = np.arange(0, 2001, 20)
    _, _, likely = _part(2000, 1540, here, np.full(here.size, 2000))
    assert here[likely.argmax()] / 2000 == pytest.approx(0.77, abs=0.02)
    assert np.isfinite(likely).all()


def test_few_dead_say_less_of_where_they_fall_than_many():
    """Of the same share that fits badly a bad year, in run and record, says more than a quiet one."""

    def says(whole, all_of):
        _, _, likely = _part(whole, whole * 0.5, [all_of * 0.95], [all_of])
        return likely[0] - _part(whole, whole * 0.5, [all_of * 0.5], [all_of])[2][0]

    assert says(2000, 2000) < says(2000, 200) < says(2000, 20) < 0
    assert says(2000, 2000) < says(200, 2000) < 0


def test_a_run_without_dead_says_all_and_none_alike_and_sooner_than_a_part():
    """By half a report on each side: the arcsine law, 1 / (pi sqrt(p (1 - p))) at a share p."""
    of = {said: _part(1940, said, [0], [0])[2][0] for said in (0, 50, 970, 1890, 1940)}
    assert of[0] == pytest.approx(of[1940])
    assert of[50] == pytest.approx(of[1890])
    arcsine = 1 / (np.pi * 0.5)
    assert np.exp(of[970]) * 1940 == pytest.approx(arcsine, rel=0.01)
    assert 3 < np.exp(of[1890] - of[970]) < 3.3


def test_where_the_dead_are_said_to_fall_is_what_is_likely():
    part, seen, _ = _part(100, 80, np.full(40_000, 150), np.full(40_000, 200))
    told = part.said(seen, np.ones(40_000), np.random.default_rng(3))
    likely = np.exp(_part(100, 80, [150], [200])[2][0])
    assert (told == 80).mean() == pytest.approx(likely, abs=0.003)
    reports = 1 / (1 / 20 + 1 / 10)
    assert told.mean() == pytest.approx(100 * (0.75 * reports + 0.5) / (reports + 1), rel=0.01)


def _casualties(said, harmed):
    """Civilians said to be harmed by a publisher with a bias, of a run that harmed about so many."""
    bias = SharedUnknown.bias("bias", 0.4)
    casualties = Casualties(
        **of_row(said, unknown=bias), places=("a",), first=DAY, casualty_error=0.15
    )
    spread = stats.lognorm(0.3, scale=harmed)
    seen = {casualties.column("log-likelihood"): np.zeros(1)}
    for number in casualties.may_be_said:
        likely = 1e-300 if number < 1 else max(spread.pdf(number), 1e-300)
        seen[casualties.column(f"{number:.6g}")] = np.log([likely])
    return bias, casualties, seen


@pytest.mark.parametrize(("said", "harmed"), [(120, 120), (240, 120), (780, 300), (82, 400)])
def test_the_bias_of_who_counts_civilians_is_integrated_out(said, harmed):
    """Two log-normal errors are one of both: the quadrature over the kept numbers finds it."""
    bias, casualties, seen = _casualties(said, harmed)
    found = casualties.log_likelihood(seen, bias.nodes)[0]
    likely = np.exp(found + bias.log_weights).sum()
    both = stats.lognorm(np.hypot(0.3, 0.4), scale=harmed)
    assert likely == pytest.approx(both.pdf(said), rel=0.03)


def test_who_counts_twice_too_many_civilians_once_does_so_again():
    """Two sums that are both double what a run has are one surprise, and not two."""
    bias, casualties, seen = _casualties(240, 120)
    at_nodes = casualties.log_likelihood(seen, bias.nodes)[0]
    once = np.log(np.exp(bias.log_weights + at_nodes).sum())
    twice = np.log(np.exp(bias.log_weights + 2 * at_nodes).sum())
    assert twice > 2 * once


def test_nobody_harmed_is_nobody_at_any_bias():
    bias, casualties, seen = _casualties(0, 120)
    found = casualties.log_likelihood(seen, bias.nodes)[0]
    assert np.ptp(found) == 0


def test_a_rough_percentage_weighs_alike_to_both_sides():
    origin = Origin(**of_row(70), former="old", places=("a",), share_error=10)
    low, high = origin.log_likelihood({"said": np.array([55.0, 85.0])}, np.ones(1))[:, 0]
    assert low == pytest.approx(high)


@pytest.mark.parametrize("share", [0.0, 8.0, 50.0, 100.0])
def test_all_tens_that_may_be_said_of_a_share_are_sure_together(share):
    def likely(told):
        origin = Origin(**of_row(told), former="old", places=("a",), share_error=10)
        return np.exp(origin.log_likelihood({"said": np.array([share])}, np.ones(1))[0, 0])

    assert sum(likely(told) for told in range(0, 101, 10)) == pytest.approx(1)
    told = Origin(**of_row(50), former="old", places=("a",), share_error=10).said(
        {"said": np.full(40_000, share)}, np.ones(40_000), np.random.default_rng(4)
    )
    assert (told <= 5).mean() == pytest.approx(likely(0), abs=0.01)
    assert (told >= 95).mean() == pytest.approx(likely(100), abs=0.01)


def test_of_nearly_all_who_came_from_elsewhere_all_is_said_and_of_half_it_is_not():
    origin = Origin(**of_row(100), former="old", places=("a",), share_error=10)
    all_of, some = np.exp(
        origin.log_likelihood({"said": np.array([100.0, 60.0])}, np.ones(1))[:, 0]
    )
    assert all_of == pytest.approx(stats.norm.cdf(0.5))
    assert some == pytest.approx(stats.norm.sf(3.5))


@pytest.mark.parametrize("held", [0.0, 1.0, 2.0, 6.4])
def test_districts_told_are_a_rounded_normal_count_and_none_where_that_is_less(held):
    def likely(low, high):
        ground = DistrictsHeld(**of_row(low, high), places=("a",), district_error=1.5)
        return np.exp(ground.log_likelihood({"said": np.array([held])}, np.ones(1))[0, 0])

    assert likely(0, 0) == pytest.approx(stats.norm.cdf((0.5 - held) / 1.5))
    assert likely(3, 4) == pytest.approx(
        stats.norm.cdf(4.5, held, 1.5) - stats.norm.cdf(2.5, held, 1.5)
    )
    assert sum(likely(n, n) for n in range(40)) == pytest.approx(1)
    told = DistrictsHeld(**of_row(0), places=("a",), district_error=1.5).said(
        {"said": np.full(40_000, held)}, np.ones(40_000), np.random.default_rng(5)
    )
    assert (told < 0.5).mean() == pytest.approx(likely(0, 0), abs=0.01)


def _killed(said, over_claim):
    return Killed(**of_row(said, unknown=over_claim), places=("a",), first=DAY, killed_error=0.2)


def test_the_dead_told_are_those_killed_by_the_over_claim_with_a_log_normal_error():
    """Of 300 killed and told twice over 600 are likeliest; the chance of 480 has a closed form."""
    twice = np.array([2.0])
    seen = {"said": np.array([300.0])}
    likely = {
        told: _killed(told, ALONE).log_likelihood(seen, twice)[0, 0] for told in (300, 480, 600)
    }
    assert max(likely, key=likely.get) == 600
    ends = np.log([479.5, 480.5])
    assert np.exp(likely[480]) == pytest.approx(np.diff(stats.norm.cdf(ends, np.log(600), 0.2))[0])
    told = _killed(600, ALONE).said(
        {"said": np.full(40_000, 300.0)}, np.full(40_000, 2.0), np.random.default_rng(6)
    )
    assert np.log(told).mean() == pytest.approx(np.log(600), abs=0.01)
    assert np.log(told).std() == pytest.approx(0.2, abs=0.01)


def test_one_over_claim_is_that_of_all_years():
    """Two years told double the dead of a run say of one over-claim what one does, and more surely."""
    claim = SharedUnknown.magnitude("over-claim", OVER_CLAIM)
    first, second = _killed(1000, claim), dataclasses.replace(_killed(2000, claim), name="later")
    seen = {"said": np.array([500.0, 500.0]), "later": np.array([1000.0, 500.0])}
    alike, apart = Likelihood((first, second)).of_runs(seen)
    assert alike > apart + 3
    spread = [
        np.sqrt(likely @ np.log(claim.nodes) ** 2 - (likely @ np.log(claim.nodes)) ** 2)
        for likely in (
            Likelihood(told).nodes_given("over-claim", seen)[0]
            for told in ((first,), (first, second))
        )
    ]
    assert spread == pytest.approx([0.2, 0.2 / np.sqrt(2)], rel=0.05)


def _presence(false_reports, unseen=10.0):
    def within(value):
        return Magnitudes(low=value, high=value * (1 + 1e-9), unit="share", source="a test")

    return Presence(
        **of_row(1), places=("a", "b", "c"),
        unseen=SharedUnknown.magnitude("unseen", within(unseen)),
        false_reports=SharedUnknown.magnitude("false", within(false_reports)),
    )  # fmt: skip


@pytest.mark.parametrize("false_reports", [0.03, 0.3])
def test_where_nobody_is_it_is_reported_as_often_as_reports_are_false(false_reports):
    nobody = SimpleNamespace(in_sight=lambda _: {"a": 0.0, "b": 0.0, "c": 0.0})
    found = _presence(false_reports).likely(nobody, np.arange(4.0))
    assert found == pytest.approx(stats.binom.pmf(np.arange(4), 3, false_reports), rel=1e-6)


def test_who_is_there_is_missed_only_if_nobody_reports_him_falsely_either():
    ten = SimpleNamespace(in_sight=lambda _: {"a": 10.0, "b": 10.0, "c": 10.0})
    reported = 1 - 0.7 * np.exp(-1)
    found = _presence(0.3).likely(ten, np.arange(4.0))
    assert found == pytest.approx(stats.binom.pmf(np.arange(4), 3, reported), rel=1e-6)


def test_counts_of_one_publisher_share_a_bias_as_a_normal_law_has_it():
    """Three counts with one bias are jointly normal in logs, and no three counts by themselves."""
    bias = SharedUnknown.bias("bias", 0.4)
    told = {"one": 1500.0, "two": 1300.0, "three": 1700.0}
    said = tuple(
        dataclasses.replace(
            Strength(
                **of_row(number - 1, number + 1, unknown=bias), outcome="fighters", places=("a",),
                first=DAY, count_error=0.3,
            ),
            name=name,
        )
        for name, number in told.items()
    )  # fmt: skip
    seen = {name: np.array([1000.0, 1400.0]) for name in told}
    logs = np.log([*told.values()])
    width = np.log([(n + 1) / (n - 1) for n in told.values()])
    joint = stats.multivariate_normal(np.zeros(3), 0.4**2 + np.diag([0.3**2] * 3))
    expected = [joint.logpdf(logs - np.log(men)) + np.log(width).sum() for men in (1000.0, 1400.0)]
    assert Likelihood(said).of_runs(seen) == pytest.approx(expected, abs=0.01)


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
