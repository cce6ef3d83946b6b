"""What an outcome is made of: known answers of Shapley's value, and futures that share their past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ebbtide as eb
from ebbtide.claims.attribution import Attributed
from ebbtide.claims.attribution_page import attribution_page
from ebbtide.claims.causes import Attribution, Cause, acting_until
from ebbtide.claims.futures import Futures
from ebbtide.claims.page import MadeWith, digests
from ebbtide.claims.reading import CaseTests, read_tests
from ebbtide.claims.shapley import contributions
from ebbtide.claims.trials import live
from ebbtide.model import Insurgency
from ebbtide.scenario import load
from ebbtide.study.design import Design
from ebbtide.study.executor import executor

from .written import case

DRAWS = 6
KEPT = Path(__file__).resolve().parents[2] / "docs" / "attribution.md"


def worlds(causes: int, outcome: Callable[[set[int]], float]) -> np.ndarray:
    """The outcome of every set of causes, in the order of worlds."""
    return np.array(
        [outcome({i for i in range(causes) if world >> i & 1}) for world in range(1 << causes)]
    )


def test_causes_that_add_up_contribute_what_each_adds() -> None:
    each = [5.0, -2.0, 0.0, 11.0]
    found = contributions(worlds(4, lambda acting: 100 + sum(each[i] for i in acting)))
    assert found == pytest.approx(each)


def test_what_two_do_only_together_is_halved() -> None:
    found = contributions(worlds(3, lambda acting: 12.0 * (acting >= {0, 2})))
    assert found == pytest.approx([6, 0, 6])


def test_one_that_can_stand_in_for_the_other_halves_too() -> None:
    found = contributions(worlds(2, lambda acting: 8.0 * bool(acting)))
    assert found == pytest.approx([4, 4])


def test_the_glove_game() -> None:
    """One left glove, two right ones: a pair is worth 1, and the left one two thirds of it."""
    found = contributions(worlds(3, lambda acting: float(0 in acting and len(acting) > 1)))
    assert found == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_contributions_sum_to_what_all_add_in_every_draw() -> None:
    values = np.random.default_rng(3).normal(size=(20, 1 << 5))
    found = contributions(values)
    assert found.shape == (20, 5)
    assert found.sum(axis=1) == pytest.approx(values[:, -1] - values[:, 0])


def test_worlds_that_are_no_power_of_two_are_refused() -> None:
    with pytest.raises(ValueError, match="3 worlds"):
        contributions(np.zeros(3))


@pytest.fixture(scope="module")
def tests(tmp_path_factory: pytest.TempPathFactory) -> CaseTests:
    return read_tests(load(case(tmp_path_factory.mktemp("case"))))


@pytest.fixture(scope="module")
def stated(tests: CaseTests) -> Attribution:
    """Sweeps of the police (an offensive against two groups) and rivals, since January 2002."""
    assert tests.file.attribution is not None
    return tests.file.attribution


@pytest.fixture(scope="module")
def drawn(tests: CaseTests, stated: Attribution) -> pd.DataFrame:
    futures = Futures(tests, stated, DRAWS, 1)
    [drawn] = live(futures, executor(futures, 1), lambda now: None).values()
    return drawn


def strength(model: Insurgency) -> float:
    """Of the focus group on the last day that is measured."""
    scenario, week = model.scenario.stands_for, model.scenario.week_of(dt.date(2003, 3, 2))
    model.run_until(week)
    focus = list(scenario.file.groups).index("embers")
    return float(model.state.series.fighters[week, focus])


def test_with_all_causes_it_is_the_run_as_it_is(tests: CaseTests, drawn: pd.DataFrame) -> None:
    scenario = tests.scenario
    for run in Design(scenario, (scenario.policy.id,), DRAWS, 1):
        model = eb.Insurgency(scenario.with_overrides(run.values), rng=run.seed)
        assert strength(model) == drawn["3"][run.replication]


def test_a_future_differs_from_the_day_on_and_not_before(
    tests: CaseTests, stated: Attribution
) -> None:
    scenario, off = tests.scenario, stated.cause.values()
    week = scenario.week_of(stated.since)
    past = eb.Insurgency(scenario, rng=3)
    past.run_until(week)
    future = eb.Insurgency(
        scenario.with_overrides({"rules.rivalry.on": False}),
        rng=3,
        policy=acting_until(scenario, week, off),
    )
    future.go_on_from(past)
    future.run_until_end()
    past.run_until_end()
    one, other = past.series(), future.series()
    same = (one == other).all(axis=1).groupby(one["date"]).all()
    assert same.iloc[: week + 1].all()
    assert not same.iloc[week + 1]
    assert one["exits_killed_by_rivals"].iloc[2 * (week + 1) :].sum() > 0
    assert other["exits_killed_by_rivals"].iloc[2 * (week + 1) :].sum() == 0


def test_acts_are_left_out_for_the_focus_alone(tests: CaseTests, stated: Attribution) -> None:
    scenario = tests.scenario
    act = scenario.policy.file.acts["offensive"]
    before = acting_until(scenario, scenario.week_of(stated.since), [stated.cause["police"]])
    assert list(before.file.acts) == ["strikes", "offensive against others"]
    assert before.file.acts["offensive against others"].against == ("league",)
    under_way = acting_until(
        scenario, scenario.week_of(dt.date(2002, 6, 2)), [stated.cause["police"]]
    )
    assert under_way.file.acts["offensive"].against == act.against
    assert under_way.file.acts["offensive"].stop == dt.date(2002, 6, 3)
    assert under_way.file.acts["offensive against others"].stop == act.stop
    assert acting_until(scenario, 10, []) == scenario.policy


@pytest.mark.parametrize(("against", "rival"), [("league", "embers"), ("embers", "league")])
def test_a_truce_is_left_out_whichever_side_it_names_first(
    written: Callable[..., eb.Scenario], against: str, rival: str
) -> None:
    truce = f"""title = "They talk"
