"""Runs and sweeps from Python: what the commands do."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ebbtide as eb
from ebbtide.study.reopen import check_extensions, policy_of, run_of, scenario_of
from ebbtide.study.store import Refused
from extensions import own

PAY = {"groups.league.pay": 130}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def quick(**how: object) -> eb.Results:
    return eb.run("minimal", **{"replications": 2, "workers": 1, "until": "2001-03-04"} | how)


def test_runs_go_into_a_fresh_folder_and_a_stated_one_goes_on() -> None:
    first, second = quick(), quick()
    assert [str(each.folder) for each in (first, second)] == [
        "results/minimal-minimal-1", "results/minimal-minimal-2"
    ]  # fmt: skip
    more = quick(replications=3, out=first.folder)
    assert len(more.runs()) == 3
    pd.testing.assert_frame_equal(more.runs().iloc[:2], second.runs())


@pytest.mark.slow
def test_the_command_in_the_manifest_asks_for_the_same() -> None:
    results = quick(**PAY, **{"policy.acts.strikes.strength": 0.25}, fixed=True)
    words = results.manifest["command"].split()
    assert "--set=groups.league.pay=130" in words
    done = subprocess.run(
        [sys.executable, "-m", "ebbtide.cli.main", *words[1:], "--out=again", "--no-plots",
         "--workers=1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    again = eb.open("again")
    pd.testing.assert_frame_equal(again.runs(), results.runs())
    pd.testing.assert_frame_equal(again.series(), results.series())


def test_overrides_of_scenario_and_policy_are_found_again() -> None:
    start = dt.date(2001, 2, 4)
    results = quick(policy="minimal", **PAY, **{"policy.acts.strikes.start": start})
    scenario = scenario_of(results)
    assert scenario.file.groups["league"].pay.median == 130
    assert policy_of(results, scenario, "minimal").file.acts["strikes"].start == start
    assert run_of(results, 1).replication == 1


def test_a_loaded_scenario_keeps_its_overrides_and_its_name() -> None:
    loaded = eb.load("minimal", PAY)
    results = eb.run(loaded, replications=1, workers=1, until="2001-02-04")
    assert results.manifest["overrides"] == {"groups.league.pay": "130"}
    assert results.manifest["scenario"]["named"] == "minimal"
    assert scenario_of(results) == loaded


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"replications": 0}, "replications: found 0; allowed: a whole number, at least 1"),
        ({"replications": 2.5}, "replications: found 2.5"),
        ({"seed": -1}, "seed: found -1"),
        ({"workers": True}, "workers: found true"),
        ({"until": "soon"}, "until: found \"soon\"; allowed: a date such as 2016-11-30"),
        ({"until": 3}, "until: found 3"),
        ({"until": "1999-01-01"}, "until: found 1999-01-01; allowed: a date after 2001-01-07"),
        ({"policy": "nothin"}, "did you mean nothing?"),
        ({"groups.legue.pay": 3}, "did you mean groups.league.pay?"),
        ({"policy.acts.strike.strength": 1}, "did you mean acts.strikes.strength?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_before_anything_is_written(how: dict, words: str) -> None:
    with pytest.raises(eb.Faults) as faults:
        quick(**how)
    assert words in str(faults.value)
    assert not Path("results").exists()


@pytest.mark.slow
def test_a_script_without_a_guard_may_use_workers() -> None:
    """Workers do not run the caller's script again."""
    script = Path("script.py")
    script.write_text(
        "import ebbtide as eb\n"
        "print('once')\n"
        "made = eb.run('minimal', replications=2, workers=2, until='2001-02-04')\n"
        "print(len(made.runs()))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["once", "2"], done.stderr


STUDY = """
title = "Own"
scenario = "minimal"
policies = ["minimal", "nothing"]
replications = 1
until = 2001-07-01
[vary."groups.league.pay"]
values = [100, 200]
[series]
outcomes = ["fighters"{more}]
"""


def test_a_sweep_from_python() -> None:
    Path("study.toml").write_text(STUDY.format(more=""))
    results = eb.sweep("study.toml", workers=1)
    assert str(results.folder) == "results/study-1"
    assert len(results.runs()) == 4
    assert "4 runs of 'minimal' under 'minimal', 'nothing'" in repr(results)
    with pytest.raises(eb.Faults, match="workers and cluster"):
        eb.sweep("study.toml", workers=1, cluster="tcp://nowhere:1")


@pytest.mark.slow
def test_two_workers_know_what_the_user_adds_and_the_folder_tells() -> None:
    """In runs and series, with its kinds of column; a failed run, too, has them."""
    Path("study.toml").write_text(STUDY.format(more=', "share_of_start"'))
    with pytest.raises(eb.Faults, match="share_of_start"):
        eb.sweep("study.toml")
    results = eb.sweep("study.toml", workers=2, extensions=own)
    runs = results.runs()
    assert runs["weeks_with_many"].between(1, 5).all()
    assert runs["first_with_many"].eq(pd.Timestamp(2001, 6, 3)).all()
    assert results.series("share_of_start")["share_of_start"].notna().any()
    assert results.manifest["metrics"]["weeks_with_many"]["unit"] == "weeks"
    assert "weeks_with_many" in results._repr_html_()
    assert run_of(results, 0).values == {"groups.league.pay": 100.0}


def test_a_folder_is_continued_by_the_same_extensions_alone() -> None:
    results = quick(extensions=own.weeks_with_many)
    with pytest.raises(Refused, match="made with metric weeks_with_many; given: none"):
        quick(replications=3, out=results.folder)

    @eb.run_metric("weeks")
    def weeks_with_many(trajectory):
        return 0

    with pytest.raises(Refused, match="metric weeks_with_many computes something else"):
        quick(replications=3, out=results.folder, extensions=weeks_with_many)
    assert (
        len(quick(replications=3, out=results.folder, extensions=own.weeks_with_many).runs()) == 3
    )
    with pytest.raises(Refused, match="given: none"):
        check_extensions(results, eb.Extensions())
    with pytest.raises(Refused, match="made with none; given: metric weeks_with_many"):
        quick(out=quick().folder, extensions=own.weeks_with_many)


def test_a_metric_that_has_the_name_of_the_models_is_refused() -> None:
    @eb.run_metric("men")
    def fighters_peak(trajectory):
        return 0

    with pytest.raises(eb.Faults, match="fighters_peak: found the name of a metric of the model"):
        quick(extensions=fighters_peak)


def test_scalars_of_numpy_are_the_numbers_that_they_hold() -> None:
    plain = quick(seed=3)
    told = quick(seed=np.int64(3), replications=np.int32(2), fixed=np.bool_(False))
    pd.testing.assert_frame_equal(plain.runs(), told.runs())


def test_a_number_is_whole_however_it_is_written() -> None:
    plain = quick(seed=3)
    told = quick(seed=3.0, replications=np.float64(2), workers=1.0, most_runs=np.array([2.0]))
    pd.testing.assert_frame_equal(plain.runs(), told.runs())
    assert (told.manifest["seed"], told.manifest["replications"]) == (3, 2)
    assert "--seed=3 " in told.manifest["command"] + " "
    for key, value in {"seed": 3.5, "replications": "2", "workers": True, "most_runs": 0}.items():
        with pytest.raises(eb.Faults, match=f"^{key}: found"):
            quick(**{key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [("fixed", "false"), ("fixed", float("nan")), ("seed", None), ("replications", None)],
)
def test_what_is_no_number_and_no_truth_value_is_refused_with_nothing_written(
    key: str, value: object
) -> None:
    with pytest.raises(eb.Faults, match=f"{key}: found"):
        quick(**{key: value}, out="kept")
    assert not Path("kept").exists()


def test_runs_with_text_are_those_with_dates() -> None:
    path = "policy.acts.strikes.start"
    text = quick(out="text", **{path: "2001-01-14"})
    date = quick(out="date", **{path: dt.date(2001, 1, 14)})
    assert text.manifest["overrides"] == date.manifest["overrides"] == {path: "2001-01-14"}
    assert text.manifest["policies"] == date.manifest["policies"]
    assert quick(out="text", **{path: dt.date(2001, 1, 14)}).runs().equals(date.runs())
