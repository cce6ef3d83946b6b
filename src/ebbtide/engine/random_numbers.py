"""Random numbers by key: a draw is a function of (seed, decision, who, week).

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011), a counter-based generator: the key is the
seed, the counter says who decides what and when. Nothing is drawn from a stream, so one draw more
here changes no draw elsewhere, and two policies meet common random numbers.
"""

from __future__ import annotations

import math
from enum import IntEnum, unique
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.compilation.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ebbtide.world.columns import Numbers
    from ebbtide.world.world import World

    Words = NDArray[np.uint32]


@unique
class Decision(IntEnum):
    """What is decided by a draw. Numbers are part of every result: never reuse or reorder them."""

    FATE = 1  # which end comes for a fighter this week
    SWITCH_TO = 2
    MOVE_TO = 3
    FOUNDING = 6
    PLEDGE = 7
    COMMAND = 8
    COMMAND_TO = 9
    FOLLOW = 10
    LEADER_FATE = 11
    SUCCESSION = 12
    INTAKE = 13
    HARM = 14
    ATTACKS = 15
    SEVERITY = 16
    GATHER = 17  # to which of its new group's places a command brings its men
    FATAL = 20  # how many of those harmed by an attack on state forces die
    OF_FORCE = 21  # whose they are
    LOSSES = 22  # how many of a force fall in clashes
    HIRED = 23  # whether somebody is hired for an attack


WORD = 2.0**-32  # the unit of a draw's first word
_MASK = 0xFFFFFFFF
_M0, _M1 = 0xD2511F53, 0xCD9E8D57
_W0, _W1 = 0x9E3779B9, 0xBB67AE85


def seed_key(seed: int) -> tuple[int, int]:
    """The generator's key (two 32-bit words) of a seed; any integer, and 0 is a seed."""
    words = np.random.SeedSequence(abs(seed), spawn_key=(int(seed < 0),)).generate_state(2)
    return int(words[0]), int(words[1])


