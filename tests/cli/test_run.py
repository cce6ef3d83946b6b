"""`ebbtide run`: what it prints, keeps and refuses."""

from __future__ import annotations

import errno
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ebbtide as eb
from ebbtide.compilation import sources
from ebbtide.scenario import Faults
from ebbtide.study.results import Results

QUICK = ("--no-plots", "--workers=1", "--replications=6")


def test_a_table_on_stdout_and_a_folder(ebbtide, walking, tmp_path):
    answer = ebbtide("run", "minimal", *QUICK)
    assert answer.code == 0
    for expected in ("The Embers", "6 runs", "Strength", "own peak", "results/minimal-minimal-1"):
        assert expected in answer.out
    assert "6 of 6 runs" in answer.err
    results = Results.open(tmp_path / "results" / "minimal-minimal-1")
    runs = results.runs()
    assert list(runs["replication"]) == list(range(6))
    assert runs["seed"].nunique() == 6
    uncertain = results.manifest["uncertainties"]
    assert "groups.league.fighters" in uncertain
    assert all(runs[path].nunique() == 6 for path in uncertain)
    assert str(tmp_path) not in (results.folder / "manifest.json").read_text()


@pytest.mark.slow
def test_without_out_every_command_gets_a_fresh_folder(ebbtide, walking, tmp_path):
    for _ in range(2):
        assert ebbtide("run", "minimal", *QUICK).code == 0
    names = sorted(folder.name for folder in (tmp_path / "results").iterdir())
    assert names == ["minimal-minimal-1", "minimal-minimal-2"]


def test_json_says_what_the_table_says(ebbtide, walking):
    summary = json.loads(ebbtide("run", "minimal", *QUICK, "--json").out)
    assert summary["group"] == "embers"
    assert summary["runs"] == 6
    assert summary["failed"] == []
    assert summary["folder"] == "results/minimal-minimal-1"
    peak = summary["peak"]["fighters"]
    assert peak["low"] <= peak["median"] <= peak["high"]
    assert [row["date"][:4] for row in summary["later"]] == ["2001", "2002", "2003"]


def test_fixed_set_and_until_reach_the_runs(ebbtide, walking, tmp_path):
    answer = ebbtide(
        "run",
        "minimal",
        *QUICK,
        "--fixed",
        "--set",
        "groups.embers.pay=77",
        "--until",
        "2002-06-30",
        "--out",
        "kept",
    )
    assert answer.code == 0
    results = Results.open(tmp_path / "kept")
    runs = results.runs()
    assert "groups.embers.pay" not in runs  # no longer uncertain
    assert runs["groups.league.fighters"].nunique() == 1
    assert str(results.series()["date"].max().date()) == "2002-06-30"
    assert results.manifest["overrides"] == {"groups.embers.pay": "77"}
    assert results.manifest["until"] == "2002-06-30"


@pytest.mark.slow
def test_the_same_seed_gives_the_same_runs_and_another_others(ebbtide, walking, tmp_path):
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        assert ebbtide("run", "minimal", *QUICK, f"--seed={seed}", "--out", name).code == 0
    a, b, c = (Results.open(tmp_path / name).runs() for name in "abc")
    assert a.equals(b)
    assert set(a["seed"]).isdisjoint(c["seed"])


def test_a_failed_run_is_named_and_the_exit_code_is_1(ebbtide, walking, tmp_path):
    walking.every = 3
    answer = ebbtide("run", "minimal", *QUICK, "--out", "kept")
    assert answer.code == 1
    assert "2 of 6 runs failed" in answer.err
    assert "run 2 (seed " in answer.err
    assert "a hazard above its bound" in answer.err
    assert "4 runs" in answer.out
    assert list(Results.open(tmp_path / "kept").runs()["status"]).count("failed") == 2


def test_a_copy_of_a_chunk_is_noted_in_a_line(ebbtide, walking, tmp_path):
    assert ebbtide("run", "minimal", *QUICK, "--out", "kept").code == 0
    file = next((tmp_path / "kept" / "runs").iterdir())
    shutil.copy(file, file.with_stem(f"{file.stem} (1)"))
    answer = ebbtide("run", "minimal", *QUICK, "--out", "kept")
    assert (answer.code, "6 runs" in answer.out) == (0, True)
    [note] = [line for line in answer.err.splitlines() if "(1)" in line]
    assert note.startswith(f"note: kept/runs/{file.stem} (1).parquet does not count")


