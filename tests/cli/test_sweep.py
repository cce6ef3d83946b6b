"""`ebbtide sweep` and its kin: what they print, keep and refuse."""

from __future__ import annotations

import json
import shlex

import pandas as pd
import pytest

from ebbtide.study.results import Results
from ebbtide.study.store import Refused
from study.studies import STUDY, written

QUICK = ("--no-plots", "--workers=1")
PAY = "groups.embers.pay"


@pytest.fixture
def study(ebbtide, walking, tmp_path):
    return written(tmp_path)


def test_a_table_and_a_folder_with_a_column_a_varied_path(ebbtide, study, tmp_path):
    answer = ebbtide("sweep", "study.toml", *QUICK)
    assert answer.code == 0
    for expected in ("Pay against", "8 runs of minimal", "fighters_peak", "results/study-1"):
        assert expected in answer.out
    assert "attacks_total" not in answer.out
    results = Results.open(tmp_path / "results" / "study-1")
    runs = results.runs()
    assert len(runs) == 8
    assert runs["attacks_total"].notna().all()
    assert sorted(runs[PAY].unique()) == [100, 400]
    assert str(runs["policy.acts.strikes.start"].min().date()) == "2001-07-01"
    assert list(results.series().columns)[-1] == "fighters"
    assert str(tmp_path) not in (results.folder / "manifest.json").read_text()


def test_varied_values_that_moved_nothing_are_told(ebbtide, study):
    answer = ebbtide("sweep", "study.toml", *QUICK)  # the walk heeds none of them
    assert f"{PAY} moved nothing" in answer.out
    assert "policy.acts.strikes.start moved nothing" in answer.out


def test_a_sweep_that_is_there_already_says_so(ebbtide, study):
    assert "nothing to do" not in ebbtide("sweep", "study.toml", *QUICK, "--out=kept").err
    answer = ebbtide("sweep", "study.toml", *QUICK, "--out=kept")
    assert "nothing to do: all 8 runs are there already" in answer.err


def test_json_has_the_metrics_by_policy(ebbtide, study):
    summary = json.loads(ebbtide("sweep", "study.toml", *QUICK, "--json").out)
    assert summary["runs"] == 8
    assert summary["varied"] == [PAY, "policy.acts.strikes.start"]
    peak = summary["policies"]["minimal"]["fighters_peak"]
    assert peak["low"] <= peak["median"] <= peak["high"]


def test_a_changed_study_is_refused_with_what_changed(ebbtide, study, tmp_path):
    assert ebbtide("sweep", "study.toml", *QUICK, "--out=kept").code == 0
    written(tmp_path, old="high = 400", new="high = 500")
    refused = ebbtide("sweep", "study.toml", *QUICK, "--out=kept")
    assert refused.code == 2
    assert f"study.vary.{PAY}.high: the folder has 400, asked is 500" in refused.err
    assert "results go to" not in refused.err
    written(tmp_path, old="every = 4", new="every = 2")
    assert "study.series.every" in ebbtide("sweep", "study.toml", *QUICK, "--out=kept").err
    written(tmp_path, old="replications = 2", new="replications = 3")
    assert ebbtide("sweep", "study.toml", *QUICK, "--out=kept").code == 0
    assert len(Results.open(tmp_path / "kept").runs()) == 12


def test_interrupted_it_says_how_to_go_on_and_that_works(
    ebbtide, walking, study, tmp_path, monkeypatch
):
    monkeypatch.delenv("UV", raising=False)
    walking.interrupt_at = 4
    answer = ebbtide("sweep", "study.toml", *QUICK)
    assert answer.code == 130
    again = shlex.split(answer.err.splitlines()[-1])
    made = walking.made
    kept = len(Results.open(tmp_path / "results" / "study-1").runs())
    assert 0 < kept < 8
    assert ebbtide(*again[1:]).code == 0
    assert walking.made - made == 8 - kept


