"""`ebbtide check SCENARIO --audit` asks what a modeller would ask."""

import pytest

from ebbtide.audit.turning import DRAWS, PRIOR_ENDS, SEEDS, Turning, done
from ebbtide.scenario import load


@pytest.mark.slow
def test_it_tells_growth_money_deaths_acts_and_edges(ebbtide):
    answer = ebbtide("check", "minimal", "--audit", "--workers", "1")

    assert answer.code == 0
    assert "a sound scenario" in answer.out
    for heading in (
        "A quiet first year", "Money in the first year", "Men and leaders in the first year",
        "Where its men are", "runs that draw all priors: median",
        "The Embers in the last week", "Knife edges",
        "No number was chosen for another case",
    ):  # fmt: skip
        assert heading in answer.out
    assert "\n  strikes: " in answer.out


def test_help_tells_its_size(ebbtide):
    task = Turning(load("khorasan"), 1)
    told = " ".join(ebbtide("check", "--help").out.replace("│", " ").split())
    of_number, of_act = len(PRIOR_ENDS) * SEEDS, SEEDS
    assert f"are {of_number} for each number with a prior, {of_act} for each act" in told
    assert f"and {SEEDS + DRAWS} more" in told
    draws = {task.scenario.draw_of(path) for path in task.scenario.uncertain_under()}
    expected = of_number * len(draws) + of_act * len(done(task.scenario.policy)) + SEEDS + DRAWS
    assert len(list(task.runs())) == expected


def test_a_policy_is_no_scenario_to_audit(ebbtide):
    answer = ebbtide("check", "record", "--scenario", "khorasan", "--audit")

    assert answer.code == 2
    assert "--audit: found record; allowed: scenarios" in answer.err
