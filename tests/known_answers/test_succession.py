"""Post by post and death by death: standing is inherited in part, and the noise around it is even."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

from .worlds import ERRORS, IMPROBABLE, START, only, table, world

POSTS, DEATHS, SEEDS = 40, 8, 5
FIRST, SPREAD, VACANCY, APART = 0.7, 0.04, 3, 5  # weeks


class Lineages(NamedTuple):
    """Leaders of several seeds, all of whom fall and are followed again and again."""

    inheritance: float
    standing: np.ndarray  # by seed, death (the first men before any) and post
    leaders: np.ndarray  # men in post by seed and week
    command: np.ndarray  # by seed and death, once all posts are filled again


@pytest.fixture(scope="module", params=[0.9, 1.0])
def lineages(request: pytest.FixtureRequest, written: Callable[..., Scenario]) -> Lineages:
    acts = ['title = "Every leader falls, again and again"']
    for death in range(DEATHS):
        day = START + dt.timedelta(weeks=1 + APART * death)
        for post in range(1, POSTS + 1):
            acts += table(
                f"acts.d{death}-{post}",
                {"kind": "leader_killed", "against": ["band"], "post": post, "strength": 1},
            )
            acts.append(f"start = {day}")
    band = {"fighters": 2000, "posts": POSTS, "standing": FIRST}
    scenario = written(world(1 + APART * DEATHS, {"band": band}), deaths="\n".join(acts))
    overrides = only("succession", succession__inheritance=request.param,
                     succession__spread=SPREAD, succession__vacancy=VACANCY,
                     succession__seniority=0)  # fmt: skip
    standing = np.empty((SEEDS, DEATHS + 1, POSTS))
    leaders = np.empty((SEEDS, 2 + APART * DEATHS))
    command = np.empty((SEEDS, DEATHS))
    for seed in range(SEEDS):
        model = Insurgency(scenario, rng=seed, policy="deaths", **overrides)
        standing[seed, 0] = model.state.post_standing
        for week in range(1, 2 + APART * DEATHS):
            model.step()
            if week % APART == 0:
                standing[seed, week // APART] = model.state.post_standing
        series = model.series()
        leaders[seed] = series["leaders"]
        command[seed] = series["command"].iloc[APART::APART]
    return Lineages(request.param, standing, leaders, command)


@pytest.mark.slow
def test_mean_standing_follows_its_recursion(lineages: Lineages) -> None:
    inheritance, standing = lineages.inheritance, lineages.standing
    assert (standing[:, 0] == FIRST).all()
    assert 0 < standing.min() < standing.max() < 1  # never cut, or the mean would not be zero
    deaths = np.arange(DEATHS + 1)
    variance = SPREAD**2 / 3 * np.array([(inheritance ** (2 * np.arange(n))).sum() for n in deaths])
    error = np.sqrt(variance / (SEEDS * POSTS))
    mean = standing.mean(axis=(0, 2))
    np.testing.assert_array_less(np.abs(mean - FIRST * inheritance**deaths), ERRORS * error + 1e-12)


@pytest.mark.slow
def test_noise_around_what_is_inherited_is_even_and_independent(lineages: Lineages) -> None:
    inheritance, standing = lineages.inheritance, lineages.standing
    noise = (standing[:, 1:] - inheritance * standing[:, :-1]) / SPREAD
    assert stats.kstest(noise.ravel(), stats.uniform(-1, 2).cdf).pvalue > IMPROBABLE
    for one, next_one in (
        (noise[:, :-1], noise[:, 1:]),  # a successor's and his successor's
        (noise[:, :, :-1], noise[:, :, 1:]),  # neighbouring posts'
        (noise[:-1], noise[1:]),  # neighbouring seeds'
    ):
        assert stats.pearsonr(one.ravel(), next_one.ravel()).pvalue > IMPROBABLE


def test_posts_stand_empty_for_the_stated_weeks(lineages: Lineages) -> None:
    leaders = lineages.leaders
    week = np.arange(leaders.shape[1])
    empty = (week >= 1) & ((week - 1) % APART < VACANCY) & (week <= APART * DEATHS)
    assert (leaders == np.where(empty, 0, POSTS)).all()


def test_command_is_the_mean_standing(lineages: Lineages) -> None:
    mean = lineages.standing[:, 1:].mean(axis=2)
    np.testing.assert_allclose(lineages.command, mean, rtol=1e-12)
