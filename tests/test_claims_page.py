"""The page of claims: its criteria, and that docs/claims.md is whole and not stale."""

from __future__ import annotations

import importlib
import math
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ebbtide.scenario import load

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "claims.md"
sys.path.insert(0, str(PROJECT / "experiments"))
criteria = importlib.import_module("ledger.criteria")
carriers = importlib.import_module("ledger.carriers")
null = importlib.import_module("ledger.null")
page = importlib.import_module("ledger.page")
results = importlib.import_module("ledger.results")
Range, Verdict = criteria.Range, criteria.Verdict


def test_a_range_is_the_median_and_the_middle_of_what_is_known() -> None:
    found = Range.of([*range(101), math.nan])
    assert (found.low, found.median, found.high) == (5, 50, 95)
    assert math.isnan(Range.of([math.nan]).median)


@pytest.mark.parametrize(
    ("found", "figure", "factor", "verdict"),
    [
        (Range(100, 50, 200), (100, 100), 2, Verdict.MET),
        (Range(100, 50, 200), (199, 300), 2, Verdict.MET),  # touched, median in reach of it
        (Range(100, 50, 200), (201, 201), 2.5, Verdict.NOT_YET),  # outside the range
        (Range(40, 20, 200), (100, 100), 2, Verdict.NOT_YET),  # inside, median too far
        (Range(40, 20, 200), (100, 100), None, Verdict.MET),  # the range alone decides
        (Range(math.nan, math.nan, math.nan), (1, 1), 2, Verdict.OPEN),
    ],
)
def test_a_figure_needs_the_range_and_the_median(found, figure, factor, verdict) -> None:
    assert criteria.agrees(found, *figure, factor) == verdict


@pytest.mark.parametrize(
    ("yes", "of", "verdict"),
    [
        (10, 10, Verdict.CLOSE),  # ten runs cannot tell
        (40, 40, Verdict.MET),
        (186, 200, Verdict.CLOSE),  # 93%
        (192, 200, Verdict.MET),
        (176, 200, Verdict.CLOSE),  # 88%
        (160, 200, Verdict.NOT_YET),
        (1900, 2000, Verdict.MET),
    ],
)
def test_a_sign_holds_in_nine_runs_of_ten_beyond_sampling_error(
    yes: int, of: int, verdict: object
) -> None:
    assert criteria.holds([True] * yes + [False] * (of - yes)) == verdict


def test_no_runs_tell_no_sign() -> None:
    assert criteria.holds([]) == Verdict.OPEN


def signed(kind: str, share: float, imposed: str) -> object:
    """The finding of a sign that holds in a share of 200 runs."""
    told = SimpleNamespace(found=[])
    signs = pd.Series(np.arange(200) < share * 200)
    results.Results.sign(
        told, "launch", kind, "a sign", signs, "so", results.Null.FAILS, imposed
    )  # fmt: skip
    return told.found[0]


@pytest.mark.parametrize(
    ("kind", "share", "imposed", "verdict"),
    [
        ("Q", 1, "", Verdict.MET),
        ("Q", 1, "a dated killing", Verdict.IMPOSED),
        ("Q", 0.5, "a dated killing", Verdict.NOT_YET),
        ("P", 1, "a level from the first day", Verdict.OPEN),
        ("P", 0.5, "a level from the first day", Verdict.OPEN),
    ],
)
def test_what_inputs_impose_is_not_plainly_met(kind, share, imposed, verdict) -> None:
    finding = signed(kind, share, imposed)
    assert finding.verdict == verdict
    assert imposed in finding.criterion
    assert "(98 to 100)" in finding.model or share < 1


def test_the_comparison_with_the_null_model_leaves_out_what_is_imposed() -> None:
    found = [signed("Q", 1, ""), signed("Q", 1, "an input"), signed("P", 1, "an input")]
    text = page._summary(load("khorasan"), {}, found)
    assert "the model meets 2 of 3, of which imposed by inputs: 1; 1 more are built in" in text
    assert "Of the 1 that are neither" in text
    assert "With a test that lies in inputs: launch (Q), launch (P)." in text