[acts.truce]
kind = "truce"
against = ["{against}"]
rival = "{rival}"
start = 2001-06-03
strength = 1
"""
    scenario = written('extends = "minimal.toml"\npolicy = "talk"\n', talk=truce)
    assert scenario.focus == "embers"
    cause = Cause.model_validate({"words": "peace", "acts": ("truce",)})
    assert acting_until(scenario, 10, [cause]).file.acts == {}


def test_an_act_that_is_stopped_under_way_is_out_of_force_in_the_next_week(
    tests: CaseTests, stated: Attribution
) -> None:
    scenario, cause = tests.scenario, stated.cause["police"]
    week = scenario.week_of(dt.date(2002, 6, 2))
    past = eb.Insurgency(scenario, rng=3)
    past.run_until(week)
    future = eb.Insurgency(scenario, rng=3, policy=acting_until(scenario, week, [cause]))
    future.go_on_from(past)
    future.step()
    embers = list(scenario.file.groups).index("embers")
    assert past.state.levers.offensive[:, embers].any()
    assert not future.state.levers.offensive[:, embers].any()
    assert future.state.levers.offensive.any()  # the other group is still under it


def test_shares_sum_to_the_whole(tests, stated, drawn) -> None:
    found = Attributed(tests, stated, drawn)
    assert found.draws == DRAWS
    assert sum(part.share.value for part in found.parts) == pytest.approx(1)
    assert found.parts[0].share.value >= found.parts[1].share.value
    assert found.together.value == pytest.approx(np.median(drawn["3"] - drawn["0"]))


def futures(police: np.ndarray, rivals: np.ndarray) -> pd.DataFrame:
    """Of causes that add up."""
    return pd.DataFrame({"0": 0 * police, "1": police, "2": rivals, "3": police + rivals})


def test_every_draw_counts_alike(tests, stated) -> None:
    """In nine of ten draws police is all, in the tenth, a thousand times as large, it is nothing."""
    police, rivals = np.array([10.0] * 9 + [0.0]), np.array([0.0] * 9 + [1e4])
    first, second = Attributed(tests, stated, futures(police, rivals)).parts
    assert (first.name, first.share.value) == ("police", pytest.approx(0.9))
    assert (second.name, second.share.value) == ("rivals", pytest.approx(0.1))
    assert first.alone == first.to_all_others == first.share
    assert (first.contribution.value, second.contribution.value) == (10, 0)


def test_no_draw_divides_by_nearly_nothing(tests, stated) -> None:
    """In the last draw causes undo each other, all but a trifle: it weighs as any other."""
    police, rivals = np.array([6.0] * 9 + [1.0]), np.array([4.0] * 9 + [-1 + 1e-9])
    first, second = Attributed(tests, stated, futures(police, rivals)).parts
    assert first.share.value == pytest.approx((9 * 0.6 + 0.5) / 9)
    assert second.share.value == pytest.approx((9 * 0.4 - 0.5) / 9)
    assert first.share.value + second.share.value == pytest.approx(1)


def test_an_interval_is_that_of_a_mean_over_draws(tests, stated) -> None:
    """Of 400 draws of a share between 0 and 1: two standard errors on either side."""
    share = np.random.default_rng(1).uniform(0, 1, 400)
    sizes = np.logspace(0, 4, 400)
    found = Attributed(tests, stated, futures(sizes * share, sizes * (1 - share))).parts
    [part] = [part for part in found if part.name == "police"]
    error = share.std() / 20
    assert part.share.value == pytest.approx(share.mean())
    assert [part.share.low, part.share.high] == pytest.approx(
        [share.mean() - 1.96 * error, share.mean() + 1.96 * error], abs=0.1 * error
    )


def test_draws_without_an_answer_are_left_out(tests, stated) -> None:
    answers = [1.0, np.nan, 3.0, 4.0, 5.0, 6.0, 7.0]
    numbers = pd.DataFrame({str(world): answers for world in range(4)})
    assert Attributed(tests, stated, numbers).draws == 6
    with pytest.raises(ValueError, match="fewer than 6"):
        Attributed(tests, stated, numbers[:6])


def test_the_page_tells_every_cause_beside_the_text(tests, stated, drawn) -> None:
    found = Attributed(tests, stated, drawn)
    text = attribution_page(found, MadeWith(DRAWS, 1, "ebbtide attribute case.toml"), "told.png")
    whole, first = found.together, found.parts[0].share
    assert f"{whole.value:,.0f} ({whole.low:,.0f} to {whole.high:,.0f})" in text
    assert f"{first.value:.0%} ({100 * first.low:.0f} to {100 * first.high:.0f})" in text
    [row] = [line for line in text.splitlines() if line.startswith("| sweeps of the police")]
    assert row.endswith("| They fell. |")
    assert "no more of the acts `offensive`" in text
    assert "`rules.rivalry.on` = false" in text
    assert "(told.png)" in text
    assert "README of Ebbtide, *What it is not for*" in text
    assert "![" not in attribution_page(found, MadeWith(DRAWS, 1, "ebbtide"), None)
    assert "\n\n\n" not in text


def test_the_kept_page_is_not_stale(shipped: CaseTests) -> None:
    assert digests(shipped, shipped.scenario.posterior, "attribute") in KEPT.read_text(
        encoding="utf-8"
    ), (
        "the scenario, its claims, their tests or the model have changed: run the command that the "
        "page names"
    )


def test_the_case_lays_its_decline_to_what_the_article_names(shipped: CaseTests) -> None:
    """American strikes, leaders killed, offensives, locals, rivals, the centre's money, own harm.

    Beside them stand what it does not name, apart, since each takes from its reasons: Afghan operations
    and Pakistan's forces.
    """
    stated = shipped.file.attribution
    assert stated is not None
    unnamed = {name for name, cause in stated.cause.items() if not cause.claims}
    assert unnamed == {"afghan-operations", "pakistani-forces"}
    told = {p for cause in stated.cause.values() for claim in cause.claims
            for p in shipped.scenario.claims[claim].paragraphs}  # fmt: skip
    assert {11, 12, 13, 14, 15} <= told
