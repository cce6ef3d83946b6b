"""The model as its users meet it: seeds, overrides, pickles, frames."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import ebbtide as eb
from bookkeeping import assert_same
from ebbtide.collector import StrengthCollector
from ebbtide.engine.overridden import USUAL
from ebbtide.engine.phase import Phase
from ebbtide.engine.phases import record
from ebbtide.engine.week import WEEK
from ebbtide.extensions import Extensions
from ebbtide.model import Insurgency
from ebbtide.scenario import Faults, Scenario, load_policy
from ebbtide.world.outcomes import OUTCOMES, PLACE_OUTCOMES


def after(scenario: Scenario, weeks: int = 10, **stated: object) -> Insurgency:
    model = Insurgency(scenario, **stated)
    for _ in range(weeks):
        model.step()
    return model


@pytest.mark.parametrize(
    "same", [3, "3", 3.0, np.int64(3), np.uint8(3), np.float64(3), np.array(3)]
)
def test_a_seed_may_come_as_text_or_any_integer(minimal: Scenario, same: object) -> None:
    assert_same(after(minimal, rng=3).state, after(minimal, rng=same).state)


@pytest.mark.parametrize("other", [0, 1, -3, 2**70, "4", [1, 2], np.random.SeedSequence(5), None])
def test_other_seeds_are_other_runs(minimal: Scenario, other: object) -> None:
    one, two = after(minimal, rng=3), after(minimal, rng=other)
    assert (one.state.series.flat != two.state.series.flat).any()


def test_a_drawn_seed_is_told_and_repeats_the_run(minimal: Scenario) -> None:
    drawn = after(minimal)
    assert drawn.seed != after(minimal).seed
    assert_same(drawn.state, after(minimal, rng=drawn.seed).state)


def test_zero_and_negative_seeds_are_seeds(minimal: Scenario) -> None:
    runs = [after(minimal, rng=seed).state.series.flat for seed in (0, 1, -1)]
    assert (runs[0] != runs[1]).any()
    assert (runs[1] != runs[2]).any()


@pytest.mark.parametrize("strange", ["seven", "", 1.5, [-1], object(), True, np.True_])
def test_what_is_no_seed_is_refused_in_words(minimal: Scenario, strange: object) -> None:
    with pytest.raises(Faults, match="whole number"):
        Insurgency(minimal, rng=strange)


def test_an_unknown_override_is_named_with_the_nearest(minimal: Scenario) -> None:
    with pytest.raises(Faults, match=r"groups\.embrs\.pay.*mean groups\.embers\.pay"):
        Insurgency(minimal, **{"groups.embrs.pay": 3})


def test_a_loaded_policy_of_another_scenario_is_refused(
    minimal: Scenario, khorasan: Scenario
) -> None:
    with pytest.raises(Faults, match="against"):
        Insurgency(minimal, policy=load_policy("offensive", khorasan))


@pytest.mark.parametrize(
    ("path", "given", "plain"),
    [
        ("groups.embers.pay", np.int64(120), 120),
        ("groups.embers.pay", np.float32(120.5), 120.5),
        ("groups.embers.pay", np.array([120.5]), 120.5),
        ("groups.embers.pay", pd.Series([120])[0], 120),
        ("rules.rivalry.on", np.bool_(False), False),
        ("events.embers-founded.date", pd.Timestamp("2001-03-03"), dt.date(2001, 3, 3)),
        ("events.embers-founded.date", np.datetime64("2001-03-03"), dt.date(2001, 3, 3)),
        ("events.embers-founded.date", np.datetime64("2001-03-03", "ns"), dt.date(2001, 3, 3)),
        ("policy.acts.strikes.start", pd.Timestamp("2001-07-01"), dt.date(2001, 7, 1)),
        ("policy.acts.strikes.strength", np.float64(0.5), 0.5),
    ],
)
def test_scalars_of_other_libraries_are_what_they_hold(
    minimal: Scenario, path: str, given: object, plain: object
) -> None:
    one, other = (after(minimal, 30, rng=3, **{path: value}) for value in (given, plain))
    assert_same(one.state, other.state)
    assert one.scenario.digest == other.scenario.digest
    assert one.policy == other.policy


@pytest.mark.parametrize("given", [np.array([1.0, 2.0]), pd.Timestamp("2001-03-03 12:00")])
def test_what_is_no_scalar_is_refused_in_words(minimal: Scenario, given: object) -> None:
    with pytest.raises(Faults, match=r"groups\.embers\.pay: found .* a number"):
        Insurgency(minimal, **{"groups.embers.pay": given})


@pytest.mark.parametrize("given", [pd.NaT, np.datetime64("NaT", "D"), np.datetime64("NaT", "ns")])
def test_no_day_is_refused_as_none(minimal: Scenario, given: object) -> None:
    with pytest.raises(Faults, match=r"acts\.strikes\.stop: found \"NaT\"; allowed: a date"):
        Insurgency(minimal, **{"policy.acts.strikes.stop": given})


def test_an_unknown_value_of_a_policy_is_named_with_the_nearest(minimal: Scenario) -> None:
    with pytest.raises(Faults, match=r"acts\.striks\.start.*mean acts\.strikes\.start"):
        Insurgency(minimal, **{"policy.acts.striks.start": dt.date(2001, 7, 1)})


@pytest.mark.parametrize("strange", [{}, 0, ["minimal"]])
def test_what_is_no_scenario_is_refused_in_words(minimal: Scenario, strange: object) -> None:
    with pytest.raises(TypeError, match="a scenario is a loaded one, a path or the name"):
        Insurgency(strange)
    with pytest.raises(TypeError, match="a policy is a loaded one, a path or the name"):
        Insurgency(minimal, policy=strange)


def test_an_override_reaches_the_columns(minimal: Scenario) -> None:
    model = Insurgency(minimal, **{"groups.embers.pay": 123, "rules.switching.highest": 0.005})
    assert model.world.pay[model.group_names.index("embers")] == 123
    assert model.parameters.switching_highest == 0.005
    assert Insurgency(minimal).world.pay[model.group_names.index("embers")] != 123


def test_without_arguments_the_small_scenario_runs() -> None:
    model = Insurgency(rng=1)
    model.run_until_end()
    assert model.scenario.id == "minimal"
    assert model.week == model.scenario.weeks
    assert model.date == model.scenario.dates[-1]
    assert not model.running
    with pytest.warns(UserWarning, match="the scenario ended on 2003-03-02") as told:
        model.step()
    assert told[0].filename == __file__
    assert model.week == model.scenario.weeks


@pytest.mark.slow
@pytest.mark.parametrize("agents_way", [False, True])
@pytest.mark.parametrize(
    "again", [lambda m: pickle.loads(pickle.dumps(m)), copy.deepcopy, copy.copy]
)
def test_a_copy_made_in_mid_run_goes_on_the_same_way(
    minimal: Scenario, again: object, agents_way: bool
) -> None:
    model = after(minimal, 30, rng=8, agents_way=agents_way)
    model.fighters.get("place")
    twin = again(model)  # type: ignore[operator]
    assert_same(model.state, twin.state)
    for _ in range(10):
        model.step()
    assert twin.week == 30
    for _ in range(10):
        twin.step()
    assert_same(model.state, twin.state)
    assert twin.groups[0] in twin.agents
    assert twin.groups[0].model is twin
    pd.testing.assert_frame_equal(
        model.datacollector.get_model_vars_dataframe(),
        twin.datacollector.get_model_vars_dataframe(),
    )


def test_a_pickle_holds_no_views_and_no_second_copy_of_the_state(minimal: Scenario) -> None:
    model = after(minimal, 30, rng=8)
    lean = len(pickle.dumps(model))
    kept = list(model.fighters)
    assert len(pickle.dumps(model)) == lean
    assert kept[0].present


def test_the_series_has_a_row_a_week_and_group(minimal: Scenario) -> None:
    model = after(minimal, 12, rng=1)
    series = model.series()
    assert list(series.columns) == ["date", "group", *OUTCOMES]
    assert len(series) == 13 * len(model.group_names)
    assert not series.duplicated(["date", "group"]).any()
    assert [date.date() for date in series.date.unique()] == [*minimal.dates[:13]]
    last = series.set_index(["date", "group"]).loc[pd.Timestamp(minimal.dates[12])]
    assert last.fighters.to_dict() == {group.name: group.size for group in model.groups}
    assert not series.isna().any().any()


def test_the_places_frame_adds_up_to_the_series(minimal: Scenario) -> None:
    model = after(minimal, 40, rng=1)
    places = model.places()
    assert list(places.columns) == ["date", "group", "place", *PLACE_OUTCOMES]
    assert len(places) == 41 * len(model.group_names) * len(model.place_names)
    assert not places.duplicated(["date", "group", "place"]).any()
    together = places.groupby(["date", "group"], sort=False)[["fighters", "affiliates"]].sum()
    stated = model.series().set_index(["date", "group"])[["fighters", "affiliates"]]
    pd.testing.assert_frame_equal(together, stated, check_dtype=False)


def test_places_may_be_asked_for_some_weeks_only(minimal: Scenario) -> None:
    model = after(minimal, 20, rng=1)
    every = model.places()
    asked = model.places([20, 3])
    dates = pd.to_datetime([minimal.dates[20], minimal.dates[3]])
    expected = pd.concat([every[every["date"] == date] for date in dates], ignore_index=True)
    pd.testing.assert_frame_equal(asked, expected)


@pytest.mark.parametrize("weeks", [[11], [-1], [0, 5000]])
def test_weeks_that_have_not_been_lived_are_refused(minimal: Scenario, weeks: list[int]) -> None:
    with pytest.raises(ValueError, match="weeks that have been lived, 0 to 10"):
        after(minimal).places(weeks)


def test_frames_are_copies(minimal: Scenario) -> None:
    model = after(minimal, 3, rng=1)
    frame = model.series()
    frame.loc[:, "fighters"] = -1
    assert (model.series().fighters >= 0).all()


def test_the_data_collector_follows_the_series(minimal: Scenario) -> None:
    model = after(minimal, 30, rng=1)
    collected = model.datacollector.get_model_vars_dataframe()
    assert len(collected) == 31
    series = model.series()
    for name in model.group_names:
        stated = series[series.group == name].fighters.to_numpy()
        np.testing.assert_array_equal(collected[f"fighters_{name}"].to_numpy(), stated)


def test_what_is_added_to_the_data_collector_is_collected_beside_the_strengths(
    minimal: Scenario,
) -> None:
    model, plain = after(minimal, 3, rng=1), after(minimal, 6, rng=1)
    model.datacollector = StrengthCollector(model.group_names)
    model.datacollector._new_model_reporter("week", "week")
    for _ in range(3):
        model.step()
    collected = model.datacollector.get_model_vars_dataframe()
    assert collected.pop("week").to_list() == [4, 5, 6]
    as_always = plain.datacollector.get_model_vars_dataframe()
    pd.testing.assert_frame_equal(collected, as_always[4:].reset_index(drop=True))


def test_a_fighter_takes_less_than_a_hundred_bytes(minimal: Scenario) -> None:
    state = Insurgency(minimal, rng=1).state
    each = [
        getattr(state, name)
        for name, declared in state.declared.items()
        if declared.dimensions == ("fighter",)
    ]
    assert len({len(column) for column in each}) == 1
    assert sum(column.itemsize for column in each) <= 100


def test_it_runs_until_a_date_a_week_or_a_condition(minimal: Scenario) -> None:
    by_date, by_text, by_week = (Insurgency(minimal, rng=3) for _ in range(3))
    by_date.run_until(dt.date(2001, 6, 30))
    by_text.run_until("2001-06-30")
    by_week.run_until(by_date.week)
    assert by_date.date - dt.timedelta(weeks=1) < dt.date(2001, 6, 30) <= by_date.date
    assert by_date.week == by_text.week == by_week.week == by_week.time
    assert Insurgency(minimal).run_until(np.datetime64("2001-02-01T12:00"))
    np.testing.assert_array_equal(by_date.state.series.flat, by_text.state.series.flat)
    was = by_week.groups[0].size
    assert by_week.run_until(lambda model: model.groups[0].size != was)
    sizes = by_week.series().query("group == 'league'").fighters
    assert sizes.iloc[-1] != was
    assert (sizes.iloc[by_date.week : -1] == was).all()
    assert not by_week.run_until(lambda model: False)
    assert by_week.week == minimal.weeks


@pytest.mark.parametrize(
    ("end", "error", "said"),
    [
        ("2001-13-01", ValueError, 'found "2001-13-01"; allowed: a date such as'),
        (pd.NaT, ValueError, 'found "NaT"; allowed: a date such as'),
        (np.datetime64("NaT", "D"), ValueError, 'found "NaT"; allowed: a date such as'),
        ("1999-01-01", ValueError, "lies outside the scenario, 2001-01-07 to"),
        ("2031-01-01", ValueError, "lies outside"),
        (3, ValueError, "the model is in week 5"),
        (1000, ValueError, "its last is"),
        (7.5, TypeError, "a date, a whole week or a function"),
        (True, TypeError, "a date, a whole week or a function"),
        (None, TypeError, "a date, a whole week or a function"),
    ],
)
def test_an_end_that_cannot_be_reached_is_told(
    minimal: Scenario, end: object, error: type[Exception], said: str
) -> None:
    model = Insurgency(minimal, rng=3)
    model.run_until(5)
    with pytest.raises(error, match=said):
        model.run_until(end)
    assert model.week == 5


@pytest.mark.parametrize("weeks", [3, 3.0, np.int64(3)])
def test_so_many_weeks_are_lived(minimal: Scenario, weeks: float) -> None:
    model = Insurgency(minimal, rng=3)
    model.run_for(weeks)
    model.run_for(weeks)
    assert model.week == 6


@pytest.mark.parametrize(
    ("weeks", "error", "said"),
    [
        (1000, ValueError, "its last is"),
        (-1, ValueError, "the model is in week 5"),
        (1.5, TypeError, "a whole number of weeks, not 1.5"),
        (True, TypeError, "a whole number of weeks"),
        ("3", TypeError, "a whole number of weeks"),
    ],
)
def test_more_weeks_than_are_left_are_refused(
    minimal: Scenario, weeks: Any, error: type[Exception], said: str
) -> None:
    model = Insurgency(minimal, rng=3)
    model.run_until(5)
    with pytest.raises(error, match=said):
        model.run_for(weeks)
    assert model.week == 5


def test_every_phase_of_the_week_is_lived_once_and_in_order(minimal: Scenario) -> None:
    lived: list[str] = []

    class Watched(Insurgency):
        def live(self, phase: Phase) -> None:
            lived.append(phase.name)
            super().live(phase)

    Watched(minimal, rng=1, agents_way=True).step()
    assert lived == [phase.name for phase in WEEK]
    assert len(set(lived)) == len(lived)


def test_week_0_is_made_by_the_phases_that_are_lived_at_the_start(
    minimal: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A phase more of those makes it too; every phase that records is one of them."""
    seen: list[tuple[int, ...]] = []

    def of_groups(world: Any, parameters: Any, state: Any, week: int, row: int) -> None:
        seen.append((week, row))

    def of_nobody(world: Any, parameters: Any, state: Any, week: int) -> None:
        seen.append((week,))

    more = (
        Phase("Groups are seen.", of_groups, of="groups", at_start=True),
        Phase("The week is seen.", of_nobody, at_start=True),
        Phase("The rest is not.", of_groups, of="groups"),
    )
    week = replace(USUAL, from_intake=(*USUAL.from_intake, *more))
    monkeypatch.setattr(Extensions, "week", week)
    model = Insurgency(minimal, rng=1)
    assert seen == [*((0, row) for row in range(len(model.groups))), (0,)]
    assert all(p.at_start for p in WEEK if p.act.__module__ == record.__name__)
    assert model.state.series.fighters[0].any()


def test_a_model_that_was_broken_off_in_mid_week_refuses_to_go_on(minimal: Scenario) -> None:
    class Broken(KeyboardInterrupt):
        pass

    @eb.weekly_outcome("men")
    def breaks(model: eb.Insurgency, group: object) -> float:
        if model.week == 5:
            raise Broken
        return 1.0

    model = eb.Insurgency(minimal, rng=1, extensions=breaks)
    with pytest.raises(Broken):
        model.run_until_end()
    for go_on in (model.step, model.run_until_end, lambda: model.run_until(20)):
        with pytest.raises(RuntimeError, match="the week that ends on 2001-02-11 was broken off"):
            go_on()


def test_a_fighter_of_another_model_is_not_taken_for_a_man_of_this_one(minimal: Scenario) -> None:
    other = next(iter(eb.Insurgency(minimal, rng=99).fighters))
    with pytest.raises(eb.Faults, match="of another model"):
        eb.Insurgency(minimal, rng=1).fate(other)
