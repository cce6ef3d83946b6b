"""Draws of neighbours (in week, man, place, decision, seed) are even and tell nothing of each other.

The counters of this model differ in few low bits, which is where a poor generator shows. Seeds
are fixed: a test passes always or never. Known answers of the generator stand in `test_random_numbers.py`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from ebbtide.engine import random_numbers
from ebbtide.engine.random_numbers import Decision
from ebbtide.world.codes import KINDS, Kind
from ebbtide.world.identity import pack

IMPROBABLE = 1e-4
SEED, WEEK, PLACE, FACTION = 11, 40, 3, 5
MEN = 200_000
WEEKS = 400
DECISIONS = range(min(Decision), max(Decision) + 1)

Draw = Callable[[int, int, np.ndarray, int], np.ndarray]


def draw(seed: int, decision: int, who: np.ndarray, week: int) -> np.ndarray:
    """The model's own draws of many men."""
    drawn = np.empty(who.size)
    random_numbers.uniforms(*random_numbers.seed_key(seed), decision, who, week, drawn)
    return drawn


def additive(seed: int, decision: int, who: np.ndarray, week: int) -> np.ndarray:
    """A poor generator: even, but each part of the counter only adds its share of a circle."""
    return (np.sqrt(2) * who + np.sqrt(3) * week + np.sqrt(5) * decision + np.sqrt(7) * seed) % 1


def recruits(
    week: int = 1, place: int = PLACE, faction: int = FACTION, kind: int = Kind.LIKE_MINDED
):
    """Ids of very many men who entered together."""
    return np.arange(MEN, dtype=np.int64) + pack(week, place, faction, kind, 0)


