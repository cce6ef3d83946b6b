"""When a claim counts as met."""

import math

import numpy as np
import pytest

from ebbtide.claims import criteria
from ebbtide.claims.claim_tests import SignTest
from ebbtide.claims.criteria import Effect, Range, Verdict
from ebbtide.claims.judging import imposed


def test_a_range_is_the_median_and_the_middle_of_what_is_known() -> None:
    found = Range.of([*range(101), math.nan])
    assert (found.low, found.median, found.high) == (5, 50, 95)
    assert math.isnan(Range.of([math.nan]).median)


@pytest.mark.parametrize(
    ("found", "figure", "factor", "verdict"),
    [
        (Range(100, 50, 200), (100, 100), 2, Verdict.MET),
        (Range(100, 50, 200), (199, 300), 2, Verdict.MET),  # touched, median in reach of it
        (Range(100, 50, 200), (201, 201), 2.5, Verdict.NOT_YET),  # outside the range
        (Range(40, 20, 200), (100, 100), 2, Verdict.NOT_YET),  # inside, median too far
        (Range(40, 20, 200), (100, 100), None, Verdict.MET),  # the range alone decides
        (Range(math.nan, math.nan, math.nan), (1, 1), 2, Verdict.OPEN),
    ],
)
def test_a_figure_needs_the_range_and_the_median(found, figure, factor, verdict) -> None:
    assert criteria.agrees(found, *figure, factor) == verdict


@pytest.mark.parametrize(
    ("yes", "of", "verdict"),
    [
        (10, 10, Verdict.CLOSE),  # ten runs cannot tell
        (40, 40, Verdict.MET),
        (186, 200, Verdict.CLOSE),  # 93%
        (192, 200, Verdict.MET),
        (176, 200, Verdict.CLOSE),  # 88%
        (160, 200, Verdict.NOT_YET),
        (1900, 2000, Verdict.MET),
    ],
)
def test_a_sign_holds_in_nine_runs_of_ten_beyond_sampling_error(
    yes: int, of: int, verdict: Verdict
) -> None:
    assert criteria.holds([True] * yes + [False] * (of - yes)) == verdict


def test_no_runs_tell_no_sign() -> None:
    assert criteria.holds([]) == Verdict.OPEN


def test_the_interval_of_paired_differences_is_students() -> None:
    low, high = criteria.interval([1.0, 2.0, 3.0])
    half = 4.302652729911275 / math.sqrt(3)  # t with two degrees of freedom, 97.5%
    assert (low, high) == pytest.approx((2 - half, 2 + half))


EVEN = [90.0, 100.0, 110.0, 100.0]  # a mean of 100


@pytest.mark.parametrize(
    ("less_without", "sign", "verdict"),
    [
        (6, "more", Verdict.MET),
        (6, "less", Verdict.NOT_YET),  # the other side
        (-6, "less", Verdict.MET),
        (4.9, "more", Verdict.IDLE),
        (4.9, "less", Verdict.IDLE),  # whatever the sign
        (5, "more", Verdict.MET),
        (0, "more", Verdict.IDLE),
    ],
)
def test_an_effect_is_worth_its_sentence_from_a_twentieth_on(less_without, sign, verdict) -> None:
    effect = Effect.of(EVEN, np.subtract(EVEN, less_without))
    assert effect.mean == pytest.approx(less_without / 100)
    assert (effect.low, effect.high) == pytest.approx((effect.mean, effect.mean))
    assert effect.verdict(sign) == verdict


def test_an_effect_that_chance_could_make_is_not_met() -> None:
    differences = [40.0, -20.0, 30.0, -10.0]  # a mean of 10
    effect = Effect.of(EVEN, np.subtract(EVEN, differences))
    low, high = criteria.interval(differences)
    assert (effect.mean, effect.low, effect.high) == pytest.approx((0.1, low / 100, high / 100))
    assert effect.verdict("more") == Verdict.NOT_YET
    assert str(effect) == f"+10% ({low:+.0f} to {high:+.0f})"


def test_the_size_of_an_outcome_is_what_it_is_without_its_sign() -> None:
    with_it = [-100.0, 100.0]  # an outcome that is a difference
    assert Effect.of(with_it, np.subtract(with_it, 10)).mean == pytest.approx(0.1)
    assert Effect.of([-100.0, -100.0], [-110.0, -110.0]).mean == pytest.approx(0.1)


def test_an_effect_on_nothing_is_infinite_or_none() -> None:
    effect = Effect.of([0.0, 0.0, 0.0], [3.0, 4.0, 5.0])
    assert effect.mean == -math.inf
    assert effect.verdict("less") == Verdict.MET
    assert effect.verdict("more") == Verdict.NOT_YET
    assert Effect.of([0.0, 0.0], [0.0, 0.0]).verdict("more") == Verdict.IDLE


def test_pairs_without_an_answer_drop_out() -> None:
    effect = Effect.of([*EVEN, math.nan, 7.0], [*np.subtract(EVEN, 6), 1.0, math.nan])
    assert (effect.pairs, effect.verdict("more")) == (4, Verdict.MET)
    alone = Effect.of([1.0, math.nan], [0.0, 0.0])
    assert alone.verdict("more") == Verdict.OPEN
    assert "too few" in str(alone)


@pytest.mark.parametrize(
    ("kind", "by", "found", "verdict"),
    [
        ("Q", "", Verdict.MET, Verdict.MET),
        ("Q", "a dated killing", Verdict.MET, Verdict.IMPOSED),
        ("Q", "a dated killing", Verdict.NOT_YET, Verdict.NOT_YET),
        ("P", "a level from the first day", Verdict.MET, Verdict.OPEN),
        ("P", "a level from the first day", Verdict.NOT_YET, Verdict.OPEN),
    ],
)
def test_what_inputs_impose_is_not_plainly_met(kind, by, found, verdict) -> None:
    row = SignTest(claim="a", kind=kind, words="a sign", note="", null="fails", imposed=by)
    told, criterion = imposed(row, found)
    assert told == verdict
    assert by in criterion


def test_a_claim_counts_by_its_worst_test() -> None:
    met, not_yet, unjudged = Verdict.MET, Verdict.NOT_YET, Verdict.OPEN
    assert criteria.overall([met, unjudged, not_yet]) == not_yet
    assert criteria.overall([met, unjudged]) == unjudged
    assert criteria.overall([met, met]) == met
    assert criteria.overall([met, Verdict.IMPOSED]) == Verdict.IMPOSED
    assert criteria.overall([Verdict.CLOSE, Verdict.IMPOSED]) == Verdict.CLOSE
    assert criteria.overall([met, Verdict.IDLE]) == Verdict.IDLE
    assert criteria.overall([not_yet, Verdict.IDLE]) == not_yet
    assert criteria.overall([Verdict.STATED]) == Verdict.STATED


def test_the_share_of_runs_lies_in_its_interval() -> None:
    low, high = criteria.share_interval(np.arange(100) < 90)
    assert 0.8 < low < 0.9 < high < 0.96
