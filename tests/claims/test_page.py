"""From a file of tests to a page: every world lived, every test judged, every claim told."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ebbtide.claims.carriers import carried
from ebbtide.claims.criteria import Effect, Null, Range, Verdict
from ebbtide.claims.judging import Finding, Judge
from ebbtide.claims.measures import all_of
from ebbtide.claims.null import NullModel
from ebbtide.claims.page import MadeWith, digests, page
from ebbtide.claims.reading import CaseTests, read_tests
from ebbtide.claims.summary import beside_null, verdicts_of
from ebbtide.claims.trials import PAIRS, RunsFailed, Trials, live
from ebbtide.claims.weekly import Mean
from ebbtide.claims.worlds import Worlds
from ebbtide.compilation import sources
from ebbtide.scenario import Scenario, load
from ebbtide.study.executor import executor

from .written import TESTS, case

ROOT = Path(__file__).resolve().parents[2]
PAGE, SCENARIOS = ROOT / "docs" / "claims.md", ROOT / "scenarios"
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
    assert seen[-1] == 2 * REPLICATIONS + PAIRS
    return Judge(tests, worlds, numbers)


def breakdowns(judge: Judge) -> dict[str, list[Range]]:
    return {name: judge.breakdown(name) for name in judge.tests.file.breakdown}


def test_a_world_is_lived_once(judge: Judge) -> None:
    """As it is, without rivalry; and of pairs, without the founding."""
    worlds = judge.worlds
    assert len(worlds.by_id) == 3
    assert worlds.paired["sign.rivals"][0] == worlds.usual
    assert worlds.paired["rule.rise-founding"][0] == worlds.usual
    assert [world.paired for world in worlds.by_id.values()] == [False, True, False]


def test_pairs_differ_by_the_mechanism_alone(judge: Judge) -> None:
    differences = judge.differences("rule.rise-founding")
    with_it = judge.numbers[judge.worlds.paired["rule.rise-founding"][0]]["rule.rise-founding"]
    assert len(differences) == REPLICATIONS  # in which both worlds were lived
    assert (differences == with_it).all()  # without the founding there is no man
    effect = judge.effects()["rise-founding"]
    assert effect == Effect.of(with_it, np.zeros(REPLICATIONS))
    assert (effect.median, effect.more) == (1, 1)


def test_pairs_are_the_same_draws(judge: Judge) -> None:
    """Not the medians: other draws have other men."""
    trials = Trials(judge.worlds.by_id, REPLICATIONS, 1)
    assert len({run.replication for run in trials.runs()}) == PAIRS
    assert judge.usual["rule.rise-founding"].nunique() == REPLICATIONS


def test_findings_say_what_the_runs_have(judge: Judge) -> None:
    strength = judge.usual["measure.strength"]
    size, some, ended, rivals = judge.findings()
    low, median, high = np.quantile(strength, (0.05, 0.5, 0.95))
    assert size.model == f"{median:,.0f} ({low:,.0f} to {high:,.0f})"
    assert len(size.near) == REPLICATIONS
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
    text = page(judge.tests, judge.findings(), judge.effects(), breakdowns(judge), made_with)
    assert re.findall(r"^## `([a-z-]+)`: (.*)$", text, re.MULTILINE)[0][0] == "rise"
    assert re.findall(r"^## `([a-z-]+)`", text, re.MULTILINE) == ["rise", "fall"]
    effect = judge.effects()["rise-founding"]
    told = f"| without the founding there is none | more | {effect} in 10 pairs | 100% | **met** |"
    assert told in text
    assert "| none is left | " in text
    strength = judge.usual["measure.strength"]
    assert "| what is left of them | model: median (90%) |" in text
    assert f"| all | {np.median(strength):,.1f} (" in text
    assert f"| half | {np.median(strength) / 2:,.1f} (" in text
    assert "{" not in text
    assert "\n\n\n" not in text


def test_a_run_that_fails_judges_nothing(tmp_path: Path, monkeypatch: Any) -> None:
    trials = Trials(Worlds(read_tests(load(case(tmp_path)))).by_id, REPLICATIONS, 1)
    monkeypatch.setattr("ebbtide.model.Insurgency.step", lambda model: 1 / 0)
    with pytest.raises(RunsFailed, match="ZeroDivisionError"):
        live(trials, executor(trials, 1), lambda now: None)


def finding(
    kind: str,
    verdict: Verdict,
    null: Null = Null.FAILS,
    imposed: str = "",
    looked_at: str = "",
    *,
    claim: str | None = "launch",
    held_back: bool = False,
) -> Finding:
    return Finding(
        claim, kind, "words", "so", "the sign", "", verdict, null, imposed, looked_at, held_back
    )


def test_what_numbers_were_set_by_stands_apart_from_what_was_held_back() -> None:
    """The model's best hides nothing: what it was set by, and what inputs impose, count apart."""
    met, missed, meets, fails = Verdict.MET, Verdict.NOT_YET, Null.MEETS, Null.FAILS
    table, told = beside_null(
        [
            finding("C", met, meets, held_back=True, claim=None),
            finding("C", missed, meets, held_back=True, claim=None),
            finding("Q", met, fails),
            finding("Q", met, fails, looked_at="a range"),
            finding("C", met, Null.FITTED, looked_at="a range"),
            finding("C", missed, meets, looked_at="a range"),
            finding("C", Verdict.IMPOSED, Null.SILENT, "an input", "a range"),
            finding("P", Verdict.OPEN, fails, "an input"),
            finding("P", Verdict.OPEN, fails),  # cannot be judged: counts for nothing
            finding("F", Verdict.STATED, Null.SILENT),
        ]
    )
    counts = [re.findall(r"\| (\d+)(?= \|)", line) for line in table.splitlines()[2:]]
    assert counts == [
        ["2", "1", "2", "1", "0", "0"],
        ["1", "1", "0", "0", "0", "0"],
        ["3", "2", "1", "0", "1", "0"],
        ["2", "1", "0", "0", "0", "1"],
    ]
    assert (
        "Of the 3 that no number of the model was set by, the model meets 2 and the null model 2"
        in told
    )
    assert (
        "of the 2 among them that were held back for that, the model 1 and the null model 2" in told
    )
    assert "Of the 3 that numbers of the model were set looking at, the model meets 2" in told
    assert "fitted to 1 of these, and of the other 2 it meets 1, the model 1" in told


