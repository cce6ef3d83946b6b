"""A group's first year in the audit: what its series and its world say."""

import pytest

from ebbtide.audit.first_year import FAST, first_years, quiet_years
from ebbtide.model import Insurgency
from ebbtide.scenario.weeks import A_YEAR


@pytest.fixture(scope="module")
def model(minimal):
    lived = Insurgency(minimal, rng=1)
    lived.run_until_end()
    return lived


def test_it_begins_when_a_group_has_men_and_lasts_a_year(minimal, model):
    league, embers = first_years(model)

    assert league.first == minimal.dates[0]
    founded = minimal.week_felt(minimal.there_from("embers"))
    assert embers.first == minimal.dates[founded]
    assert (embers.last - embers.first).days == 7 * A_YEAR
    pressed = {year.group: (year.first, year.last) for year in first_years(model)}
    quiet = {year.group: (year.first, year.last) for year in quiet_years(minimal, 1)}
    assert pressed == quiet
    fighters = model.series().query("group == 'embers'")["fighters"].to_numpy()
    assert fighters[founded - 1] == 0 < fighters[founded]


def test_the_dead_are_those_that_the_series_count(model):
    league = next(first_years(model))
    series = model.series().query("group == 'league'").iloc[1 : A_YEAR + 1]

    ends = [f"exits_killed{how}" for how in ("", "_by_rivals", "_attacking")]
    dead = series[ends].to_numpy().sum()

    assert dead > 0
    assert league.dead_a_week * A_YEAR == pytest.approx(dead)


def test_the_shares_of_places_are_those_of_the_men(minimal, model):
    league = next(first_years(model))

    assert sum(first for first, _ in league.men_at.values()) == pytest.approx(1.0)
    assert league.men_at["highland"][0] == pytest.approx(0.75, abs=0.01)


def test_money_that_comes_in_is_told_by_its_source(model):
    league = next(first_years(model))

    assert league.income["from crime"] > 0
    assert league.income["from a centre"] == 0  # nobody stands behind it


def test_a_group_grows_fast_by_its_recruiting_when_nobody_presses_it(minimal):
    usual = {year.group: year.growth.median for year in quiet_years(minimal, 1)}
    more = minimal.with_overrides({"groups.embers.recruitment": 5})

    faster = {year.group: year.growth.median for year in quiet_years(more, 1)}

    assert usual["The Embers"] < FAST <= faster["The Embers"]
    assert faster["The League"] < FAST


def test_a_group_that_no_event_founds_has_no_year(minimal):
    without = Insurgency(minimal.with_overrides({"rules.founding.on": False}), rng=1)
    without.run_until_end()

    assert [year.group for year in first_years(without)] == ["The League"]