def test_a_failed_run_is_kept_with_its_values_and_can_be_done_again(
    ebbtide, walking, study, tmp_path
):
    walking.every = 3
    answer = ebbtide("sweep", "study.toml", *QUICK, "--out=kept")
    assert answer.code == 1
    assert "2 of 8 runs failed" in answer.err
    assert f"{PAY} = " in answer.err
    assert "--run=2" in answer.err
    runs = Results.open(tmp_path / "kept").runs()
    failed = runs[runs["status"] == "failed"]
    assert list(failed["run"]) == [2, 5]
    assert failed[PAY].notna().all()
    assert failed["error"].str.contains("a hazard above its bound").all()
    walking.every = 1
    again = ebbtide("run", "--from=kept", "--run=2")
    assert again.code == 1
    assert "the same as what is kept" in again.out
    assert "FloatingPointError" in again.err


def test_a_run_done_again_is_the_kept_one_and_another_is_not(ebbtide, walking, study, tmp_path):
    assert ebbtide("sweep", "study.toml", *QUICK, "--out=kept").code == 0
    for number in (0, 7):
        again = ebbtide("run", "--from=kept", f"--run={number}")
        assert (again.code, again.out.splitlines()[-1]) == (0, "the same as what is kept")
    file = next((tmp_path / "kept" / "runs").glob("*.parquet"))
    table = pd.read_parquet(file)
    table.assign(fighters_peak=table["fighters_peak"] + 1).to_parquet(file)
    again = ebbtide("run", "--from=kept", f"--run={table['run'].iloc[0]}")
    assert again.code == 1
    assert "not the same as what is kept" in again.out
    assert "kept: " in again.out


@pytest.mark.parametrize("more", ["--seed=4", "--replications=2", "--fixed", "--until=2001-06-30"])
def test_what_the_folder_says_is_not_said_again(ebbtide, walking, more):
    refused = ebbtide("run", "--from=plain", "--run=2", more)
    assert refused.code == 2
    assert more.partition("=")[0] in refused.err
    assert "from the folder" in refused.err


def test_a_run_of_a_plain_folder_done_again(ebbtide, walking):
    plain = ("run", "minimal", "--policy=nothing", "--replications=3", "--out=plain", *QUICK)
    assert ebbtide(*plain).code == 0
    assert ebbtide("run", "--from=plain", "--run=2").code == 0
    assert "holds no run 3" in ebbtide("run", "--from=plain", "--run=3").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sweep", "study.toml", "--cluster=nowhere"), "such as tcp://127.0.0.1:8786"),
        (("sweep", "study.toml", "--cluster=http://here:8787"), "such as tcp://127.0.0.1:8786"),
        (("run", "study.toml"), "`ebbtide sweep` runs a study"),
        (("sweep", "world.toml"), "found a scenario file; allowed: a study"),
        (("sweep", "acts.toml"), "found a policy file; allowed: a study"),
    ],
)
def test_what_is_something_else_is_called_by_its_name(ebbtide, study, tmp_path, words, said):
    (tmp_path / "world.toml").write_text('title = "World"\n[groups]\n')
    (tmp_path / "acts.toml").write_text('title = "Acts"\n[acts]\n')
    answer = ebbtide(*words)
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("sweep", "study.toml", "--workers=1", "--cluster=tcp://127.0.0.1:1"),
        ("sweep", "study.toml", "--workers=0"),
        ("sweep", "study.toml", "--until-halfwidth=0.1"),
        ("sweep", "study.toml", "--until-halfwidth=2", "--of=fighters_peak"),
        ("sweep", "study.toml", "--until-halfwidth=0.1", "--of=fighters_pek"),
        ("sweep", "study.toml", "--cluster=nowhere"),
        ("sweep", "absent.toml"),
        ("run", "--from=kept"),
        ("run",),
        ("run", "--from=absent", "--run=1"),
    ],
)
def test_wrong_input_is_refused_with_nothing_written(ebbtide, study, tmp_path, words):
    answer = ebbtide(*words)
    assert answer.code == 2
    assert answer.err
    assert not (tmp_path / "results").exists()


@pytest.mark.slow
def test_replications_are_added_until_precise(ebbtide, walking, study, tmp_path):
    asked = ("sweep", "study.toml", *QUICK, "--until-halfwidth=0.02", "--of=fighters_at_end")
    answer = ebbtide(*asked, "--out=kept")
    assert answer.code == 0
    assert "precise after 60 replications" in answer.err
    runs = Results.open(tmp_path / "kept").runs()
    assert runs["replication"].nunique() == 60
    made = walking.made
    assert ebbtide(*asked, "--out=kept").code == 0
    assert walking.made == made


