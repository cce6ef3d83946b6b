"""`ebbtide compare`: what it prints, keeps and refuses."""

from __future__ import annotations

import json
import re
import shlex

import pandas as pd
import pytest

from comparison.worlds import write_world
from ebbtide.comparison import equal_effort, running
from ebbtide.comparison.question import Question
from ebbtide.study.asked import options_by_field
from ebbtide.study.results import Results

QUICK = ("--workers=1", "--no-plots")
ASKED = ("compare", "minimal.toml", "--policy=harder", "--policy=nothing")


@pytest.fixture
def world(ebbtide, tmp_path):
    return write_world(tmp_path)


@pytest.fixture
def counting(monkeypatch):
    """How many runs are lived."""
    from ebbtide.study.simulate import Simulator

    lived: list[int] = []
    live = Simulator.live

    def counted(self, run):
        lived.append(run.run)
        return live(self, run)

    monkeypatch.setattr(Simulator, "live", counted)
    return lived


@pytest.mark.slow
def test_tables_and_a_folder_that_the_same_command_only_reads(ebbtide, world, counting, tmp_path):
    answer = ebbtide(*ASKED, *QUICK, "--replications=4", "--out=kept")
    assert answer.code == 0
    for expected in (
        "from 07 Oct 2001 to 02 Mar 2003: 4 replications", "drawn from the priors",
        "mean_strength", "civilians_harmed_by_garrison", "kept/comparison/differences.csv",
    ):  # fmt: skip
        assert expected in answer.out
    assert len(counting) == 12
    again = ebbtide(*ASKED, *QUICK, "--replications=4", "--out=kept", "--outcome=ended")
    assert "nothing to do" in again.err
    assert len(counting) == 12
    table = pd.read_csv(tmp_path / "kept" / "comparison" / "differences.csv")
    assert set(table["outcome"]) == {"ended"}
    more = ebbtide(*ASKED, *QUICK, "--replications=5", "--out=kept")
    assert more.code == 0
    assert len(counting) == 15
    assert str(tmp_path) not in (tmp_path / "kept" / "manifest.json").read_text()


def test_json_has_every_number(ebbtide, world):
    answer = ebbtide(*ASKED, *QUICK, "--replications=2", "--json", "--outcome=mean_strength")
    told = json.loads(answer.out)
    assert told["reference"] == "minimal"
    assert list(told["policies"]) == ["minimal", "harder", "nothing"]
    assert [row["policy"] for row in told["differences"]] == ["harder", "nothing"]


def test_interrupted_it_says_how_to_go_on_and_that_works(
    ebbtide, world, counting, monkeypatch, tmp_path
):
    from ebbtide.study.simulate import Simulator

    monkeypatch.delenv("UV", raising=False)
    live = Simulator.live

    def stopped(self, run):
        if run.run == 7:
            raise KeyboardInterrupt
        return live(self, run)

    with monkeypatch.context() as at_first:
        at_first.setattr(Simulator, "live", stopped)
        answer = ebbtide(*ASKED, *QUICK, "--replications=4", "--outcome=ended")
    assert answer.code == 130
    again = shlex.split(answer.err.splitlines()[-1])
    kept = len(Results.open(tmp_path / "results" / "minimal-compared-1").runs())
    counting.clear()
    assert ebbtide(*again[1:]).code == 0
    assert len(counting) == 12 - kept


@pytest.mark.slow
def test_limits_are_told_and_a_folder_is_read_again_with_others(ebbtide, world, tmp_path):
    kept = ("--out=kept", "--outcome=ended", "--until=2001-12-30", "--replications=2")
    answer = ebbtide(*ASKED, *QUICK, *kept, "--at-most=mean_strength=1e9", "--report")
    assert answer.code == 0
    assert "Limits kept: shares of replications with 95% intervals" in answer.out
    file = tmp_path / "kept" / "comparison" / "limits.csv"
    found = pd.read_csv(file)
    assert found["kept"].tolist() == [1.0] * 6
    assert found["limit"].tolist() == ["every limit", "mean_strength"] * 3
    assert (
        "--at-most=mean_strength=1000000000" in (tmp_path / "kept/report/report.html").read_text()
    )
    again = ebbtide("compare", "kept", "--no-plots", "--at-most=mean_strength=0", "--json")
    told = json.loads(again.out)
    assert told["at_most"] == {"mean_strength": 0}
    assert {row["kept"] for row in told["limits"]} == {0}
    assert pd.read_csv(file)["kept"].tolist() == [0.0] * 6
    refused = ebbtide("compare", "kept", "--at-most=mean_strenth=0")
    assert refused.code == 2
    assert '--at-most: found "mean_strenth"' in refused.err


def test_a_run_of_it_can_be_done_again(ebbtide, world):
    assert ebbtide(*ASKED, *QUICK, "--replications=2", "--out=kept").code == 0
    again = ebbtide("run", "--from=kept", "--run=4")
    assert (again.code, again.out.splitlines()[-1]) == (0, "the same as what is kept")


