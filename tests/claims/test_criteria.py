"""When a claim counts as met."""

import math

import numpy as np
import pytest

from ebbtide.claims import criteria
from ebbtide.claims.claim_tests import SignTest
from ebbtide.claims.criteria import Range, Verdict
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
    assert criteria.overall([Verdict.STATED]) == Verdict.STATED


def test_the_share_of_runs_lies_in_its_interval() -> None:
    low, high = criteria.share_interval(np.arange(100) < 90)
    assert 0.8 < low < 0.9 < high < 0.96