@pytest.mark.slow
def test_the_table_has_a_metric_that_was_asked_for(ebbtide, walking, study):
    asked = ("--until-halfwidth=0.9", "--of=attacks_total")
    assert "attacks_total" in ebbtide("sweep", "study.toml", *QUICK, *asked).out


def test_a_metric_that_no_run_has_is_not_waited_for(ebbtide, walking, study, tmp_path):
    walking.every = 1
    asked = ("sweep", "study.toml", *QUICK, "--until-halfwidth=0.02", "--of=fighters_at_end")
    answer = ebbtide(*asked, "--out=kept")
    assert answer.code == 1
    assert "no run under “minimal” has a metric fighters_at_end" in answer.err
    assert Results.open(tmp_path / "kept").runs()["replication"].nunique() == 30
    assert answer.err.count("results go to") == 1


@pytest.mark.parametrize("command", ["run", "sweep"])
def test_of_many_failures_a_few_are_told_and_how_to_see_one_again(
    ebbtide, walking, study, monkeypatch, command
):
    monkeypatch.delenv("UV", raising=False)
    walking.every = 1
    asked = ("minimal", "--replications=8") if command == "run" else ("study.toml",)
    told = ebbtide(command, *asked, *QUICK, "--out=kept").err.splitlines()
    assert sum("a hazard above its bound" in line for line in told) == 5
    assert "  and 3 more: see the column error in kept/runs" in told
    assert told[-1] == "one of them again: ebbtide run --from=kept --run=0"


def test_check_says_how_many_how_long_and_how_large(ebbtide, study):
    answer = ebbtide("check", "study.toml")
    assert answer.code == 0
    assert "4 points x 1 policy x 2 replications = 8 runs" in answer.out
    assert "a guess" in answer.out or "not known" in answer.out


def test_where_there_is_nothing_to_draw_it_says_why(ebbtide, walking, tmp_path):
    (tmp_path / "bare.toml").write_text('title = "Bare"\nscenario = "minimal"\n')
    assert ebbtide("sweep", "bare.toml", "--workers=1", "--out=kept").code == 0
    assert "one policy, nothing varied and no series" in ebbtide("plot", "kept").err
    walking.every = 1
    assert ebbtide("sweep", "bare.toml", "--workers=1", "--out=failed").code == 1
    assert "the one run failed: run 0" in ebbtide("plot", "failed").err


@pytest.mark.slow
def test_figures_of_a_sweep(ebbtide, study, tmp_path):
    assert ebbtide("sweep", "study.toml", "--workers=1", "--out=kept").code == 0
    drawn = {file.name for file in (tmp_path / "kept" / "plots").iterdir()}
    assert drawn == {"trajectories.png", "map-fighters_at_end.png"}
    answer = ebbtide("plot", "kept", "--metric=fighters_peak", f"--over={PAY}")
    assert answer.code == 0
    assert ebbtide("plot", "kept", "--scenario=minimal").code == 0
    assert "nix.toml" in ebbtide("plot", "kept", "--scenario=nix.toml").err
    assert "did you mean fighters_peak?" in ebbtide("plot", "kept", "--metric=fighters_pea").err
    assert f"did you mean {PAY}?" in ebbtide("plot", "kept", "--over=groups.embers.pa").err
    twice = ebbtide("plot", "kept", f"--over={PAY}", f"--over={PAY}")
    assert twice.code == 2
    assert f'--over: found "{PAY}" 2 times; allowed: each once' in twice.err


def test_a_study_that_stops_before_the_founding_of_its_focus_says_so(ebbtide, walking, tmp_path):
    study = written(tmp_path, old="until = 2001-12-30", new="until = 2001-03-01")
    told = "The Embers is founded on"
    assert told in ebbtide("check", str(study)).out
    assert told in ebbtide("sweep", str(study), "--out", str(tmp_path / "out"), "--no-plots").err


def test_what_a_sweep_does_not_keep_is_told_and_is_no_empty_table(ebbtide, walking, tmp_path):
    text = STUDY.partition("[series]")[0]
    ebbtide("sweep", str(written(tmp_path, text)), "--out", str(tmp_path / "out"), "--no-plots")
    results = Results.open(tmp_path / "out")
    with pytest.raises(Refused, match="which keeps no places"):
        results.places()
    with pytest.raises(Refused, match=r"no \[series\]"):
        results.series()
