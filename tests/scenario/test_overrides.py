"""Overrides, and what a Scenario is to the rest: hashable, picklable, one value, a calendar."""

import datetime as dt
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.scenario import Faults, load
from ebbtide.scenario.weeks import weeks_between


@pytest.fixture
def scenario(project):
    return load(project.write_all())


@pytest.mark.parametrize("value", [50, "50", 50.0, {"value": 50}, "{value = 50, unit = 'men'}"])
def test_a_number_makes_a_prior_fixed(scenario, value):
    changed = scenario.with_overrides({"groups.old.fighters": value})
    assert changed.medians()["groups.old.fighters"] == 50
    assert changed.file.groups["old"].fighters.median == 50
    assert changed.uncertainties == {}
    assert changed.overrides.keys() == {"groups.old.fighters"}
    assert scenario.medians()["groups.old.fighters"] == pytest.approx(200)


def test_texts_are_read_as_toml_where_the_key_is_no_text(scenario):
    changed = scenario.with_overrides(
        {"title": "2001", "rules.drift.on": "false", "end": "2001-12-02", "cut": "2001-06-10"}
    )
    assert changed.title == "2001"
    assert changed.rules_on == {"drift": False}
    assert changed.file.end == dt.date(2001, 12, 2)


def test_overrides_add_up_and_do_not_depend_on_the_way(scenario):
    steps = scenario.with_overrides({"groups.old.pay": 9}).with_overrides({"title": "New"})
    turned = scenario.with_overrides({"title": "New"}).with_overrides({"groups.old.pay": "9"})
    at_once = load(scenario.path, {"groups.old.pay": 9, "title": "New"})
    assert steps == turned == at_once
    assert len({steps, turned, at_once, scenario}) == 2


def test_part_of_a_prior_can_be_set(scenario):
    changed = scenario.with_overrides({"groups.old.fighters.high": 900})
    assert changed.medians()["groups.old.fighters"] == pytest.approx(300)


@pytest.mark.parametrize(
    ("path", "value", "near"),
    [
        ("groups.old.payy", 3, "groups.old.pay"),
        ("group.old.pay", 3, "groups.old.pay"),
        ("rules.drift.rte", 3, "rules.drift.rate"),
        ("groups.old.pay", -1, None),
        ("groups.old.pay", "many", None),
        ("groups.old.pay", True, None),
        ("groups.old.pay", float("nan"), None),
        ("groups.old.pay", {"value": 1, "unit": "men"}, None),
        ("groups.old.pay", {"value": 1, "colour": "red"}, None),
        ("groups.old.pay", "3\ngroups = 5", None),
        ("groups.old.places", "{}", None),
        ("groups.young.fighters", 5, None),
        ("groups.old.factions.wild.share", 0.5, None),
        ("rules.drift.on", "0", None),
        ("end", "1999-01-01", None),
        ("start", "soon", None),
        ("policy", "other", None),
        ("", 5, None),
        ("extends", "x.toml", None),
    ],
)
def test_a_wrong_override_is_a_fault_that_names_it(scenario, path, value, near):
    with pytest.raises(Faults) as caught:
        scenario.with_overrides({path: value})
    named = [fault for fault in caught.value.faults if _same_branch(fault.key, path)]
    assert named, str(caught.value)
    assert near is None or named[0].nearest == near


def _same_branch(key, path):
    return f"{key}.".startswith(f"{path}.") or f"{path}.".startswith(f"{key}.")


def test_overriding_numbers_is_fast(scenario):
    began = time.perf_counter()
    for pay in range(20):
        scenario.with_overrides({"groups.old.pay": pay, "rules.drift.rate": pay / 20})
    assert time.perf_counter() - began < 20 * 0.05


def test_another_policy_can_be_set_by_name(project):
    path = project.write_all()
    project.write("policies/none.toml", {"title": "None"})
    plain = load(path)
    other = load(path, {"policy": "none"})
    assert other.policy.title == "None"
    assert other != plain


def test_a_scenario_pickles_hashes_and_is_one_value(scenario):
    copied = pickle.loads(pickle.dumps(scenario))
    assert copied == scenario
    assert hash(copied) == hash(scenario)
    assert copied.with_overrides({"groups.old.pay": 3}) != scenario
    with pytest.raises(TypeError):
        iter(scenario)


@pytest.mark.slow  # for the import of mesa alone
def test_mesa_takes_a_scenario_as_one_value(scenario):
    from mesa.batchrunner import _make_model_kwargs

    assert _make_model_kwargs({"scenario": scenario}) == [{"scenario": scenario}]


def test_faults_pickle_for_other_processes(scenario):
    with pytest.raises(Faults) as caught:
        scenario.with_overrides({"groups.old.payy": 3})
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_the_digest_hears_numbers_but_not_remarks(project):
    first = load(project.write_all())
    project.scenario["rules"]["drift"]["reach"] = 30
    project.scenario["groups"]["old"]["note"] = "a remark"
    assert load(project.write_all()).digest == first.digest
    project.policy["acts"]["watch"]["strength"] = 0.6
    assert load(project.write_all()).digest != first.digest


def test_a_sample_is_the_quantile_and_the_median_else(scenario):
    drawn = scenario.sample({"groups.old.fighters": 0.95})
    assert drawn["groups.old.fighters"] == pytest.approx(400)
    assert drawn.keys() == scenario.medians().keys()
    for wrong in ({"groups.old.fightrs": 0.5}, {"groups.old.fighters": 1.5}):
        with pytest.raises(Faults):
            scenario.sample(wrong)


def test_countries_stand_for_their_places(scenario):
    assert scenario.places_in(["XX"]) == ["upper", "lower"]
    assert scenario.places_in(["lower"]) == ["lower"]


@given(st.dates(dt.date(2001, 1, 7), dt.date(2001, 12, 30)))
def test_every_date_falls_into_one_week(date):
    start = dt.date(2001, 1, 7)
    week = weeks_between(start, date)
    assert date <= start + dt.timedelta(weeks=week)
    assert date == start or date > start + dt.timedelta(weeks=week - 1)


def test_the_calendar(scenario):
    assert (scenario.weeks, len(scenario.dates)) == (51, 52)
    assert scenario.dates[0] == dt.date(2001, 1, 7)
    assert scenario.dates[-1] >= scenario.file.end
    assert scenario.week_of(dt.date(2000, 1, 1)) == 0
    assert [scenario.week_of(dt.date(2001, 1, day)) for day in (7, 8, 14, 15)] == [0, 1, 1, 2]