def test_the_case_marks_what_its_sources_confess(tests: CaseTests) -> None:
    """A figure is held back or was looked at: of what was neither, the sources say that it is none."""
    neither = [name for name, row in tests.file.figure.items()
               if not (tests.figures[name].held_back or row.looked_at)]  # fmt: skip
    assert neither == []
    sources = (SCENARIOS / "khorasan" / "SOURCES.md").read_text(encoding="utf-8")
    rows = [*tests.file.figure.values(), *tests.file.sign.values()]
    named = {one for row in rows for one in re.findall(r"`([a-z0-9_.-]+)`", row.looked_at)}
    assert len(named) > 8
    for each in named:
        assert f"{each.rpartition('.')[2]}`" in sources


def test_what_lies_in_acts_that_name_the_place_is_imposed(tests: CaseTests) -> None:
    for year in (2015, 2016):
        row = tests.file.figure[f"killed-elsewhere-{year}"]
        acts = re.findall(r"`([a-z0-9-]+)`", row.imposed)
        assert acts
        for act in acts:
            assert "AF-NAN" in (tests.scenario.policy.file.acts[act].places or ())


def test_a_mechanism_that_moves_too_little_makes_its_claim_idle(tests: CaseTests) -> None:
    effects = {
        name: Effect(share, share, share, 1, 0, PAIRS)
        for name, row in tests.file.rule.items()
        for share in [0.06 if row.sign == "more" else -0.06]
    }
    assert verdicts_of(tests, [], effects)["recruits-lost", "R"] == Verdict.MET
    little = {"recruits-lost-money": Effect(-0.04, -0.04, -0.04, 0, 1, PAIRS)}
    verdicts = verdicts_of(tests, [], effects | little)
    assert verdicts["recruits-lost", "R"] == Verdict.IDLE
    assert verdicts["launch", "R"] == Verdict.MET


def test_the_intake_leaves_out_the_founders(tests: CaseTests) -> None:
    """Its best half-year must not be the week in which founders cross."""
    founded = tests.scenario.week_of(tests.scenario.file.events["iskp-founded"].date)
    asked = [one for one in all_of(tests.file.measure["intake-left"], {}) if isinstance(one, Mean)]
    assert len(asked) > 4
    for one in asked:
        first, _ = tests.file.periods[str(one.period)]
        assert tests.scenario.week_of(first) > founded


def test_figures_held_back_are_marked_and_stand_apart(tmp_path: Path) -> None:
    row = """
[figure.kept]
words = "one held back"
measure = "strength"
interval = [1, 1]
null = "silent"
held_back = true
"""
    tests = read_tests(load(case(tmp_path, TESTS + row)))
    found = finding("C", Verdict.MET, claim=None, held_back=True)
    effects = {"rise-founding": Effect(1, 1, 1, 1, 0, PAIRS)}
    parts = {"left": [Range(1, 1, 1), Range(1, 1, 1)]}
    text = page(
        tests, [found], effects, parts, MadeWith(REPLICATIONS, 1, "ebbtide claims case.toml")
    )
    assert "## Patterns" not in text
    _, apart = text.split("## Figures held back from fitting, of no single claim")
    assert "| C: words | so | the sign |" in apart
    worlds = Worlds(tests)
    trials = Trials({worlds.usual: worlds.by_id[worlds.usual]}, REPLICATIONS, 1)
    numbers = live(trials, executor(trials, 1), lambda now: None)
    judged = Judge(tests, worlds, numbers)._figure("kept", tests.file.figure["kept"])
    assert judged.held_back
    assert judged.criterion.endswith("; held back from fitting")


