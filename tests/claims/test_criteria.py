"""When a claim counts as met."""

import math

import numpy as np
import pytest

from ebbtide.claims import criteria
from ebbtide.claims.claim_tests import SignTest
from ebbtide.claims.criteria import LEAST_EFFECT, Effect, Estimate, Range, Verdict
from ebbtide.claims.judging import imposed
from ebbtide.show.subject import QUANTILES
from ebbtide.study.spread import spread


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


def test_a_relative_difference_is_a_share_of_the_larger_and_changes_its_sign_alone() -> None:
    with_it, without = [100.0, 5.0, 0.0, 0.0, 2.0, -100.0, 3.0], [95.0, 0, 7, 0, 1e6, -110, -3]
    found = criteria.relative_differences(with_it, without)
    assert found == pytest.approx([0.05, 1, -1, 0, -1, 1 / 11, 2], abs=1e-5)
    assert criteria.relative_differences(without, with_it) == pytest.approx(-found)


def test_a_median_lies_between_order_statistics() -> None:
    """Of 40, from the 14th to the 27th: P(X <= 13) of a binomial with 40 and 1/2 is 1.9%."""
    found = Estimate.median_of(np.arange(1.0, 41.0))
    assert (found.low, found.value, found.high) == (14, 20.5, 27)


EVEN = np.tile([90.0, 100.0, 110.0, 1e4], 3)  # one draw in four is a hundred times the others


@pytest.mark.parametrize(
    ("share", "sign", "verdict"),
    [
        (0.06, "more", Verdict.MET),
        (0.06, "less", Verdict.NOT_YET),  # the other side
        (-0.06, "less", Verdict.MET),
        (0.049, "more", Verdict.IDLE),
        (0.049, "less", Verdict.IDLE),  # whatever the sign
        (0.051, "more", Verdict.MET),
        (0, "more", Verdict.IDLE),
    ],
)
def test_an_effect_is_worth_its_sentence_from_a_twentieth_on(share, sign, verdict) -> None:
    with_it, without = (EVEN, EVEN * (1 - share)) if share > 0 else (EVEN * (1 + share), EVEN)
    effect = Effect.of(with_it, without)
    assert effect.median == pytest.approx(share)
    assert (effect.low, effect.high) == pytest.approx((effect.median, effect.median))
    assert effect.verdict(sign) == verdict


def test_the_largest_draw_does_not_tell_the_others() -> None:
    """Nine draws of ten lose a tenth without it; in the last, which outweighs all, it is the opposite.

    Which way a mean turns is that draw's.
    """
    with_it = np.array([*[100.0] * 18, 1e5, 1e5])
    without = np.array([*[90.0] * 18, 2e5, 2e5])
    assert (with_it - without).mean() < 0
    effect = Effect.of(with_it, without)
    assert effect.median == pytest.approx(0.1)
    assert (effect.more, effect.less) == (0.9, 0.1)
    assert effect.verdict("more") == Verdict.MET


def test_draws_count_alike_whatever_their_unit() -> None:
    with_it, scales = np.linspace(1, 2, 12), 2.0 ** np.arange(-20, 28, 4)
    assert Effect.of(with_it * scales, scales) == Effect.of(with_it, np.ones(12))


def test_what_does_much_in_few_draws_alone_is_idle() -> None:
    effect = Effect.of([100.0] * 20, [100.0] * 12 + [10.0] * 8)
    assert effect.verdict("more") == Verdict.IDLE
    assert (effect.towards("more"), effect.towards("less")) == (0.4, 0)


def test_an_effect_that_chance_could_make_is_not_met() -> None:
    differences = np.tile([40.0, -20.0, 30.0, 10.0, -10.0], 2)
    effect = Effect.of(np.full(10, 100.0), 100 - differences)
    assert effect.low < 0 < LEAST_EFFECT < effect.median < effect.high
    assert effect.verdict("more") == Verdict.NOT_YET
    assert str(effect) == "+10% (-17 to +40)"


def test_an_effect_on_nothing_is_all_or_none() -> None:
    effect = Effect.of(np.zeros(8), np.arange(1.0, 9.0))
    assert (effect.median, effect.low, effect.high) == (-1, -1, -1)
    assert effect.verdict("less") == Verdict.MET
    assert effect.verdict("more") == Verdict.NOT_YET
    assert Effect.of(np.zeros(8), np.zeros(8)).verdict("more") == Verdict.IDLE


def test_pairs_without_an_answer_drop_out() -> None:
    effect = Effect.of([*EVEN, math.nan, 7.0], [*(0.9 * EVEN), 1.0, math.nan])
    assert (effect.pairs, effect.verdict("more")) == (12, Verdict.MET)
    for few in (0, 1, 5):
        alone = Effect.of([1.0] * few + [math.nan], [0.0] * (few + 1))
        assert alone.verdict("more") == Verdict.OPEN
        assert "too few" in str(alone)
    assert Effect.of([1.0] * 6, [0.0] * 6).verdict("more") == Verdict.MET


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
    told, criterion = imposed(row, found, "asked")
    assert told == verdict
    assert by in criterion


def test_what_was_looked_at_says_so_whatever_its_verdict() -> None:
    row = SignTest(claim="a", kind="Q", words="", note="", null="fails", looked_at="`a.rate`")
    assert imposed(row, Verdict.MET, "asked") == (Verdict.MET, "asked; looked at for `a.rate`")


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


def test_a_range_is_the_same_in_claims_summaries_and_figures() -> None:
    values = np.random.default_rng(5).lognormal(size=400)
    found, told = Range.of(values), spread(values)
    assert (found.low, found.median, found.high) == (told["low"], told["median"], told["high"])
    drawn = np.quantile(values, [QUANTILES[key] for key in ("low90", "median", "high90")])
    assert (found.low, found.median, found.high) == tuple(drawn)
    assert np.mean((values > found.low) & (values < found.high)) == pytest.approx(0.9)
