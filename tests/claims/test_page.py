"""From a file of tests to a page: every world lived, every test judged, every claim told."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ebbtide.claims.carriers import carried
from ebbtide.claims.criteria import Null, Verdict
from ebbtide.claims.judging import Finding, Judge, passes
from ebbtide.claims.null import NullModel
from ebbtide.claims.page import MadeWith, digests, page
from ebbtide.claims.reading import CaseTests, read_tests
from ebbtide.claims.summary import beside_null, verdicts_of
from ebbtide.claims.trials import PAIRS, RunsFailed, Trials, live
from ebbtide.claims.worlds import Worlds
from ebbtide.compilation import sources
from ebbtide.scenario import Scenario, load
from ebbtide.study.executor import executor

from .written import case

PAGE = Path(__file__).resolve().parents[2] / "docs" / "claims.md"
REPLICATIONS = 10


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """The small case, all its worlds lived in this process."""
    tests = read_tests(load(case(tmp_path_factory.mktemp("case"))))
    worlds = Worlds(tests)
    trials = Trials(worlds.by_id, REPLICATIONS, 1)
    seen: list[int] = []
    numbers = live(trials, executor(trials, 1), lambda now: seen.append(now.kept))
    assert seen[0] == 0
    assert seen[-1] == 2 * REPLICATIONS + 2 * PAIRS
    return Judge(tests, worlds, numbers)


def test_a_world_is_lived_once(judge: Judge) -> None:
    """Drawn: as it is, without rivalry. At medians: as it is, without the founding."""
    assert len(judge.worlds.by_id) == 4
    assert judge.worlds.paired["sign.rivals"][0] == judge.worlds.usual
    assert judge.worlds.paired["rule.rise-founding"][0] != judge.worlds.usual


def test_pairs_differ_by_the_mechanism_alone(judge: Judge) -> None:
    differences = judge.differences("rule.rise-founding")
    with_it = judge.numbers[judge.worlds.paired["rule.rise-founding"][0]]["rule.rise-founding"]
    assert len(differences) == PAIRS
    assert (differences == with_it).all()  # without the founding there is no man
    assert judge.rules() == {"rise-founding": True}
    row = judge.tests.file.rule["rise-founding"]
    assert not passes(row.model_copy(update={"sign": "less"}), differences)


def test_findings_say_what_the_runs_have(judge: Judge) -> None:
    strength = judge.usual["measure.strength"]
    size, some, ended, rivals = judge.findings()
    low, median, high = np.quantile(strength, (0.05, 0.5, 0.95))
    assert size.model == f"{median:,.0f} ({low:,.0f} to {high:,.0f})"
    assert size.words == f"fighters at the end ({size.model})"
    assert size.against == "190-510 (The Gazette, strength.csv)"
    assert some.model.startswith(f"in {(strength > 0).mean():.0%} of runs")
    assert some.model.endswith(f"of them, in {strength.mean():.0%}")
    assert ended.model == f"{(strength < 1).mean():.0%}"
    assert rivals.claim == "fall"
    assert rivals.model.endswith("more")
    assert (size.null, some.null, rivals.null) == (Null.FITTED, Null.MEETS, Null.FAILS)


def test_the_page_tells_every_claim_in_order(judge: Judge) -> None:
    made_with = MadeWith(REPLICATIONS, 1, "ebbtide claims case.toml")
    text = page(judge.tests, judge.findings(), judge.rules(), made_with)
    assert re.findall(r"^## `([a-z-]+)`: (.*)$", text, re.MULTILINE)[0][0] == "rise"
    assert re.findall(r"^## `([a-z-]+)`", text, re.MULTILINE) == ["rise", "fall"]
    assert "Rule tests: without the founding there is none (passes)." in text
    assert "| none is left | " in text
    assert "{" not in text
    assert "\n\n\n" not in text


def test_a_run_that_fails_judges_nothing(tmp_path: Path, monkeypatch: Any) -> None:
    trials = Trials(Worlds(read_tests(load(case(tmp_path)))).by_id, REPLICATIONS, 1)
    monkeypatch.setattr("ebbtide.model.Insurgency.step", lambda model: 1 / 0)
    with pytest.raises(RunsFailed, match="ZeroDivisionError"):
        live(trials, executor(trials, 1), lambda now: None)


def finding(kind: str, verdict: Verdict, null: Null = Null.FAILS, imposed: str = "") -> Finding:
    return Finding("launch", kind, "words", "so", "the sign", "", verdict, null, imposed)


def test_the_comparison_with_the_null_model_leaves_out_what_is_imposed() -> None:
    told = beside_null(
        [
            finding("Q", Verdict.MET),
            finding("Q", Verdict.IMPOSED, imposed="an input"),
            finding("P", Verdict.OPEN, imposed="an input"),
        ]
    )
    assert "the model meets 2 of 3, of which imposed by inputs: 1; 1 more are built in" in told
    assert "Of the 1 that are neither" in told


def test_a_rule_test_in_a_made_world_counts_apart(tests: CaseTests) -> None:
    passed = dict.fromkeys(tests.file.rule, True)
    made = {name for name, row in tests.file.rule.items() if row.under}
    assert {tests.file.rule[name].claim for name in made} == {"recruits-lost"}
    verdicts = verdicts_of(tests, [], passed)
    assert verdicts["recruits-lost", "R"] == Verdict.IN_MADE_WORLD
    assert verdicts["launch", "R"] == Verdict.MET
    verdicts = verdicts_of(tests, [], passed | {min(made): False})
    assert verdicts["recruits-lost", "R"] == Verdict.NOT_YET


def test_the_null_model_goes_through_the_figures(khorasan: Scenario) -> None:
    founded = khorasan.file.events["iskp-founded"].date
    strength = khorasan.evidence_tables()["strength"]
    curve = NullModel(strength, "US Forces Afghanistan", "fighters", founded)
    assert curve.at(founded) == 0
    assert curve.at("2016-01-31") == pytest.approx(3000)
    assert curve.at("2016-07-28") == pytest.approx(1500)
    assert curve.at("2016-09-15") == pytest.approx(1250)
    assert curve.at("2016-12-01") < 1250
    weeks = curve.total(founded, founded)
    assert math.isclose(weeks, 0)


def test_who_carries_a_claim_comes_from_the_ledger(khorasan: Scenario) -> None:
    told = carried("soft-targets", khorasan)
    assert re.search(r"mechanisms attacks \(.*soft_weight", told)
    assert "outcomes capability" in told
    assert "`events.iskp-founded`" in carried("launch", khorasan)


def test_a_claim_that_nothing_carries_says_so(judge: Judge) -> None:
    assert carried("fall", judge.tests.scenario) == "Carried by: nothing yet."


def test_the_kept_page_has_every_claim_once_in_order(khorasan: Scenario) -> None:
    headings = re.findall(r"^## `([a-z-]+)`:", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(khorasan.claims)


def test_the_kept_page_says_with_what_it_was_made() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert re.search(r"Made with: \d+ replications of `khorasan` under `record`", text)
    assert re.search(r"seed \d+", text)


def test_the_kept_page_is_not_stale(tests: CaseTests) -> None:
    assert digests(tests) in PAGE.read_text(encoding="utf-8"), (
        "the scenario, its claims, their tests, the model or what judges and writes have changed: "
        "run the command that the page names"
    )


@pytest.mark.parametrize(
    ("file", "said", "other"),
    [
        ("rules/finance.py", "return people_held * tax", "return people_held + tax"),
        ("claims/criteria.py", "FACTOR = 2.0", "FACTOR = 3.0"),
        ("claims/page.py", '"## Criteria"', '"## What counts"'),
    ],
    ids=["formula", "criterion", "writer"],
)
def test_another_model_or_writer_makes_the_page_stale(
    tests: CaseTests,
    copied: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    said: str,
    other: str,
) -> None:
    before, edited = digests(tests), copied / file
    monkeypatch.setattr(sources, "PACKAGE", copied)
    for each in ("runs_digest", "judging_digest"):
        anew = getattr(sources, each).__wrapped__
        monkeypatch.setattr(f"ebbtide.claims.page.{each}", anew)
    text = edited.read_text(encoding="utf-8")
    assert said in text
    edited.write_text(f"# a remark\n{text}", encoding="utf-8")
    assert digests(tests) == before
    edited.write_text(text.replace(said, other), encoding="utf-8")
    assert digests(tests) != before