@pytest.mark.slow
@pytest.mark.parametrize("how", [(), ("--json",), ("--log", "events")])
def test_results_are_kept_though_stdout_takes_nothing(ebbtide, walking, tmp_path, monkeypatch, how):
    monkeypatch.setattr("ebbtide.cli.run._tell", lambda *_: print("told"))
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        answer = ebbtide("run", "minimal", *QUICK, *how, "--out", "kept")
    assert answer.code == 1
    assert answer.err.splitlines()[-2:] == [
        "the results are kept in kept",
        "stdout cannot be written: No space left on device",
    ]
    assert len(Results.open(tmp_path / "kept").runs()) == 6


def test_results_are_kept_though_no_figure_can_be(ebbtide, walking, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.EFBIG, "File too large")

    monkeypatch.setattr("ebbtide.show.draw_run", full)
    answer = ebbtide("run", "minimal", *QUICK[1:], "--out", "kept")
    assert answer.code == 1
    assert answer.err.splitlines()[-2:] == ["the results are kept in kept", "File too large"]


def test_more_runs_than_are_likely_meant_want_a_word(ebbtide, walking, tmp_path, monkeypatch):
    for asked in ("20001", "100000000000"):
        answer = ebbtide("run", "minimal", f"--replications={asked}", "--out", "kept")
        assert (answer.code, answer.err) == (
            2, f"--replications: found {int(asked):,} runs; allowed: at most 20,000 runs; --yes allows "
            "more, in Python most_runs\n",
        )  # fmt: skip
    assert not (tmp_path / "kept").exists()
    with pytest.raises(Faults, match="replications: found 2 runs; allowed: at most 1 run; "):
        eb.run("minimal", replications=2, most_runs=1)
    for home in ("design", "asked"):
        monkeypatch.setattr(f"ebbtide.study.{home}.MOST_RUNS", 2)
    assert ebbtide("run", "minimal", *QUICK, "--out", "kept").code == 2
    assert ebbtide("run", "minimal", *QUICK, "--yes", "--out", "kept").code == 0
    assert "--yes" in Results.open(tmp_path / "kept").manifest["command"]


def test_all_runs_failed(ebbtide, walking):
    walking.every = 1
    answer = ebbtide("run", "minimal", "--workers=1", "--replications=2")
    assert answer.code == 1
    assert "2 of 2 runs failed" in answer.err


@pytest.mark.parametrize("prefix", [[], ["uv", "run"]])
def test_interrupted_it_says_how_to_go_on_and_that_works(
    ebbtide, walking, tmp_path, monkeypatch, prefix
):
    import shlex

    monkeypatch.delenv("UV", raising=False)
    if prefix:
        monkeypatch.setenv("UV", "/somewhere/uv")
    walking.interrupt_at = 3
    answer = ebbtide("run", "minimal", *QUICK, "--set", "groups.embers.pay=77")
    assert answer.code == 130
    assert "results go to results/minimal-minimal-1" in answer.err
    resume = shlex.split(answer.err.splitlines()[-1])
    assert resume[: len(prefix) + 1] == [*prefix, "ebbtide"]
    resume = resume[len(prefix) :]
    assert {"--no-plots", "--workers=1"} <= set(resume)
    kept = Results.open(tmp_path / "results" / "minimal-minimal-1").runs()
    assert 0 < len(kept) < 6
    made = walking.made
    assert ebbtide(*resume[1:]).code == 0
    assert walking.made - made == 6 - len(kept)
    assert len(Results.open(tmp_path / "results" / "minimal-minimal-1").runs()) == 6


@pytest.mark.slow
def test_a_remark_in_the_sources_resumes_and_another_formula_does_not(
    ebbtide, walking, copied, monkeypatch
):
    asked = ("run", "minimal", "--no-plots", "--workers=1", "--out", "kept")
    monkeypatch.setattr(sources, "PACKAGE", copied)

    def go_on(replications, file, before, after):
        text = (copied / file).read_text(encoding="utf-8")
        assert before in text
        (copied / file).write_text(text.replace(before, after, 1), encoding="utf-8")
        sources.runs_digest.cache_clear()
        return ebbtide(*asked, f"--replications={replications}")

    try:
        sources.runs_digest.cache_clear()
        assert ebbtide(*asked, "--replications=2").code == 0
        assert go_on(3, "rules/finance.py", "def crime", "# a remark\n\n\ndef crime").code == 0
        refused = go_on(
            4, "rules/finance.py", "return people_held * tax", "return 2 * people_held * tax"
        )
    finally:
        sources.runs_digest.cache_clear()
    assert refused.code == 2
    assert "code: what the sources of ebbtide compute has changed" in refused.err
    assert walking.made == 3


