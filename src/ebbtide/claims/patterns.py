"""Patterns of many attacks: their severity, and the pace at which they come."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ebbtide.claims.kind import Measuring
from ebbtide.engine.assembly.rows import apportion
from ebbtide.engine.phases.attacks import harmed_by
from ebbtide.engine.plain import plain
from ebbtide.world.codes import Ground
from ebbtide.world.outcomes import ATTACKS

LEAST = 10  # people harmed in an attack of the tail
FEWEST_IN_TAIL = 50
MOST_DRAWN = 2000  # attacks a run
FEWEST_ATTACKS = 10  # for a pace


def severity(run: Measuring, period: str | None) -> dict[str, float]:
    """Of all groups' attacks in a period: how many are in the tail, and their summed logs.

    Runs keep sums a week, so as many attacks of each kind as the run had (at most MOST_DRAWN, kinds
    and groups as in the run) are drawn again from the model's own rule at the run's own numbers: the
    exponent that results is that of both kinds and all groups together.
    """
    lived = run.lived
    groups = list(lived.scenario.file.groups)
    attacked = {
        group: tuple(
            int(lived.of_groups(kinds, [group]).loc[run.period(period)].sum())
            for kinds in (ATTACKS, ("attacks_in_cities",))
        )
        for group in groups
    }
    number, in_cities = (sum(counts) for counts in zip(*attacked.values(), strict=True))
    drawn = min(number, MOST_DRAWN)
    carried = round(drawn * in_cities / max(1, number))
    world, parameters = lived.model.world, lived.model.parameters
    draws = lived.random("severity").random(drawn)
    into_cities = [in_cities_of for _, in_cities_of in attacked.values()]
    elsewhere = [of - in_cities_of for of, in_cities_of in attacked.values()]
    attacks = np.array(
        [
            plain(harmed_by)(world, parameters, groups.index(group), where, draw)
            for where, some, by_group in (
                (Ground.CITY, draws[:carried], into_cities),
                (Ground.INSIDE, draws[carried:], elsewhere),
            )
            for group, draw in zip(whose(some.size, groups, by_group), some, strict=True)
        ]
    )
    count, logs = tail(attacks)
    return {"attacks": float(count), "logs": logs}


def whose(number: int, groups: Sequence[str], attacks: Sequence[int]) -> list[str]:
    """The groups of so many attacks, each group's as its share of `attacks` has it, in their order."""
    counts = apportion(number, attacks) if number else []
    return [group for group, count in zip(groups, counts, strict=False) for _ in range(count)]


def tail(attacks: np.ndarray) -> tuple[int, float]:
    """Attacks that harmed at least LEAST people, and the sum of log(harmed / LEAST) over them.

    The model rounds down, hence the half.
    """
    found = attacks[attacks >= LEAST]
    return len(found), float(np.sum(np.log((found + 0.5) / LEAST)))


def tail_exponent(count: float, logs: float) -> float:
    """Exponent of a power law by the maximum likelihood of Clauset and others (2009).

    NaN for a tail of fewer than FEWEST_IN_TAIL.
    """
    return math.nan if count < FEWEST_IN_TAIL else 1 + count / logs


def paces(run: Measuring, period: str | None) -> dict[str, float]:
    """The focus group's pace in each place where it attacked often enough: `b` and `wait`."""
    by_place = run.lived.by_place("attacks").loc[run.period(period)]
    found = {}
    for place, attacks in by_place.items():
        if (fit := pace(attacks.to_numpy())) is not None:
            found[f"b {place}"], found[f"wait {place}"] = fit
    return found


def pace(attacks: np.ndarray) -> tuple[float, float] | None:
    """b and ln τ1 (weeks) of τn = τ1 n^-b, τn the wait before the n-th attack after the first.

    `attacks` counts them by week; those of one week are spread evenly over it. None for fewer
    than FEWEST_ATTACKS (form: Johnson and others 2011).
    """
    times = [
        week + (nth + 0.5) / count
        for week, count in enumerate(attacks.astype(int).tolist())
        for nth in range(count)
    ]
    if len(times) < FEWEST_ATTACKS:
        return None
    waits = np.diff(times)
    slope, start = np.polyfit(np.log(np.arange(1, len(waits) + 1)), np.log(waits), 1)
    return -float(slope), float(start)


def fits(frame: pd.DataFrame, prefix: str) -> np.ndarray:
    """The paces of many runs, a row a run and place: b and ln τ1."""
    found = [
        frame[[column, column.replace(f"{prefix}b ", f"{prefix}wait ", 1)]].dropna().to_numpy(float)
        for column in frame.columns
        if column.startswith(f"{prefix}b ")
    ]
    return np.concatenate(found) if found else np.empty((0, 2))
