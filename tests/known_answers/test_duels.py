"""Duels of large numbers follow their equations (Deitchman 1962, Kress and Szechtman 2009)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

from .worlds import ERRORS, only, world

HIGHEST = 0.2  # the bound of a weekly risk: far above every risk here, or a duel is no duel
REDS, BLUES = 40_000, 25_000
BAND, PEOPLE, CAPACITY = 50_000, 100_000, 100


def solved(equation: Callable[..., object], start: list[float], weeks: int) -> np.ndarray:
    found = solve_ivp(equation, (0, weeks), start, rtol=1e-9, t_eval=np.arange(weeks + 1))
    return found.y.T


def lived(scenario: Scenario, seed: int, **overrides: object) -> Insurgency:
    model = Insurgency(scenario, rng=seed, **overrides)
    model.run_until_end()
    return model


def outcome(model: Insurgency, name: str) -> np.ndarray:
    """Weeks down, groups across."""
    return model.series()[name].to_numpy().reshape(-1, len(model.groups))


def rivals(written: Callable[..., Scenario], weeks: int) -> Scenario:
    reds = {"fighters": REDS, "hostility": {"blues": 0.8}}  # the greater hostility of both counts
    return written(
        world(weeks, {"reds": reds, "blues": {"fighters": BLUES, "hostility": {"reds": 0.3}}})
    )


def within_chance(found: np.ndarray, expected: np.ndarray) -> None:
    """Men left differ from those expected by a few standard errors of the men lost."""
    lost = expected[0] - expected
    np.testing.assert_array_less(np.abs(found - expected), ERRORS * np.sqrt(lost) + 1)


def test_rivals_alone_follow_the_equation(written: Callable[..., Scenario]) -> None:
    deadliness = 0.0012
    overrides = only("rivalry", rivalry__deadliness=deadliness)
    model = lived(rivals(written, 300), 1, **overrides)
    found = outcome(model, "fighters")

    def equation(_: float, men: np.ndarray) -> np.ndarray:
        return np.full(2, -deadliness * 0.8 * 2 * men.prod() / men.sum())

    within_chance(found, solved(equation, [REDS, BLUES], 300))
    assert found[0, 1] - found[-1, 1] > 5000  # a duel, not a skirmish
    killed = outcome(model, "exits_killed_by_rivals")
    assert (killed.sum(axis=0) == found[0] - found[-1]).all()
    # As many fall on both sides: the lead stays.
    lead = found[:, 0] - found[:, 1]
    fallen = killed.sum(axis=1).cumsum()
    assert (np.abs(lead - lead[0]) <= ERRORS * np.sqrt(fallen)).all()


def test_a_fierce_duel_follows_the_bounded_risk_week_by_week(
    written: Callable[..., Scenario],
) -> None:
    """Where the equation's limit of small risks ends: men times bounded hazard, a week at a time."""
    deadliness, highest, weeks = 0.2, 0.15, 25
    overrides = only("rivalry", rivalry__deadliness=deadliness, targeting__fire_highest=highest)
    found = outcome(lived(rivals(written, weeks), 1, **overrides), "fighters")
    now = found[:-1]
    fall = deadliness * 0.8 * 2 * now.prod(axis=1) / now.sum(axis=1)
    risk = np.minimum(highest, fall[:, None] / now)
    assert (risk < highest).any()
    assert (risk == highest).any()
    errors = (now - found[1:] - now * risk) / np.sqrt(now * risk * (1 - risk))
    assert (np.abs(errors) < ERRORS).all()


@pytest.mark.parametrize("aimed", [0.0, 0.3, 1.0])
def test_fire_alone_follows_the_equation(written: Callable[..., Scenario], aimed: float) -> None:
    weeks, routine, harm = 200, 0.8, 0.5
    fire = CAPACITY / routine
    scenario = written(
        world(
            weeks,
            {"band": {"fighters": BAND}},
            place={"population": PEOPLE},
            force={"capacity": fire, "routine": routine, "intelligence": aimed, "harm": harm},
        )
    )
    overrides = only("targeting", targeting__highest=HIGHEST, targeting__outsider_weight=0)
    model = lived(scenario, 1, **overrides)

    def equation(_: float, men: np.ndarray) -> np.ndarray:
        return -CAPACITY * (aimed + (1 - aimed) * men / (men + PEOPLE))

    found = outcome(model, "fighters")
    within_chance(found, solved(equation, [BAND], weeks))
    assert found[0, 0] - found[-1, 0] > 5000
    # No fire is lost: what does not hit the band harms civilians.
    killed = outcome(model, "exits_killed").sum()
    harmed = outcome(model, "civilians_harmed_by_forces").sum()
    error = np.sqrt(killed + harmed / harm**2)
    assert abs(killed + harmed / harm - CAPACITY * weeks) < ERRORS * error


@pytest.mark.parametrize("exposed", [0.2, 1.0])
def test_a_force_loses_by_the_insurgents_whom_it_meets(
    written: Callable[..., Scenario], exposed: float
) -> None:
    """The other half of Deitchman's duel: as many as aim at it."""
    weeks, return_fire = 200, 0.5
    scenario = written(
        world(
            weeks,
            {"band": {"fighters": 5000}},
            place={"population": PEOPLE},
            force={"capacity": CAPACITY, "exposed": exposed},
        )
    )
    overrides = only("targeting", targeting__highest=HIGHEST, targeting__outsider_weight=0,
                     targeting__return_fire=return_fire, targeting__toll=0)  # fmt: skip
    model = lived(scenario, 1, **overrides)
    men = np.append(outcome(model, "fighters")[:-1, 0], 0)[:weeks]
    losses = outcome(model, "forces_losses")[1:, 0]
    expected = []
    for week in range(weeks):  # aimed fire, which finds targets for what it may hit
        fire = min(CAPACITY, HIGHEST * men[week])
        expected.append(return_fire * exposed * fire * men[week] / (fire + max(1, men[week])))
    total = sum(expected)
    assert abs(losses.sum() - total) < ERRORS * np.sqrt(total) + 1
    assert losses.sum() > 1000 * exposed