@pytest.mark.slow
def test_an_impatient_hand_on_ctrl_c_still_hears_how_to_go_on(tmp_path):
    command = ["-m", "ebbtide.cli.main", "run", "minimal", "--no-plots", "--replications=20000"]
    running = subprocess.Popen([sys.executable, *command], cwd=tmp_path, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 180
        while not list(tmp_path.glob("results/*/runs/*.parquet")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        for _ in range(4):
            running.send_signal(signal.SIGINT)
            time.sleep(0.15)
        said = running.communicate(timeout=30)[1].decode()
    finally:
        running.kill()
    assert running.returncode == 130
    assert "This goes on:" in said
    assert "Traceback" not in said


def test_interrupted_before_the_first_run_it_says_so(ebbtide, walking):
    walking.interrupt_at = 1
    assert "no run was finished yet" in ebbtide("run", "minimal", *QUICK).err


def test_more_replications_add_to_the_same_runs_and_fewer_are_refused(ebbtide, walking, tmp_path):
    few = ("run", "minimal", "--no-plots", "--workers=1", "--out=kept", "--replications=2")
    many = (*few[:-1], "--replications=5")
    assert ebbtide(*few).code == 0
    before = Results.open(tmp_path / "kept").runs()
    assert ebbtide(*many).code == 0
    results = Results.open(tmp_path / "kept")
    assert results.manifest["replications"] == 5
    assert results.runs().head(2).equals(before)
    assert len(results.runs()) == 5
    refused = ebbtide(*few)
    assert refused.code == 2
    assert "fewer" in refused.err


def test_a_horizon_before_the_founding_is_noted(ebbtide, walking):
    answer = ebbtide("run", "minimal", *QUICK, "--until=2001-02-01")
    assert "The Embers is founded on" in answer.err


def test_one_run_is_a_run_without_intervals(ebbtide, walking):
    answer = ebbtide("run", "minimal", "--no-plots", "--workers=1", "--replications=1")
    assert "1 runs" not in answer.out + answer.err
    assert "interval" not in answer.out
    assert answer.out.count("Peak: ") == 1


def test_the_peak_stands_apart_from_the_weeks(ebbtide, walking):
    answer = ebbtide("run", "minimal", *QUICK)
    assert "Each run's own peak: median" in answer.out
    assert "its date: median" in answer.out
    assert "under half" not in answer.out  # of a cut that the scenario does not have


def test_another_study_in_the_folder_is_refused(ebbtide, walking):
    assert ebbtide("run", "minimal", *QUICK, "--out", "kept").code == 0
    answer = ebbtide("run", "minimal", *QUICK, "--out", "kept", "--seed=2", "--fixed")
    assert answer.code == 2
    assert "seed: the folder has 1, asked is 2" in answer.err
    assert "fixed" in answer.err
    assert "replications" not in answer.err
    other = ebbtide("run", "minimal", *QUICK, "--out", "kept", "--policy=nothing")
    assert "policies: the folder has minimal, asked is nothing" in other.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["minimal", "--set", "groups.ember.pay=3"], "groups.embers.pay"),
        (["minimal", "--set", "groups.embers.pay"], "KEY=VALUE"),
        (["minimal", "--set=groups.embers.pay=1", "--set=groups.embers.pay=2"], "2 values"),
        (["minimal", "--set", "groups.embers.brand=2"], "--set: groups.embers.brand: found 2"),
        (["minimal", "--out="], "--out"),
        (["nothing.toml"], "--policy"),
        (["parameters"], "nothing to run"),
        (["minimal", "--set", "groups.embers.pay=lots"], "groups.embers.pay"),
        (["minimal", "--replications=-3"], "--replications"),
        (["minimal", "--replications=0"], "--replications"),
        (["minimal", "--workers=0"], "--workers"),
        (["minimal", "--seed=-1"], "--seed"),
        (["minimal", "--until=1999-01-01"], "2001-01-07"),
        (["minimal", "--until=2031-01-01"], "2003-03-02"),
        (["minimal", "--until=soon"], 'found "soon"; allowed: a date such as 2016-11-30'),
        (["minimal", "--policy=nowhere"], "nowhere"),
        (["minimal", "--out=taken"], "is a file"),
        (["minimal", "--out=taken/below"], "is a file"),
        (["minimal", "--out=/proc/nowhere"], "/proc"),
        (["minimal", "--out=foreign"], "thesis"),
        (["minimul"], "minimal"),
        (["taken"], "taken"),
        (["minimal", "--replicatons=3"], "--replications"),
        (
            ["minimal", "--log=event"],
            'found "event"; allowed: events or fates; did you mean events?',
        ),
        (["minimal", "--replications=0", "--style=gray"], 'found "0"; allowed: a whole number'),
        (["minimal", "--replications=0", "--style=gray"], "did you mean grey?"),
    ],
)
def test_wrong_input_is_named_and_nothing_is_written(ebbtide, walking, tmp_path, words, said):
    (tmp_path / "taken").write_text("")
    (tmp_path / "nothing.toml").write_text('title = "x"\n[acts]\n')
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis").write_text("")
    before = sorted(tmp_path.rglob("*"))
    answer = ebbtide("run", *words)
    assert answer.code == 2
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""
    assert sorted(tmp_path.rglob("*")) == before


