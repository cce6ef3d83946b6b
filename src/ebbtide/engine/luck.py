"""Luck belongs to the decision: a draw is a function of (seed, decision, who, week).

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011), a counter-based generator: the key is the
seed, the counter says who decides what and when. Nothing is drawn from a stream, so one draw more
here changes no draw elsewhere, and two policies meet the same luck.
"""

from __future__ import annotations

import math

import numpy as np

from ebbtide.engine.compiled import compiled

# Decisions. Numbers are part of every result: never reuse or reorder them.
FATE = 1  # which end comes for a fighter this week
SWITCH_TO = 2
MOVE_TO = 3
OFFENSIVE = 4
DRIVEN_TO = 5
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

_MASK = 0xFFFFFFFF
_M0, _M1 = 0xD2511F53, 0xCD9E8D57
_W0, _W1 = 0x9E3779B9, 0xBB67AE85


def seed_key(seed: int) -> tuple[int, int]:
    """The generator's key (two 32-bit words) of a seed; any integer, and 0 is a seed."""
    words = np.random.SeedSequence(abs(seed), spawn_key=(int(seed < 0),)).generate_state(2)
    return int(words[0]), int(words[1])


def philox(c0, c1, c2, c3, k0, k1):
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


def uniform(key0, key1, decision, who, week):
    """A number in [0, 1) with 53 random bits for one decision of one actor in one week."""
    w = np.uint64(who)
    a, b, _, _ = philox(
        w & np.uint64(_MASK), w >> np.uint64(32), np.uint64(week), np.uint64(decision), key0, key1
    )
    high = np.float64(a >> np.uint64(5))
    low = np.float64(b >> np.uint64(6))
    return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0)


uniform = compiled(uniform)


def uniforms(key0, key1, decision, who, start, stop, week, out):
    """Fill `out` with the draws of `who[start:stop]`: the same numbers as `uniform`, in one loop."""
    mask, shift = np.uint64(_MASK), np.uint64(32)
    for i in range(stop - start):
        w = np.uint64(who[start + i])
        c0, c1, c2, c3 = w & mask, w >> shift, np.uint64(week), np.uint64(decision)
        k0, k1 = np.uint64(key0), np.uint64(key1)
        for _ in range(10):
            p0 = np.uint64(_M0) * c0
            p1 = np.uint64(_M1) * c2
            c0 = ((p1 >> shift) ^ c1 ^ k0) & mask
            c2 = ((p0 >> shift) ^ c3 ^ k1) & mask
            c1 = p1 & mask
            c3 = p0 & mask
            k0 = (k0 + np.uint64(_W0)) & mask
            k1 = (k1 + np.uint64(_W1)) & mask
        high = np.float64(np.int64(c0 >> np.uint64(5)))
        low = np.float64(np.int64(c1 >> np.uint64(6)))
        out[i] = (high * 67108864.0 + low) * (1.0 / 9007199254740992.0)


uniforms = compiled(uniforms)

_LARGEST_MEAN = 500.0


def poisson(mean, luck):
    """A Poisson count by inversion of one uniform draw: monotone in both mean and luck.

    Means above 500 are cut there: exp(-mean) would underflow, and no weekly count comes near.
    """
    mean = min(mean, _LARGEST_MEAN)
    if mean <= 0.0:
        return 0
    term = math.exp(-mean)
    total = term
    count = 0
    while luck >= total and count < 10000:
        count += 1
        term *= mean / count
        total += term
    return count


poisson = compiled(poisson)
