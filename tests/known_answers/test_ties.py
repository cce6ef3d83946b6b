"""Unpaid men of all origins in one place: who stays is known man by man, by what brought him."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.codes import Kind

from .worlds import ERRORS, only, world

MEN, WEEKS = 30_000, 20
HIGHEST, TENDENCY, ARREARS, HIRED = 0.1, -3.0, 1.0, 2.0
CAUSE, STRANGER, FORCED, NEW, SETTLING = 1.0, 2.0, 2.5, 1.5, 10.0


def surviving(kind: Kind) -> float:
    """The chance that a man of this origin is still there at the end."""
    chance = 1.0
    for week in range(1, WEEKS + 1):
        score = TENDENCY + ARREARS * (HIRED if kind == Kind.LOCAL_POOR else 1.0)
        score -= CAUSE * (kind == Kind.LIKE_MINDED) + STRANGER * (kind == Kind.FOREIGN)
        score += FORCED * (kind == Kind.FORCED)
        if kind not in (Kind.FOUNDING, Kind.SWITCHED):
            score += NEW * math.exp(-week / SETTLING)
        chance *= 1.0 - HIGHEST / (1.0 + math.exp(-score))
    return chance


@pytest.fixture(scope="module")
def stayed(written: Callable[..., Scenario]) -> dict[Kind, tuple[int, int]]:
    """By origin: men at the start and at the end, where wages are due and nothing is there to pay."""
    scenario = written(world(WEEKS, {"band": {"fighters": MEN, "pay": 100}}))
    overrides = only(
        "leaving", "finance", leaving__highest=HIGHEST, leaving__tendency=TENDENCY,
        leaving__arrears_weight=ARREARS, leaving__hired_weight=HIRED,
        leaving__like_minded_tie=CAUSE, leaving__foreign_tie=STRANGER,
        leaving__forced_weight=FORCED, leaving__newcomer_weight=NEW,
        leaving__settling=SETTLING, leaving__surrender_highest=0,
    )  # fmt: skip
    model = Insurgency(scenario, rng=3, **overrides)
    state = model.state
    state.fighter_origin[:MEN] = 1 + np.arange(MEN) % len(Kind)
    state.fighter_abroad[:MEN] = state.fighter_origin[:MEN] == Kind.FOREIGN
    state.origins[0, 1:] = np.bincount(state.fighter_origin[:MEN], minlength=len(Kind) + 1)[1:]
    before = state.origins[0].copy()
    model.run_until_end()
    return {kind: (int(before[kind]), int(state.origins[0, kind])) for kind in Kind}


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.called)
def test_a_man_stays_as_what_brought_him_says(
    stayed: dict[Kind, tuple[int, int]], kind: Kind
) -> None:
    before, after = stayed[kind]
    chance = surviving(kind)
    error = math.sqrt(before * chance * (1 - chance))
    assert abs(after - before * chance) < ERRORS * error


def test_those_taken_by_force_go_first_and_those_who_cannot_melt_away_last(
    stayed: dict[Kind, tuple[int, int]],
) -> None:
    left = {kind: 1 - after / before for kind, (before, after) in stayed.items()}
    assert left[Kind.FORCED] > left[Kind.LOCAL_POOR] > left[Kind.ALLIES] > left[Kind.SWITCHED]
    assert left[Kind.ALLIES] > left[Kind.LIKE_MINDED] > left[Kind.FOREIGN]