def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Philox4x32 with ten rounds: four 32-bit words from a 128-bit counter and a 64-bit key."""
    c0, c1, c2, c3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    k0, k1 = np.uint64(k0), np.uint64(k1)
    mask, shift = np.uint64(_MASK), np.uint64(32)
    for _ in range(10):
        p0 = np.uint64(_M0) * c0
        p1 = np.uint64(_M1) * c2
        c0, c1, c2, c3 = (
            ((p1 >> shift) ^ c1 ^ k0) & mask,
            p1 & mask,
            ((p0 >> shift) ^ c3 ^ k1) & mask,
            p0 & mask,
        )
        k0 = (k0 + np.uint64(_W0)) & mask
        k1 = (k1 + np.uint64(_W1)) & mask
    return c0, c1, c2, c3


philox = compiled(philox)


def uniform(key0: int, key1: int, decision: Any, who: Any, week: int) -> float:
    """A number in [0, 1) with 53 random bits for one decision of one actor in one week."""
    w = np.uint64(who)
    a, b, _, _ = philox(
        w & np.uint64(_MASK), w >> np.uint64(32), np.uint64(week), np.uint64(decision), key0, key1
    )
    high = np.float64(a >> np.uint64(5))
    low = np.float64(b >> np.uint64(6))
    return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0)


uniform = compiled(uniform)


def uniforms(key0: int, key1: int, decision: Any, who: Any, week: int, out: Numbers) -> None:
    """Fill `out` with the draws of all of `who`: the same numbers as `uniform`, in one loop.

    Written out, and over whole arrays, so that the compiler works on several lanes at once.
    """
    mask, shift = np.uint64(_MASK), np.uint64(32)
    third, fourth = np.uint64(week), np.uint64(decision)
    for i in range(who.size):
        w = np.uint64(who[i])
        c0, c1, c2, c3 = w & mask, w >> shift, third, fourth
        k0, k1 = np.uint64(key0), np.uint64(key1)
        for _ in range(10):
            p0 = np.uint64(_M0) * c0
            p1 = np.uint64(_M1) * c2
            c0 = (p1 >> shift) ^ c1 ^ k0
            c2 = (p0 >> shift) ^ c3 ^ k1
            c1 = p1 & mask
            c3 = p0 & mask
            k0 = (k0 + np.uint64(_W0)) & mask
            k1 = (k1 + np.uint64(_W1)) & mask
        high = np.float64(np.int64(c0 >> np.uint64(5)))
        low = np.float64(np.int64(c1 >> np.uint64(6)))
        out[i] = (high * 67108864.0 + low) * (1.0 / 9007199254740992.0)


uniforms = compiled(uniforms)


def first_words(key0: int, key1: int, decision: Any, who: Any, week: int, out: Words) -> None:
    """Fill `out` with what the draws of all of `who` begin with, in units of `WORD`.

    That tells a draw to 2^-27: the word's last five bits are not of it. Written out as `uniforms` is.
    """
    mask, shift = np.uint64(_MASK), np.uint64(32)
    third, fourth = np.uint64(week), np.uint64(decision)
    for i in range(who.size):
        w = np.uint64(who[i])
        c0, c1, c2, c3 = w & mask, w >> shift, third, fourth
        k0, k1 = np.uint64(key0), np.uint64(key1)
        for _ in range(10):
            p0 = np.uint64(_M0) * c0
            p1 = np.uint64(_M1) * c2
            c0 = (p1 >> shift) ^ c1 ^ k0
            c2 = (p0 >> shift) ^ c3 ^ k1
            c1 = p1 & mask
            c3 = p0 & mask
            k0 = (k0 + np.uint64(_W0)) & mask
            k1 = (k1 + np.uint64(_W1)) & mask
        out[i] = c0


first_words = compiled(first_words)


def draw(world: World, decision: int, who: Any, week: int) -> float:
    """The number that a run's world holds for one decision of one actor in one week.

    As a plain number a decision is recognised at once where Python calls compiled code.
    """
    return uniform(world.key0, world.key1, np.int64(decision), who, week)


draw = compiled(draw)


def draws(world: World, decision: int, who: Any, week: int, out: Numbers) -> None:
    """Fill `out` with the numbers of all of `who`, as `draw` gives them."""
    uniforms(world.key0, world.key1, np.int64(decision), who, week, out)


draws = compiled(draws)

# Poisson counts invert the distribution. What a computer adds up is not quite monotone in the mean,
# so where rounding could tell, the count is that of a mean and a draw cut to a grid so coarse that
# one step outweighs all rounding.
LARGEST_EXACT_MEAN = 500.0  # above it exp(-mean) nears underflow, and a normal will do
_NORMAL_IS_ABOVE = 502.0  # from here on the normal's count is never below the exact one at 500
_BITS = 2.0**36  # kept of a number on the grid: a step is 2^-36 to 2^-35 of it
_UNSURE = 2.0**-26  # twice the most by which a step of a mean up to 500 moves a cumulated chance
_NEGLIGIBLE = 1e-40  # beside the smallest chance that a draw can tell, 2^-53


def poisson(mean: float, drawn: float) -> int:
    """A Poisson count by inversion of one uniform draw: never fewer for a higher mean or draw.

    Exact up to a mean of 500; above, a normal quantile with a correction for skewness (Cornish and
    Fisher), whose error is far below one part in a thousand there.
    """
    if mean <= 0.0 or drawn < 1.0 - mean:  # 1 - mean is at most exp(-mean), the chance of none
        return 0
    return inverted(mean, drawn)


def inverted(mean: float, drawn: float) -> int:
    """The count where it is not none at a glance: apart, so that the glance costs no call."""
    if mean > LARGEST_EXACT_MEAN:
        count = large_count(on_grid(mean), drawn)
        if mean < _NORMAL_IS_ABOVE:
            count = max(count, exact_count(on_grid(LARGEST_EXACT_MEAN), drawn))
        return count
    if drawn > 1.0 - _UNSURE:
        return exact_count(on_grid(mean), drawn)
    term = math.exp(-mean)
    total = term
    count = 0
    while drawn >= total:
        count += 1
        term *= mean / count
        total += term
    if drawn > total - _UNSURE or drawn < total - term + _UNSURE:
        return exact_count(on_grid(mean), drawn)
    return count


def on_grid(number: float) -> float:
    """The number cut to its first 36 bits."""
    fraction, exponent = math.frexp(number)
    return math.ldexp(math.floor(fraction * _BITS) / _BITS, exponent)


def exact_count(mean: float, drawn: float) -> int:
    """The count of a mean on the grid, up to 500: monotone in both, to the last bit.

    In the draw, since the sums do not depend on it. In the mean: up to the median chances are
    added up from none, beyond it from the far end down, so that each tail has a relative rounding
    error, at most some 2000 * 2^-53 = 2e-13; and a tail below one half gains or loses at least 0.69
    of what the mean does (mean * pmf / tail is lowest at ln 2), on the grid 1e-11 a step.
    """
    term = math.exp(-mean)
    total = term
    count = 0
    while total <= min(drawn, 0.5):
        count += 1
        term *= mean / count
        total += term
    if drawn < 0.5:
        return count
    median = count
    while term > _NEGLIGIBLE:
        count += 1
        term *= mean / count
    more = 0.0  # the chance of more than `count`
    while count > median and more + term < 1.0 - drawn:
        more += term
        term *= count / mean
        count -= 1
    return count


def large_count(mean: float, drawn: float) -> int:
    """The count of a mean on the grid, above 500, by the normal quantile.

    Monotone in both: the draw's tail is cut to the grid too; a step of the mean lifts the sum by
    1e-11 of it or more, a step of the tail the quantile by 1e-12 or more, and rounding moves
    neither by more than 1e-14 of it.
    """
    z = normal_quantile(on_grid(drawn) if drawn < 0.5 else 1.0 - on_grid(1.0 - drawn))
    return max(0, math.floor(mean + (z * (math.sqrt(mean) + z / 6.0) + 1.0 / 3.0)))


def normal_quantile(probability: float) -> float:
    """The standard normal's quantile to 1e-9 (Acklam's rational approximation)."""
    p = min(max(probability, 1e-16), 1.0 - 1e-16)
    if p < 0.02425 or p > 0.97575:
        q = math.sqrt(-2.0 * math.log(p if p < 0.5 else 1.0 - p))
        top = (
            (((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q
             - 2.549732539343734) * q + 4.374664141464968
        ) * q + 2.938163982698783  # fmt: skip
        bottom = (
            ((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q
            + 3.754408661907416
        ) * q + 1.0
        return top / bottom if p < 0.5 else -top / bottom
    q = p - 0.5
    r = q * q
    top = (
        ((((-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02) * r
          + 1.383577518672690e02) * r - 3.066479806614716e01) * r + 2.506628277459239
    ) * q  # fmt: skip
    bottom = (
        (((-5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02) * r
         + 6.680131188771972e01) * r - 1.328068155288572e01
    ) * r + 1.0  # fmt: skip
    return top / bottom


normal_quantile = compiled(normal_quantile)
on_grid = compiled(on_grid)
exact_count = compiled(exact_count)
large_count = compiled(large_count)
inverted = compiled(inverted)
poisson = compiled(poisson)