def along_weeks(drawn: Draw) -> tuple[np.ndarray, np.ndarray]:
    men = recruits()[: MEN // WEEKS]
    table = np.array([drawn(SEED, Decision.FATE, men, week) for week in range(WEEKS + 1)])
    return table[:-1].ravel(), table[1:].ravel()


def along_seeds(drawn: Draw) -> tuple[np.ndarray, np.ndarray]:
    men = recruits()[: MEN // WEEKS]
    table = np.array([drawn(seed, Decision.FATE, men, WEEK) for seed in range(WEEKS + 1)])
    return table[:-1].ravel(), table[1:].ravel()


def along_decisions(drawn: Draw) -> tuple[np.ndarray, np.ndarray]:
    men = recruits()[: MEN // (len(DECISIONS) - 1)]
    table = np.array([drawn(SEED, decision, men, WEEK) for decision in DECISIONS])
    return table[:-1].ravel(), table[1:].ravel()


def along_men(drawn: Draw) -> tuple[np.ndarray, np.ndarray]:
    row = drawn(SEED, Decision.FATE, recruits(), WEEK)
    return row[:-1], row[1:]


def between(**changed: int) -> Callable[[Draw], tuple[np.ndarray, np.ndarray]]:
    """Men of the same number who entered a week later, one place on, or as another kind."""
    return lambda drawn: (
        drawn(SEED, Decision.FATE, recruits(), WEEK),
        drawn(SEED, Decision.FATE, recruits(**changed), WEEK),
    )


def week_and_entry(drawn: Draw) -> tuple[np.ndarray, np.ndarray]:
    """Men of one entry this week, and of the next entry in the next."""
    this, following = (drawn(SEED, Decision.FATE, recruits(n), n + 1) for n in (1, 2))
    return this, following


def seed_and_sign(drawn: Draw) -> tuple[np.ndarray, np.ndarray]:
    return (
        drawn(SEED, Decision.FATE, recruits(), WEEK),
        drawn(-SEED, Decision.FATE, recruits(), WEEK),
    )


NEIGHBOURS = {
    "weeks": along_weeks,
    "men": along_men,
    "decisions": along_decisions,
    "seeds": along_seeds,
    "seeds of other sign": seed_and_sign,
    "weeks of entry": between(week=2),
    "places of entry": between(place=PLACE + 1),
    "factions": between(faction=FACTION + 1),
    "kinds": between(kind=Kind.LIKE_MINDED + 1),
    "weeks and weeks of entry": week_and_entry,
}


def p_values(one: np.ndarray, other: np.ndarray, classes: int = 20) -> dict[str, float]:
    """How probable so uneven or so dependent a set of pairs is by chance alone."""
    pairs, _, _ = np.histogram2d(one, other, classes, [[0, 1], [0, 1]])
    uneven = stats.chisquare(pairs.ravel()).pvalue
    return {
        "even": stats.kstest(np.append(one, other[-1]), "uniform").pvalue,
        "uncorrelated": stats.pearsonr(one, other).pvalue,
        "spread apart": stats.pearsonr(np.abs(one - 0.5), np.abs(other - 0.5)).pvalue,
        "pairs even": uneven,
        "pairs not too even": 1 - uneven,
        "as often above": stats.binomtest(int((one > other).sum()), one.size).pvalue,
    }


@pytest.mark.parametrize("neighbours", NEIGHBOURS)
def test_neighbours_are_even_and_independent(neighbours: str) -> None:
    found = p_values(*NEIGHBOURS[neighbours](draw))
    assert min(found.values()) > IMPROBABLE, found


@pytest.mark.parametrize("neighbours", NEIGHBOURS)
def test_these_tests_see_through_a_poor_generator(neighbours: str) -> None:
    assert min(p_values(*NEIGHBOURS[neighbours](additive)).values()) < IMPROBABLE


@pytest.mark.parametrize("lag", [2, 52, 1024])
def test_a_long_row_of_men_has_no_memory(lag: int) -> None:
    row = draw(SEED, Decision.FATE, np.arange(1, 400_001), WEEK)
    found = p_values(row[:-lag], row[lag:], classes=50)
    assert min(found.values()) > IMPROBABLE, found


def test_triples_fill_the_cube() -> None:
    """Three in a row: where generators that add and multiply fall into planes."""
    row = draw(SEED, Decision.FATE, np.arange(1, 600_001), WEEK)
    for triples in (row.reshape(-1, 3), np.stack([row[:-2], row[1:-1], row[2:]], 1)[1::3]):
        cube, _ = np.histogramdd(triples, 12, [(0, 1)] * 3)
        assert stats.chisquare(cube.ravel()).pvalue > IMPROBABLE


@pytest.mark.parametrize("hazard", [0.001, 0.02])
def test_gaps_between_those_hit_are_geometric(hazard: float) -> None:
    """Among men in a row, and for one man week after week, as a rule with a small hazard sees it."""
    by_men = draw(SEED, Decision.FATE, recruits(), WEEK) < hazard
    men = recruits()[: MEN // WEEKS]
    by_weeks = np.array([draw(SEED, Decision.FATE, men, week) < hazard for week in range(WEEKS)])
    for hit in (by_men, by_weeks.T.ravel()):
        gaps = np.diff(np.nonzero(hit)[0])
        edges = np.unique(stats.geom.ppf(np.arange(1, 12) / 12, hazard))
        found = np.histogram(gaps, [0.5, *(edges + 0.5), np.inf])[0]
        upto = np.concatenate([[0], stats.geom.cdf(edges, hazard), [1]])
        assert stats.chisquare(found, len(gaps) * np.diff(upto)).pvalue > IMPROBABLE


def bits(drawn: np.ndarray) -> np.ndarray:
    """The 53 bits of each draw, a row a draw."""
    whole = (drawn * 2**53).astype(np.uint64)
    return (whole[:, None] >> np.arange(53, dtype=np.uint64)) & np.uint64(1)


def test_every_bit_is_even() -> None:
    ones = bits(draw(SEED, Decision.FATE, recruits(), WEEK)).mean(axis=0)
    assert np.abs(ones - 0.5).max() * 2 * np.sqrt(MEN) < 4.5


MANY = 10_000


def flipped(men: np.ndarray) -> dict[str, np.ndarray]:
    """Draws of men after one bit of the counter or the key has been turned over."""
    key = random_numbers.seed_key(SEED)
    found = {f"who {b}": draw(SEED, Decision.FATE, men ^ (1 << b), WEEK) for b in range(60)}
    found |= {f"week {b}": draw(SEED, Decision.FATE, men, WEEK ^ (1 << b)) for b in range(12)}
    found |= {f"decision {b}": draw(SEED, Decision.FATE ^ (1 << b), men, WEEK) for b in range(5)}
    for b in range(64):
        changed = [word ^ (((1 << b) >> (32 * i)) & 0xFFFFFFFF) for i, word in enumerate(key)]
        drawn = np.empty(MANY)
        random_numbers.uniforms(*changed, Decision.FATE, men, WEEK, drawn)
        found[f"key {b}"] = drawn
    return found


def test_one_bit_turned_over_turns_half_of_the_bits_over() -> None:
    """Of who, week, decision and seed alike: the avalanche that neighbours' independence rests on."""
    men = np.random.default_rng(1).integers(1 << 60, size=MANY)  # no one is another's neighbour
    usual = bits(draw(SEED, Decision.FATE, men, WEEK))
    errors = {}
    for name, drawn in flipped(men).items():
        turned = (bits(drawn) != usual).mean(axis=0)
        errors[name] = np.abs(turned - 0.5) * 2 * np.sqrt(MANY)
    worst = max(errors, key=lambda name: errors[name].max())
    # The greatest of some 7,500 standard normals.
    assert errors[worst].max() < 5.5, worst
    everything = np.concatenate(list(errors.values()))
    assert 0.95 < np.mean(everything**2) < 1.05


def test_no_two_draws_of_a_run_are_the_same_draw() -> None:
    """Decisions, weeks, kinds and men of one run: over a million numbers, all different."""
    men = [recruits(kind=kind)[:500] for kind in range(1, KINDS)]
    drawn = [
        draw(SEED, decision, some, week)
        for decision in DECISIONS
        for week in range(20)
        for some in men
    ]
    assert len(np.unique(drawn)) == 500 * len(drawn) > 960_000