def test_the_case_holds_five_figures_back(tests: CaseTests) -> None:
    held_back = {name: str(tests.figures[name]) for name, row in tests.file.figure.items()
                 if tests.figures[name].held_back}  # fmt: skip
    assert sorted(held_back.values()) == ["1,600", "2,000-3,000", "2,500", "2-3", "3,500", "7"]


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
    assert digests(tests, tests.scenario.posterior) in PAGE.read_text(encoding="utf-8"), (
        "the scenario, its claims, their tests, the model or what judges and writes have changed: "
        "run the command that the page names"
    )


CLOSED = """
[rule.rise-nothing]
claim = "rise"
words = "with nothing done against it"
measure = "strength"
sign = "less"
policy = "policies/nothing.toml"
"""
ACT = """
[acts.more]
kind = "strikes"
force = "garrison"
against = ["embers"]
start = 2002-01-06
strength = 0.5
"""


@pytest.mark.parametrize(
    ("file", "said", "other", "stale"),
    [
        ("strength.csv", "90,110,", "90,111,", True),  # a figure, and the null model's
        ("strength.csv", "100,400,", "100,401,", True),
        ("strength.csv", "day,100", "month,100", False),
        ("policies/nothing.toml", "", ACT, True),
    ],
)
def test_an_edit_of_what_tests_name_makes_the_page_stale(
    tmp_path: Path, file: str, said: str, other: str, stale: bool
) -> None:
    scenario, edited = case(tmp_path, TESTS + CLOSED), tmp_path / file
    before, text = digests(read_tests(load(scenario)), None), edited.read_text(encoding="utf-8")
    changed = text.replace(said, other) if said else text + other
    assert changed != text
    edited.write_text(changed, encoding="utf-8")
    assert (digests(read_tests(load(scenario)), None) != before) == stale


def test_of_figures_that_no_test_names_the_null_models_count(tmp_path: Path) -> None:
    figure = TESTS.index("evidence = {"), TESTS.index('null = "fitted"')
    tests = f"{TESTS[: figure[0]]}interval = [90, 110]\n{TESTS[figure[1] :]}"
    found = []
    for stated in (tests, tests.replace('[null_model]\npublisher = "The Gazette"\n', "")):
        folder = tmp_path / str(len(found))
        folder.mkdir()
        scenario, file = case(folder, stated), folder / "strength.csv"
        before, text = read_tests(load(scenario)).digest, file.read_text(encoding="utf-8")
        file.write_text(text.replace("100,400,", "100,401,"), encoding="utf-8")
        found.append(read_tests(load(scenario)).digest != before)
    assert found == [True, False]


def test_how_publishers_see_a_world_makes_the_page_stale(tests: CaseTests) -> None:
    """Measures draw from the scenario's `[observation]`, which no run feels."""
    seen = tests.scenario.with_overrides({"observation.over_claim.high": 8.0})
    assert seen.digest == tests.scenario.digest
    assert digests(replace(tests, scenario=seen), None) != digests(tests, None)


@pytest.mark.slow
def test_another_model_or_writer_makes_the_page_stale_and_a_remark_does_not(
    tests: CaseTests, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A formula, a measure of a run, an interval, a criterion, the writer."""
    edits = {
        "rules/finance.py": ("return people_held * tax", "return people_held + tax"),
        "evidence/lived.py": ('float(found["men"].sum())', '2 * float(found["men"].sum())'),
        "study/spread.py": ("CENTRAL = ", "MIDDLE = CENTRAL = "),
        "study/precision.py": ("import math", "import cmath as math"),
        "claims/criteria.py": ("FACTOR = 2.0", "FACTOR = 3.0"),
        "claims/page.py": ('"## Criteria"', '"## What counts"'),
    }
    before = digests(tests, None)
    monkeypatch.setattr(sources, "PACKAGE", copied)
    for each in ("lives_digest", "judging_digest"):
        anew = getattr(sources, each).__wrapped__
        monkeypatch.setattr(f"ebbtide.claims.page.{each}", anew)
    texts = {copied / file: (copied / file).read_text(encoding="utf-8") for file in edits}
    for edited, text in texts.items():
        edited.write_text(f"# a remark\n{text}", encoding="utf-8")
    assert digests(tests, None) == before
    for (edited, text), (said, other) in zip(texts.items(), edits.values(), strict=True):
        assert said in text
        edited.write_text(text.replace(said, other), encoding="utf-8")
        assert digests(tests, None) != before, edited
        edited.write_text(text, encoding="utf-8")
