"""At which ratio of prices two policies do as much for their effort: known ratios."""

from __future__ import annotations

import math

import numpy as np
import pytest

from comparison.made_up import made_up
from ebbtide.comparison.break_even import break_even, gain_per_week
from ebbtide.comparison.report.effort import NO_TWO, sentences

N = 200


def drawn(random, gain, effort):
    """Gains and efforts of so much in the mean."""
    return gain + 3 * random.standard_normal(N), effort * random.uniform(0.5, 1.5, N)


def test_a_gain_for_a_week_is_mean_gain_over_mean_effort() -> None:
    gains, efforts = np.array([4.0, 6.0, 8.0]), np.array([2.0, 3.0, 4.0])
    found = gain_per_week(gains, efforts)
    assert (found.value, found.low, found.high) == pytest.approx((2, 2, 2))
    other = gain_per_week(np.array([4.0, 7.0, 7.0]), np.array([2.0, 3.0, 3.0]))
    assert other.value == pytest.approx(2.25)
    # residuals g - 2.25 e: -0.5, 0.25, 0.25
    reach = 4.302653 * np.std([-0.5, 0.25, 0.25], ddof=1) / math.sqrt(3) / (8 / 3)
    assert other.high - other.value == pytest.approx(reach)


def test_the_ratio_is_that_of_what_both_gain_and_holds_as_often_as_it_says() -> None:
    random, truth, held = np.random.default_rng(1), (20 / 2) / (10 / 5), 0
    for _ in range(300):
        pairs = [drawn(random, 0.0, 1.0), drawn(random, 10.0, 5.0), drawn(random, 20.0, 2.0)]
        gains, efforts = (np.column_stack(each) for each in zip(*pairs, strict=True))
        gains[:, 0] = efforts[:, 0] = 0.0
        (found,) = break_even(gains, efforts)
        assert (found.first, found.second) == (2, 1)
        held += found.ratio.low <= truth <= found.ratio.high
    assert 0.92 <= held / 300 <= 0.98


def test_twice_the_price_halves_the_ratio_and_at_the_ratio_the_order_turns() -> None:
    random = np.random.default_rng(2)
    pairs = [drawn(random, 10.0, 5.0), drawn(random, 20.0, 2.0)]
    gains, efforts = (np.column_stack(each) for each in zip(*pairs, strict=True))
    (found,) = break_even(gains, efforts)
    (dearer,) = break_even(gains, efforts * [1.0, 2.0])
    assert dearer.ratio.value == pytest.approx(found.ratio.value / 2)
    (even,) = break_even(gains, efforts * [1.0, found.ratio.value])
    assert even.ratio.value == pytest.approx(1)
    (turned,) = break_even(gains, efforts * [1.0, 1.5 * found.ratio.value])
    assert (turned.first, turned.second) == (found.second, found.first)


def test_in_how_many_replications_the_other_does_more_is_counted() -> None:
    # for a week: 3, 4, 1, 5 against 2, 2, 2, 2
    gains = np.array([[3.0, 4.0], [4.0, 4.0], [1.0, 4.0], [5.0, 4.0]] * 8)
    efforts = np.array([[1.0, 2.0]] * 32)
    (found,) = break_even(gains, efforts)
    assert (found.first, found.reversed_in_runs) == (0, 0.25)


def test_what_does_not_clearly_gain_or_cost_has_no_ratio() -> None:
    random = np.random.default_rng(3)
    cases = [(10.0, 5.0), (-10.0, 5.0), (0.0, 5.0), (10.0, 0.0)]
    pairs = [drawn(random, *case) for case in cases]
    gains, efforts = (np.column_stack(each) for each in zip(*pairs, strict=True))
    assert break_even(gains, efforts) == []
    assert math.isnan(gain_per_week(gains[:, 1], efforts[:, 1]).value)


def compared(**efforts):
    random = np.random.default_rng(4)
    base = random.uniform(150, 250, 60)
    none = {"record": np.zeros(60)}
    spent = none | {name: weeks * random.uniform(0.9, 1.1, 60) for name, weeks in efforts.items()}
    strength = {"record": base, "cheap": base - 20 + random.normal(0, 2, 60)}
    strength |= {"dear": base - 30 + random.normal(0, 2, 60), "worse": base + 10}
    return made_up({"mean_strength": strength, "effort_of_own_acts": spent})


def test_the_report_says_of_any_two_at_which_ratio_their_order_turns() -> None:
    found = compared(cheap=2.0, dear=9.0, worse=1.0)
    table = found.break_even()
    assert table[["policy", "against"]].to_numpy().tolist() == [["cheap", "dear"]]
    assert table.loc[0, "ratio"] == pytest.approx((20 / 2) / (30 / 9), rel=0.05)
    assert table.loc[0, "unit"] == "men per effort-week"
    first, left = sentences(found, table)
    assert first.startswith("“cheap” may cost 2.98 times (95% interval")
    assert "what it is priced at, beside “dear”, before “dear” does as much for its effort" in first
    assert left == "Of “worse” nothing is told: it is not clearly better than “record”."
    both = compared(cheap=2.0, dear=9.0, worse=0.0)
    assert sentences(both, both.break_even())[1] == (
        "Of “worse” nothing is told: it is not clearly better than “record” and the interval of its "
        "effort holds zero."
    )
    saving = compared(cheap=2.0, dear=-3.0, worse=1.0)
    table = compared(cheap=2.0, dear=9.0, worse=1.0).break_even().assign(against="worse")
    assert sentences(saving, table)[1] == "Of “dear” nothing is told: its own acts save effort."
    even = compared(cheap=2.0, dear=3.0, worse=1.0)
    assert "more for its effort is not settled" in sentences(even, even.break_even())[0]
    nothing = made_up({"mean_strength": {"record": [1.0, 2.0], "other": [3.0, 4.0]}})
    assert "break_even" not in nothing.tables()
    assert "no price" in sentences(nothing, None)[0]
    same = compared(cheap=0.0, dear=0.0, worse=0.0)
    assert sentences(same, same.break_even())[0] == NO_TWO


def test_of_few_replications_no_ratio_is_told() -> None:
    gains = np.array([[3.0, 4.0], [4.0, 4.5]] * 14)
    assert break_even(gains, np.ones_like(gains)) == []
    assert break_even(np.vstack([gains, gains]), np.ones((56, 2))) != []