@pytest.mark.slow
def test_replications_are_added_until_differences_are_precise(ebbtide, world, tmp_path):
    asked = (*ASKED[:3], *QUICK, "--until=2001-12-30", "--out=kept")
    answer = ebbtide(*asked, "--until-halfwidth=0.5")
    assert answer.code == 0
    assert "precise after 30 replications" in answer.err
    finer = ebbtide(*asked, "--until-halfwidth=0.004")
    assert finer.code == 0
    assert Results.open(tmp_path / "kept").manifest["replications"] > 30


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--policy=harder",), '--policy: found "harder" twice'),
        (("--reference=longer",), '--reference: found "longer"; allowed: one of the policies'),
        (("--outcome=mean",), '--outcome: found "mean"; allowed: '),
        (("--at-most=mean_strenth=9",), '--at-most: found "mean_strenth"; allowed: '),
        (("--at-most=mean_strenth=9",), "did you mean mean_strength?"),
        (("--at-most=mean_strength",), '--at-most: found "mean_strength"; allowed: OUTCOME=NUMBER'),
        (("--at-most=ended=1",), '--at-most: found "ended"; allowed: a limit of what is better'),
        (("--from=1999-01-01",), "--from: found 1999-01-01"),
        (("--until=2001-08-05",), "--until: found 2001-08-05"),
        (("--until=1999-01-01",), "--until: found 1999-01-01"),
        (("--replications=9000",), "9,000 replications of 3 policies; allowed: at most 20,000"),
        (("--replications=9", "--until-halfwidth=0.1"), "one of them"),
        (("--set=groups.embers.pya=3",), "did you mean groups.embers.pay?"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_written(
    ebbtide, world, tmp_path, options, told
):
    before = {*tmp_path.rglob("*")}
    answer = ebbtide(*ASKED, *QUICK, *options)
    assert answer.code == 2
    assert told in answer.err
    assert "Traceback" not in answer.err
    assert {*tmp_path.rglob("*")} == before


def test_another_question_is_refused_for_the_folder(ebbtide, world):
    assert ebbtide(*ASKED, *QUICK, "--replications=2", "--out=kept").code == 0
    other = ebbtide("compare", "minimal.toml", "--policy=longer", *QUICK, "--out=kept")
    assert other.code == 2
    assert (
        "policies: the folder has harder, minimal, nothing, asked is longer, minimal" in other.err
    )


@pytest.mark.slow
def test_a_folder_in_the_place_of_a_scenario_is_read_alone(ebbtide, world, counting, monkeypatch):
    assert ebbtide(*ASKED, *QUICK, "--replications=2", "--out=kept").code == 0
    counting.clear()
    (world.parent / "minimal.toml").unlink()  # nothing but the folder is needed
    read = ebbtide(
        "compare", "kept", "--no-plots", "--from=2002-01-06", "--outcome=ended", "--report"
    )
    assert (read.code, counting) == (0, [])
    assert "from 06 Jan 2002" in read.out
    page = (world.parent / "kept" / "report" / "report.html").read_text()
    assert "The answer" in page
    [printed] = re.findall(r"<code>ebbtide (compare [^<]+)</code>", page)
    assert re.findall(r"--from=\S+", printed) == ["--from=2002-01-06"]  # as it was read
    assert re.findall(r"--outcome=\S+", printed) == ["--outcome=ended"]
    assert ebbtide("compare", "kept", "--no-plots", "--report").code == 0
    page = (world.parent / "kept" / "report" / "report.html").read_text()
    [printed] = re.findall(r"<code>ebbtide (compare [^<]+)</code>", page)
    assert re.findall(r"--from=\S+", printed) == ["--from=2001-10-07"]
    assert "--outcome" not in printed
    refused = ebbtide("compare", "kept", "--replications=3")
    assert refused.code == 2
    assert "--replications: a folder of results is only read" in refused.err


def test_a_run_that_fails_is_told_with_its_policy_and_how_to_see_it_again(
    ebbtide, world, monkeypatch
):
    """What is left out of the comparison: its whole replication."""
    from ebbtide.study.simulate import Simulator

    live = Simulator.live

    def faulty(self, run):
        if run.run == 4:
            raise FloatingPointError("a hazard above its bound")
        return live(self, run)

    monkeypatch.setattr(Simulator, "live", faulty)
    answer = ebbtide(*ASKED, *QUICK, "--replications=3", "--out=kept")
    assert answer.code == 1
    assert "1 of 9 runs failed" in answer.err
    assert "run 4 (policy minimal" in answer.err
    assert "a hazard above its bound" in answer.err
    assert "--run=4" in answer.err
    assert "1 replication" in answer.out


SAME = "policy same does what minimal does, on all days: nothing comes of comparing them"


def test_a_policy_that_does_what_another_does_is_told_before_and_after(ebbtide, world):
    answer = ebbtide(
        "compare", "minimal.toml", "--policy=same", "--policy=harder", *QUICK, "--replications=2",
        "--outcome=mean_strength", "--out=kept",
    )  # fmt: skip
    assert f"note: {SAME}" in answer.err
    assert "“same” differs from “minimal” in nothing that is compared" in answer.out.replace(
        "\n", " "
    )
    assert "“harder” differs" not in answer.out
    checked = ebbtide("check", "same", "--scenario=minimal.toml").out
    assert SAME in checked
    assert (
        "nothing comes of comparing"
        not in ebbtide("check", "harder", "--scenario=minimal.toml").out
    )
    assert (
        "nothing comes of comparing"
        not in ebbtide("check", "minimal", "--scenario=minimal.toml").out
    )


def test_policies_of_a_study_that_do_the_same_are_told(ebbtide, world):
    study = world.parent / "study.toml"
    said = 'title = "Same"\nscenario = "minimal.toml"\npolicies = ["minimal", "same"]\n'
    study.write_text(said, encoding="utf-8")
    assert SAME in ebbtide("check", "study.toml").out
    study.write_text(said.replace('"same"', '"harder"'), encoding="utf-8")
    assert "nothing comes of comparing" not in ebbtide("check", "study.toml").out


def test_what_a_study_states_in_vain_is_told(ebbtide, world):
    study = world.parent / "study.toml"
    said = 'title = "One"\nscenario = "minimal.toml"\n[series]\nevery = {every}\n'
    varied = '[vary."groups.embers.pay"]\nvalues = {values}\n'
    study.write_text(said.format(every=200) + varied.format(values=[100]), encoding="utf-8")
    answer = ebbtide("check", "study.toml").out
    assert 'vary."groups.embers.pay" has one value: it is set, and not varied' in answer
    assert "series.every is 200, of 112 weeks: the first and the last alone are kept" in answer
    study.write_text(said.format(every=4) + varied.format(values=[100, 200]), encoding="utf-8")
    answer = ebbtide("check", "study.toml").out
    assert "has one value" not in answer
    one_point = "design.points is 1: what is varied is set to one value each, and not varied"
    assert one_point not in answer
    ranged = '[vary."groups.embers.pay"]\nlow = 100\nhigh = 200\n'
    for kind, points, vary, is_told in (
        ("latin_hypercube", 1, ranged, True), ("grid", 1, ranged, True), ("grid", 2, ranged, False),
        ("grid", 1, varied.format(values=[100, 200]), False),
    ):  # fmt: skip
        design = f'[design]\nkind = "{kind}"\npoints = {points}\n'
        study.write_text(said.format(every=4) + design + vary, encoding="utf-8")
        assert (one_point in ebbtide("check", "study.toml").out) == is_told
    assert "alone are kept" not in answer


@pytest.fixture
def asked(ebbtide, monkeypatch):
    """The question that a command asks; nothing is run."""
    questions: list[Question] = []

    def doing(question, workers, cluster):
        questions.append(question)
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "doing", doing)
    monkeypatch.setattr(equal_effort, "equalised", lambda question, *_: question)

    def question_of(*words: str) -> Question:
        ebbtide(*words)
        return questions.pop()

    return question_of


