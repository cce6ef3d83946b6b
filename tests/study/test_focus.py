"""Several groups in focus: tables, numbers of a run and figures are of their sum, by their name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from ebbtide.scenario import Faults, Scenario
from ebbtide.show import draw_run
from ebbtide.show.asked import check_number, chosen
from ebbtide.study.focus import WITHIN, Focus
from ebbtide.study.metrics import METRICS
from ebbtide.study.results import Results
from ebbtide.study.running import run
from ebbtide.study.summary import summarise
from ebbtide.study.tally import tally
from ebbtide.world.outcomes import OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.recorded import Outcome

Written = Callable[..., Scenario]
BOTH = 'extends = "minimal.toml"\nfocus = ["league", "embers"]\n'
NAMED = BOTH + 'focus_name = "The insurgency"\n'


@pytest.fixture(scope="module")
def both(written: Written) -> Scenario:
    return written(NAMED)


@pytest.fixture(scope="module")
def results(both: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("results") / "both"
    return run(both, replications=3, workers=1, out=folder)


def test_it_is_named_and_one_group_is_as_ever(both: Scenario, written: Written) -> None:
    assert (both.focus, both.focus_name) == ("league+embers", "The insurgency")
    assert written(BOTH).focus_name == "The League and The Embers"
    alone = written('extends = "minimal.toml"\nfocus = "embers"\n')
    assert (alone.focus, alone.focus_groups, alone.focus_name) == (
        "embers", ("embers",), "The Embers",
    )  # fmt: skip
    assert both.focus_from == both.file.start


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ('focus = ["league", "ember"]', 'focus: found "ember"; .*did you mean embers'),
        ('focus = ["league", "league"]', 'focus: found "league" twice'),
        ("focus = []", "focus: .*at least one"),
        ("focus = 3", "focus: found 3"),
        ('focus = "league"\nfocus_name = "All"', "focus_name: found .*of several groups"),
    ],
)
def test_a_focus_that_cannot_be_is_told(written: Written, says: str, told: str) -> None:
    with pytest.raises(Faults, match=told):
        written(f'extends = "minimal.toml"\n{says}\n')


def test_what_adds_up_is_summed_and_what_does_not_is_empty() -> None:
    table = pd.DataFrame(
        {"run": [0, 0, 0], "date": pd.Timestamp("2001-01-07"), "group": ["a", "b", "c"],
         "fighters": [1.0, 2.0, 4.0], "cohesion": [0.1, 0.2, 0.4], "places_reported": 1.0,
         "own": 2.0, "own_share": 0.5}
    )  # fmt: skip
    own = {"own": Outcome("men", "His own."), "own_share": Outcome("share", "His own.")}
    focus = Focus("a+b", "Both", ("a", "b"), own)
    (row,) = focus.rows(table).to_dict("records")
    assert (row["group"], row["fighters"], row["own"]) == ("a+b", 3.0, 4.0)
    assert [pd.isna(row[name]) for name in ("cohesion", "places_reported", "own_share")] == [
        True
    ] * 3
    pd.testing.assert_frame_equal(Focus("b", "B", ("b",)).rows(table), table.iloc[[1]])


def test_numbers_of_a_run_are_of_the_sum(results: Results) -> None:
    series, runs = results.series(), results.runs().set_index("run")
    last = series[series["date"] == series["date"].max()]
    total = last.groupby("run")["fighters"].sum()
    assert (runs["fighters_at_end"] == total).all()
    weekly = series.groupby(["run", "date"])["fighters"].sum()
    assert (runs["fighters_peak"] == weekly.groupby("run").max()).all()
    assert runs["support_lost"].isna().all()
    assert (runs["other_groups_gain"] == 0).all()


def test_tables_say_whose_numbers_they_are(results: Results, both: Scenario) -> None:
    summary = summarise(results, both, "minimal")
    assert (summary["name"], summary["group"]) == ("The insurgency", "league+embers")
    series = results.series(["fighters"])
    at_end = series[series["date"] == series["date"].max()].groupby("run")["fighters"].sum()
    assert summary["later"][-1]["fighters"]["median"] == at_end.median()
    assert tally(results)["name"] == "The insurgency"
    assert "Of The insurgency" in results._repr_html_()


@pytest.mark.slow
def test_figures_are_of_the_sum_by_its_name(
    results: Results, both: Scenario, tmp_path: Path
) -> None:
    from ebbtide.show.subject import subject_of

    subject = subject_of(results, both)
    assert subject is not None
    assert subject.name == "The insurgency"
    assert not subject.has("cohesion")
    assert subject.has("fighters")
    drawn = {path.stem for path in draw_run(results, tmp_path, both)}
    assert {"strength", "joins-and-leaves", "money"} <= drawn


def test_an_outcome_unasked_is_the_sum_and_what_has_none_is_each_group(results: Results) -> None:
    fighters, cohesion = chosen(results, "fighters"), chosen(results, "cohesion")
    assert (fighters.name, fighters.summed, fighters.told_apart) == ("The insurgency", True, [])
    assert (cohesion.groups, cohesion.summed, cohesion.told_apart) == (
        ("league", "embers"),
        False,
        [],
    )
    one = chosen(results, "fighters", ["embers"])
    assert (one.name, one.told_apart) == ("The Embers", ["embers"])
    with pytest.raises(Faults, match="a number of the focus, The insurgency"):
        check_number(results, "fighters_at_end", ["embers"], [], [], summed=False)
    check_number(results, "fighters_at_end", ["embers", "league"], [], [], summed=False)


def test_a_folder_without_the_names_of_its_focus_is_of_its_group() -> None:
    """As results were kept before several groups could be in focus."""
    kept = {"scenario": {"focus": "embers", "groups": {"league": "L", "embers": "E"}}}
    assert Focus.kept(kept) == Focus("embers", "E", ("embers",))


SINGULAR = re.compile(r"\b(its?|the group|whom it)\b", re.IGNORECASE)


def test_what_adds_up_over_groups_is_told_in_words_that_fit_one_and_several() -> None:
    """Headings and legends of a sum say the same as those of one group."""
    told = {
        name: outcome.meaning
        for known in (OUTCOMES, PLACE_OUTCOMES)
        for name, outcome in known.items()
        if outcome.adds_up
    } | {name: metric.meaning for name, metric in METRICS.items()}
    of_one = {name for name, meaning in told.items() if SINGULAR.search(meaning)}
    assert of_one == set()


def test_who_goes_from_one_of_them_to_another_neither_joins_nor_leaves(
    both: Scenario, results: Results
) -> None:
    """Of both groups together nobody comes over from others: there are none."""
    series = results.series()
    crossed = series.groupby("run")[["entries_switched", "exits_switched", WITHIN]].sum()
    assert (crossed[WITHIN] > 0).all()
    assert (crossed["entries_switched"] == crossed[WITHIN]).all()
    assert (crossed["exits_switched"] == crossed[WITHIN]).all()
    together = Focus.of(both).rows(series)
    assert (together[["entries_switched", "exits_switched"]] == 0).all(axis=None)
    assert (results.runs()["fighters_lost_to_others_total"] == 0).all()
    men = together.set_index(["run", "date"])["fighters"].unstack()
    flows = together.set_index(["run", "date"])
    joined = flows[[c for c in flows if c.startswith("entries_")]].sum(axis=1).unstack()
    left = flows[[c for c in flows if c.startswith("exits_")]].sum(axis=1).unstack()
    change = men.diff(axis=1).iloc[:, 1:]
    assert (change == (joined - left).iloc[:, 1:]).all(axis=None)
    for outcome in ("entries_switched", "exits_switched"):
        assert (chosen(results, outcome).weeks()[outcome] == 0).all()
        assert (Focus.of(both).weekly(results, [outcome])[outcome] == 0).all()
        alone = chosen(results, outcome, ["league"]).weeks()[outcome]
        assert alone.sum() == series[series["group"] == "league"][outcome].sum()


def test_of_three_groups_the_moves_to_the_third_stay_those_of_the_sum(written: Written) -> None:
    """A sum of two of three: what the third has from them left, and what they had from it joined."""
    third = """extends = "minimal.toml"
focus = ["league", "embers"]
[groups.rest]
name = "The Rest"
dynamics = "full"
fighters = 0
supporters = 1
belief = 0.5
outsider = 0.2
pay = 100
money = 50
crime = 90
brand = 0.4
media = 0.3
cohesion = 0.7
standing = 0.5
posts = 2
recruitment = 1
foreign = 0
attacks = 1
[events.rest-splits]
kind = "founding"
date = 2001-10-07
group = "rest"
seed = { league = 0.2 }
men = 0
money = 10
"""
    scenario = written(third)
    found = run(scenario, replications=1, workers=1)
    series = found.series()
    together = Focus.of(scenario).rows(series)
    rest = series[series["group"] == "rest"]
    assert together["exits_switched"].sum() == rest["entries_switched"].sum() > 0
    assert together["entries_switched"].sum() == rest["exits_switched"].sum()