def test_a_rule_test_in_a_made_world_counts_apart() -> None:
    rows = [row for row in carriers.rows_of_tests() if row.claim == "recruits-lost"]
    assert len(rows) == 5
    assert all(row.under for row in rows)
    passed = {(row.claim, row.words): True for row in carriers.rows_of_tests()}
    scenario = load("khorasan")
    verdicts = page.verdicts_of(scenario, [], carriers.rows_of_tests(), passed)
    assert verdicts["recruits-lost", "R"] == Verdict.IN_MADE_WORLD
    assert verdicts["launch", "R"] == Verdict.MET
    passed[rows[0].claim, rows[0].words] = False
    verdicts = page.verdicts_of(scenario, [], carriers.rows_of_tests(), passed)
    assert verdicts["recruits-lost", "R"] == Verdict.NOT_YET
    assert "in a world made for it: `groups.iskp.cohesion` = 0.1" in page._told(rows[0], True)


def test_a_claim_counts_by_its_worst_test() -> None:
    met, not_yet, unjudged = Verdict.MET, Verdict.NOT_YET, Verdict.OPEN
    assert criteria.overall([met, unjudged, not_yet]) == not_yet
    assert criteria.overall([met, unjudged]) == unjudged
    assert criteria.overall([met, met]) == met
    assert criteria.overall([met, Verdict.IMPOSED]) == Verdict.IMPOSED
    assert criteria.overall([Verdict.CLOSE, Verdict.IMPOSED]) == Verdict.CLOSE
    assert criteria.overall([Verdict.STATED]) == Verdict.STATED


def test_a_province_is_reported_by_its_affiliates() -> None:
    luck = np.full(3, 0.5)
    half = 10 * math.log(2)  # reported with probability one half
    assert criteria.reported_provinces(np.array([0, half * 1.01, 1e9]), 10, luck) == 2
    assert criteria.reported_provinces(np.array([0, half * 0.99, 1e9]), 10, luck) == 1


def test_the_tail_exponent_of_a_power_law_is_found() -> None:
    luck = np.random.default_rng(5).random(200_000)
    harmed = np.floor(3 * (1 - luck) ** (-1 / 1.5))
    assert criteria.tail_exponent(harmed) == pytest.approx(2.5, abs=0.05)
    assert math.isnan(criteria.tail_exponent(harmed[:20]))


def test_attacks_that_come_ever_faster_have_a_positive_pace() -> None:
    waits = 30 * np.arange(1, 40) ** -0.8
    weeks = np.bincount(np.cumsum(waits).astype(int))
    b, log_first = criteria.pace(weeks)
    assert b == pytest.approx(0.8, abs=0.25)
    assert log_first == pytest.approx(math.log(30), abs=0.7)
    assert criteria.pace(np.ones(5)) is None


def test_the_null_model_goes_through_the_us_figures() -> None:
    scenario = load("khorasan")
    founded = scenario.file.events["iskp-founded"].date
    curve = null.NullModel(scenario.evidence_tables()["strength"], founded)
    assert curve.at(founded) == 0
    assert curve.at("2016-01-31") == pytest.approx(3000)
    assert curve.at("2016-07-28") == pytest.approx(1500)
    assert curve.at("2016-09-15") == pytest.approx(1250)
    assert curve.at("2016-12-01") < 1250


def test_rule_tests_are_found_by_claim_and_words() -> None:
    rows = carriers.rows_of_tests()
    name, words = rows[0].claim, rows[0].words
    passed = carriers.read_cases({f"{carriers.TEST}[{name}: {words}]": True, "test_other": False})
    assert passed == {(name, words): True}
    carried = {claim for claim, said in load("khorasan").claims.items() if "R" in said.kinds}
    assert {row.claim for row in rows} == carried


def test_the_rules_of_a_claim_come_from_the_ledger() -> None:
    scenario = load("khorasan")
    assert "soft_weight" in carriers.rules_of("soft-targets", scenario)["attacks"]
    assert carriers.rules_of("fades", scenario) == {}


def test_the_page_has_every_claim_once_in_order() -> None:
    headings = re.findall(r"^## `([a-z-]+)`:", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(load("khorasan").claims)


def test_the_page_says_with_what_it_was_made() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert re.search(r"Made with: \d+ replications of `khorasan` under `record`", text)
    assert re.search(r"seed \d+", text)


def test_the_page_is_not_stale() -> None:
    made_with = re.search(r"scenario digest\s+`([0-9a-f]{64})`", PAGE.read_text(encoding="utf-8"))
    assert made_with is not None
    assert made_with[1] == load("khorasan").digest, (
        "the scenario has changed: run `uv run python experiments/claims.py`"
    )
