"""A random number is a function of (seed, decision, who, week), and a good one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from ebbtide.engine import random_numbers
from ebbtide.engine.random_numbers import Decision

# Known answers of Philox4x32-10: counter, key, output (Random123, kat_vectors).
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000",
     "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
     "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
     "d16cfe09 94fdcceb 5001e420 24126ea1"),
]  # fmt: skip
KEY = random_numbers.seed_key(7)


def words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "output"), KNOWN)
def test_known_answers_of_the_generator(counter: str, key: str, output: str) -> None:
    stated = [np.uint64(word) for word in (*words(counter), *words(key))]
    assert [int(word) for word in random_numbers.philox(*stated)] == words(output)


def test_a_block_of_draws_is_the_draws_one_by_one() -> None:
    who = np.random.default_rng(1).integers(0, 1 << 60, 300)
    block = np.empty(200)
    random_numbers.uniforms(*KEY, Decision.FATE, who[40:240], 17, block)
    single = [random_numbers.uniform(*KEY, Decision.FATE, one, 17) for one in who[40:240]]
    np.testing.assert_array_equal(block, single)


def test_first_words_tell_what_draws_begin_with() -> None:
    who = np.random.default_rng(2).integers(0, 1 << 60, 300)
    begun, drawn = np.empty(200, np.uint32), np.empty(200)
    random_numbers.first_words(*KEY, Decision.FATE, who[40:240], 17, begun)
    random_numbers.uniforms(*KEY, Decision.FATE, who[40:240], 17, drawn)
    assert np.abs(begun * random_numbers.WORD - drawn).max() < 2.0**-27
    np.testing.assert_array_equal(begun >> 5, np.floor(drawn * 2.0**27))


def test_a_draw_is_the_top_bits_of_the_generator() -> None:
    who, week = (3 << 40) + 5, 9
    counter = map(np.uint64, (who & 0xFFFFFFFF, who >> 32, week, Decision.HARM))
    a, b, _, _ = random_numbers.philox(*counter, *map(np.uint64, KEY))
    exact = ((int(a) >> 5) * 2**26 + (int(b) >> 6)) / 2**53
    assert random_numbers.uniform(*KEY, Decision.HARM, who, week) == exact


@pytest.mark.parametrize("changed", ["seed", "decision", "who", "week"])
def test_draws_are_even_and_each_part_of_the_key_gives_others(changed: str) -> None:
    count = 20_000
    draws = np.empty((2, count))
    for i in (0, 1):
        key = random_numbers.seed_key(7 + i) if changed == "seed" else KEY
        decision = Decision.FATE + (i if changed == "decision" else 0)
        who = np.arange(1, count + 1) + (count * i if changed == "who" else 0)
        random_numbers.uniforms(*key, decision, who, 5 + (changed == "week") * i, draws[i])
    for row in draws:
        assert 0 <= row.min() < row.max() < 1
        assert stats.kstest(row, "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(draws)[0, 1]) < 4 / np.sqrt(count)


@given(st.integers(-(1 << 130), 1 << 130), st.integers(1, 1 << 70))
def test_every_seed_has_a_key_of_its_own(seed: int, step: int) -> None:
    assert random_numbers.seed_key(seed) != random_numbers.seed_key(seed + step)
    assert all(0 <= word < 1 << 32 for word in random_numbers.seed_key(seed))


def test_zero_is_a_seed_like_any_other() -> None:
    assert len({random_numbers.seed_key(seed) for seed in (0, 1, -1, 2**64, -(2**64))}) == 5


@pytest.mark.parametrize("mean", [1e-3, 0.4, 3.0, 30.0, 499.0])
def test_a_count_is_the_inverse_of_the_poisson_distribution(mean: float) -> None:
    reach = 5 * int(np.sqrt(mean)) + 3
    for count in range(max(0, int(mean) - reach), int(mean) + reach):
        upto = stats.poisson.cdf(count, mean)
        width = min(stats.poisson.pmf(count, mean), stats.poisson.pmf(count + 1, mean))
        step = 1e-3 * width
        if step > 1e-13:  # else the rounding of the sum hides the step
            assert random_numbers.poisson(mean, upto - step) == count
            assert random_numbers.poisson(mean, upto + step) == count + 1


@given(st.floats(0, 600), st.floats(0, 600), st.floats(0, 1, exclude_max=True))
@example(0.9375, 1.0, 1 - 2**-52)  # sums of chances stop growing one term later for the smaller
@example(500.0, 500.001, 0.999)  # the exact sum and the normal meet
def test_more_is_expected_so_no_fewer_come(mean: float, other: float, drawn: float) -> None:
    low, high = sorted((mean, other))
    assert random_numbers.poisson(low, drawn) <= random_numbers.poisson(high, drawn)


@given(
    st.floats(0, 1000),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
)
def test_a_higher_draw_brings_no_fewer(mean: float, drawn: float, other: float) -> None:
    low, high = sorted((drawn, other))
    assert random_numbers.poisson(mean, low) <= random_numbers.poisson(mean, high)


@given(st.floats(1e-9, 1000), st.floats(-6, 8))
def test_counts_are_monotone_where_rounding_could_tell(mean: float, deviations: float) -> None:
    """Means and draws a bit or a few apart, at the very edge between two counts."""
    count = max(0, math.floor(mean + deviations * math.sqrt(mean)))
    edge = min(float(stats.poisson.cdf(count, mean)), 1 - 2**-53)
    means, draws = neighbours(mean), [draw for draw in neighbours(edge) if 0 <= draw < 1]
    counts = np.array([[random_numbers.poisson(one, draw) for draw in draws] for one in means])
    assert (np.diff(counts, axis=0) >= 0).all()
    assert (np.diff(counts, axis=1) >= 0).all()


def neighbours(number: float) -> list[float]:
    """The floats a few bits around a number, and some further, in order."""
    steps = [sign * 2**power for sign in (-1, 1) for power in range(0, 40, 3)]
    return sorted(number + step * math.ulp(number) for step in (0, *steps))


@pytest.mark.parametrize("mean", [0.0, -1.0])
def test_nothing_expected_nobody_comes(mean: float) -> None:
    assert random_numbers.poisson(mean, 0.999999) == 0
