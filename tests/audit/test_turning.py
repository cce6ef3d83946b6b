"""What the audit says of acts and numbers on which the outcome turns."""

import warnings
from dataclasses import replace

import pandas as pd
import pytest

from ebbtide.audit.turning import (
    ALL_DRAWN,
    AS_IT_IS,
    DRAWS,
    FAR,
    PRIOR_ENDS,
    SEEDS,
    TURNS,
    Turned,
    Turning,
    at_end,
    turned,
    without,
)
from ebbtide.cli.audit import _numbers, _turning


def lived(task, worlds):
    """What some worlds of a task give, as the executor hands it over; others are as it is."""
    found = {}
    for run in task.runs():
        if run.policy in worlds:
            found.setdefault(run.policy, []).append(dict(task(run).metrics))
    tables = {name: pd.DataFrame(rows) for name, rows in found.items()}
    return {name: tables.get(name, tables[AS_IT_IS]) for name in task.worlds}


def test_every_act_is_left_out_once_and_every_draw_stands_at_both_ends(khorasan):
    task = Turning(khorasan, 1)

    acts, known = khorasan.policy.file.acts, khorasan.uncertain_under()
    draws = {khorasan.draw_of(path) for path in known}
    assert any(draw.startswith("policy.acts.") for draw in draws)

    assert len(task.worlds) == 2 + len(acts) + len(PRIOR_ENDS) * len(draws)
    assert len(list(task.runs())) == DRAWS + SEEDS * (len(task.worlds) - 1)
    assert all(act not in task.worlds[without(act)][0].file.acts for act in acts)


def test_numbers_that_share_a_draw_move_as_one(khorasan):
    shared = "centres.is.health"

    low, high = (Turning(khorasan, 1).worlds[at_end(shared, end)][1] for end in PRIOR_ENDS)

    assert low.keys() == high.keys()
    assert len(low) == 3
    assert all(low[path] < high[path] for path in low)


def test_an_act_of_strength_none_moves_nothing_and_strikes_do(minimal, written):
    scenario = written(
        'extends = "minimal.toml"\ntitle = "Idle"\npolicy = "policies/idle.toml"',
        idle='extends = "../minimal/policies/minimal.toml"\n[acts.offensive]\nstrength = 0',
    )
    task = Turning(scenario, 1)

    found = turned(task, lived(task, {AS_IT_IS, without("offensive"), without("strikes")}))

    assert found.idle_acts == ["offensive"]
    assert found.acts["strikes"] > 1.1  # without them there would be more men


def test_a_number_that_moves_nothing_is_tried_without_a_warning(minimal):
    task = Turning(minimal, 1)
    (run, *_) = (
        each for each in task.runs() if each.policy == at_end("rules.predation.fit", "low")
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        task(run)


def test_a_prior_that_is_wide_where_much_hangs_on_it_is_a_knife_edge(minimal):
    path = "groups.embers.recruitment"
    wide = {"prior": "loguniform", "low": 0.01, "high": 20.0, "source": "guess: to test"}
    scenario = minimal.with_overrides({path: wide})
    task = Turning(scenario, 1)
    ends = {at_end(path, end) for end in PRIOR_ENDS}

    found = turned(task, lived(task, {AS_IT_IS, *ends}))

    assert found.edges == [path]
    assert next(iter(found.numbers)) == path
    assert found.numbers[path] > 2
    assert all(ratio == pytest.approx(1) for name, ratio in found.numbers.items() if name != path)


def test_the_ends_are_told_as_they_are(minimal, monkeypatch):
    path = "groups.embers.recruitment"
    monkeypatch.setitem(PRIOR_ENDS, "high", 0.75)
    found = Turned((1, 2), (1, 1, 2), 1.0, [], {}, {path: 3.0})

    told = " ".join(_numbers(found, minimal))

    assert "at the high end of the prior (75%)" in told
    assert "at the low end (5%)" in told
    assert f"by a factor of {TURNS:g} or more" in told


@pytest.mark.parametrize("middle", [100, 40, 250])
def test_how_far_the_run_at_the_medians_is_from_the_median_of_runs(minimal, middle):
    """A few runs far above move the mean of runs, and not their median."""
    task = Turning(minimal, 1)
    found = turned(
        task,
        {name: pd.DataFrame({"fighters": [100] * SEEDS, "digest": [0] * SEEDS}) for name in task.worlds}
        | {ALL_DRAWN: pd.DataFrame({"fighters": [0, middle, middle, middle, 9000], "digest": 0})},
    )  # fmt: skip

    assert found.all_drawn[0] == middle
    assert found.from_median == pytest.approx(101 / (middle + 1))
    assert found.is_far_from_median == (middle != 100)
    assert FAR < 2


def test_runs_that_draw_all_priors_are_those_of_a_study(minimal):
    """Each with a draw of its own of every number that has a prior; all others draw none."""
    task = Turning(minimal, 1)
    runs = list(task.runs())
    drawn = [run.values for run in runs if run.policy == ALL_DRAWN]

    assert len(drawn) == DRAWS
    assert all(values.keys() == minimal.uncertainties.keys() for values in drawn)
    first = next(iter(minimal.uncertainties))
    assert len({values[first] for values in drawn}) == DRAWS
    assert not any(run.values for run in runs if run.policy != ALL_DRAWN)
    first = next(run for run in runs if run.policy == ALL_DRAWN)
    assert task(first).metrics != task(replace(first, values={})).metrics


@pytest.mark.parametrize(("men", "gone"), [((0, 0), True), ((0, 9), True), ((0, 10), False)])
def test_of_a_group_that_is_gone_at_the_medians_no_ratios_are_told(minimal, men, gone):
    acts, numbers = {"strikes": 40.0, "offensive": 2.0}, {"one": 0.05, "other": 0.5}
    found = Turned(men, (300, 0, 900), 0.01, ["idle"], acts, numbers)
    lines = list(_turning(found, minimal))
    assert (
        any(line.startswith("It is gone at the medians, with under 10 men") for line in lines)
        == gone
    )
    assert any("by a factor of 2" in line or ": 40.00" in line for line in lines) == (not gone)
    assert any("times as many as the median of runs" in line for line in lines) == (not gone)
    assert "Acts that moved nothing: idle" in lines
    revived = [
        line.strip() for line in lines if line in ("  strikes", "  one", "  offensive", "  other")
    ]
    assert revived == (["strikes", "one"] if gone else [])


def test_of_a_group_that_nothing_revives_that_is_told(minimal):
    found = Turned((0, 1), (0, 0, 2), 1.0, [], {"strikes": 2.0}, {"one": 0.5})
    assert list(_turning(found, minimal))[-1].startswith("Neither without any one act nor")