def said_of(question: Question) -> dict[str, object]:
    """What a question holds that a command may say, and what it is of."""
    of = {"scenario": question.scenario.digest, "extensions": question.extensions.statement()}
    of |= {"policies": {name: each.digest for name, each in question.policies.items()}}
    return {name: getattr(question, name) for name in options_by_field(Question)} | of


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--policy=longer", "--reference=nothing", "--from=2002-01-06", "--until=2002-06-30",
         "--outcome=ended", "--outcome=mean_strength", "--seed=0", "--fixed", "--with=mine.py",
         "--set=groups.embers.pay=90", "--set=rules.rivalry.on=false", "--replications=7"),
        ("--policy=longer@2002-02-03", "--priors", "--until-halfwidth=0.25", "--equal-effort"),
        ("--budget=2.5", "--replications=9000", "--yes"),
        ("--at-most=mean_strength=300", "--at-most=civilians_harmed_in_all=0.5"),
    ],
)  # fmt: skip
def test_the_command_that_is_kept_asks_the_same(asked, world, options):
    (world.parent / "mine.py").write_text(OWN, encoding="utf-8")
    question = asked(*ASKED, *options)
    _, *words = shlex.split(question.manifest()["command"])
    assert {each for each in options if "=" not in each} <= {*words}
    again = asked(*words)
    assert said_of(again) == said_of(question)
    assert again.command() == question.command()


OWN = """import ebbtide as eb


@eb.run_metric("men")
def most_at_once(trajectory):
    "Most fighters in any week."
    return trajectory.fighters.max()
"""