LOGGED = ("--no-plots", "--workers=1", "--replications=1", "--until=2001-09-02")


@pytest.mark.slow
def test_a_log_tells_any_group_by_its_id_or_name(ebbtide, tmp_path):
    answer = ebbtide("run", "minimal", *LOGGED, "--log=events", "--group=the LEAGUE", "--out=kept")
    assert answer.code == 0, answer.err
    assert "left: none" in answer.out
    assert "changed sides" in answer.out
    assert (tmp_path / "kept" / "events.txt").read_text() in answer.out
    lives = ebbtide("run", "minimal", *LOGGED, "--log=fates", "--group=embers", "--out=kept")
    assert "crosses over with the founders: goes over to The Embers" in lives.out
    assert (tmp_path / "kept" / "fates.txt").exists()
    again = ebbtide("run", "--from=kept", "--run=0", "--log=fates", "--group=embers")
    assert (tmp_path / "kept" / "fates.txt").read_text() in again.out


def test_a_group_that_is_none_is_told_before_anything_runs(ebbtide, walking):
    answer = ebbtide("run", "minimal", *QUICK, "--log=events", "--group=The Leage")
    assert answer.code == 2
    assert 'found "The Leage"' in answer.err
    assert "did you mean The League?" in answer.err
    assert walking.made == 0
    assert ebbtide("run", "minimal", *QUICK, "--group=league").code == 2


@pytest.mark.slow
def test_with_a_file_of_ones_own_the_table_and_the_folder_have_it(ebbtide, tmp_path):
    (tmp_path / "mine.py").write_text(
        "import ebbtide as eb\n"
        "@eb.run_metric('men')\n"
        "def most_at_once(trajectory):\n"
        "    'Most fighters in any week.'\n"
        "    return trajectory.fighters.max()\n"
        "@eb.weekly_outcome('men')\n"
        "def doubled(model, group):\n"
        "    'Twice its fighters.'\n"
        "    return 2 * group.size\n"
    )
    run = ("run", "minimal", "--workers=1", "--replications=2", "--until=2001-09-02", "--out=kept")
    answer = ebbtide(*run, "--with=mine.py")
    assert answer.code == 0, answer.err
    assert "most_at_once, men: " in answer.out
    assert "kept/plots/own.png" in answer.out
    results = Results.open(tmp_path / "kept")
    assert results.runs()["most_at_once"].equals(results.runs()["fighters_peak"])
    series = results.series(["fighters", "doubled"])
    assert series["doubled"].equals(2 * series["fighters"])
    refused = ebbtide("run", "--from=kept", "--run=0")
    assert refused.code == 2
    assert "made with weekly outcome doubled, metric most_at_once; given: none" in refused.err
    assert "--with=mine.py" in refused.err
    again = ebbtide("run", "--from=kept", "--run=0", "--with=mine.py")
    assert (again.code, "the same as what is kept" in again.out) == (0, True)
    missing = ebbtide(*run, "--with=min.py")
    assert (missing.code, "did you mean mine.py?" in missing.err) == (2, True)


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_rule_that_cannot_be_compiled_stops_it_before_a_run_is_kept(ebbtide, tmp_path, workers):
    (tmp_path / "own.py").write_text(
        "import ebbtide as eb\n\n\n@eb.rule_override('territory.reported')\n"
        "def mine(affiliates, unseen):\n    return {}[unseen]\n"
    )
    answer = ebbtide("run", "minimal", "--with=own.py", f"--workers={workers}", "--out=kept")
    assert answer.code == 2
    assert "cannot be compiled" in answer.err
    assert not list((tmp_path / "kept" / "runs").glob("*"))
