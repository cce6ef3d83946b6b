"""What a bank's draws of the priors say of statements: which are counted, and what of a run is held."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ebbtide.calibration.elsewhere import changes_elsewhere
from ebbtide.calibration.posterior import Posterior
from ebbtide.calibration.prior_draws import HEAVY_TAILED, PriorDraws, of_priors, own_number
from ebbtide.calibration.proposal import Proposal
from ebbtide.claims.prior import dated_figures
from ebbtide.claims.reading import read_tests
from ebbtide.evidence.killed_part import KilledPart
from ebbtide.evidence.reading import read_statements
from ebbtide.evidence.statement import Statement
from ebbtide.scenario import Faults, load


@pytest.fixture(scope="module")
def statements() -> tuple[Statement, ...]:
    return tuple(read_statements(load("khorasan")))


def draws_of(statements: tuple[Statement, ...]) -> PriorDraws:
    posterior = SimpleNamespace(statements=statements, runs=pd.DataFrame({"run": [0, 1]}))
    return PriorDraws(posterior)  # type: ignore[arg-type]


def test_the_goal_counts_each_thing_at_its_first_and_last_and_no_part_of_a_count(
    statements,
) -> None:
    assert [each.words for each in draws_of(statements).counts] == [
        "fighters in AF, 2016-01-31",
        "fighters in AF, 2016-09-15",
        "affiliates in AF, 2016-02-05",
        "% of its fighters who came from Tehrik-e-Taliban Pakistan in AF, 2016-07-28",
        "places where it is reported in AF, 2015-09-30",
        "districts held in Nangarhar, 2016-01-31",
        "districts held in Nangarhar, 2016-07-31",
        "its men killed by state forces in AF, 2015-01-01 to 2015-12-31",
        "its men killed by state forces in AF, 2016-01-01 to 2016-12-31",
    ]
    assert len(draws_of(statements).counts_and_civilians) == 12
    assert not any(each.held_back for each in draws_of(statements).fitted)


def test_what_hangs_on_few_attacks_is_what_claim_tests_call_heavy_tailed(statements) -> None:
    tests = read_tests(load("khorasan"))
    marked = {True: set(), False: set()}
    for name, row in dated_figures(tests).items():
        marked[row.heavy_tailed].add((tests.figures[name].low, tests.figures[name].high))
    of_statements = {(each.low, each.high) for each in statements if isinstance(each, HEAVY_TAILED)}
    assert of_statements
    assert of_statements <= marked[True] - marked[False]
    assert not {(each.low, each.high) for each in draws_of(statements).steady} & marked[True]


def test_runs_are_near_within_the_factor_of_what_was_told(statements) -> None:
    [first] = [each for each in statements if each.words == "fighters in AF, 2016-01-31"]
    of = draws_of((first,))
    numbers = {first.name: np.array([799.0, 801.0, 3749.0, 3751.0])}  # 1,000 to 3,000
    assert of.near(numbers, 1.25).near[first.name].tolist() == [False, True, True, False]
    assert of.near(numbers, 1.25).each == 2  # two publications of two runs
    assert of.near(numbers, 1.5).mass(first.name) == 1.0


def parts(statements: tuple[Statement, ...]) -> list[KilledPart]:
    return [each for each in statements if isinstance(each, KilledPart)]


def test_of_a_part_a_run_has_its_share_of_the_whole_that_was_told(statements) -> None:
    part, _ = parts(statements)
    here, everywhere = part.kept
    seen = {here: np.array([50.0, 0.0]), everywhere: np.array([100.0, 0.0])}
    found = own_number(part, seen)
    assert found[0] == part.whole / 2
    assert np.isnan(found[1])  # without dead there is no share


def test_a_share_that_falls_as_it_was_told_goes_all_the_way_and_one_that_rises_the_other(
    statements,
) -> None:
    [change] = changes_elsewhere(statements)
    before, after = parts(statements)
    assert change.told == pytest.approx((130 / 573, 50 / 1940))
    # by run: as it was told, half as far in logs, as before, more than before, unknown
    outside_before = np.array([130 / 573, 130 / 573, 0.1, 0.03, np.nan])
    outside_after = np.array([50 / 1940, np.sqrt(130 / 573 * 50 / 1940), 0.1, 0.11, 0.1])
    numbers = {
        before.name: before.whole * (1.0 - outside_before),
        after.name: after.whole * (1.0 - outside_after),
    }
    gone = change.way_gone(numbers)
    assert gone[:3] == pytest.approx([1.0, 0.5, 0.0], abs=1e-9)
    assert gone[3] < 0.0
    assert gone[4] == -np.inf
    near_before, near_after = change.near(numbers, 1.5)
    assert near_before.tolist() == [True, True, False, False, False]
    assert near_after.tolist() == [True, False, False, False, False]


def adapted(*rounds: tuple[int, Proposal]) -> Posterior:
    from ebbtide.calibration.bank import Bank

    bank = Bank(load("khorasan"), 1, rounds)
    runs = pd.DataFrame({"run": np.arange(len(bank))})
    return Posterior(bank, (), runs)


def test_rounds_that_followed_the_record_are_no_draws_of_the_priors() -> None:
    free = len(adapted().bank.free)
    prior = Proposal(free)
    followed = Proposal(free, (0,), (1.0,), ((0.5,),))
    found = of_priors(adapted((3, prior), (2, prior), (4, followed), (1, prior)))
    assert found.runs["run"].tolist() == [0, 1, 2, 3, 4]
    assert len(found.bank) == 5
    with pytest.raises(Faults, match="no run that the priors drew"):
        of_priors(adapted((4, followed)))
