"""`ebbtide check SCENARIO --audit` asks what a modeller would ask."""

import pytest


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


def test_a_policy_is_no_scenario_to_audit(ebbtide):
    answer = ebbtide("check", "record", "--scenario", "khorasan", "--audit")

    assert answer.code == 2
    assert "--audit: found record; allowed: scenarios" in answer.err
