"""Outcomes, metrics and rules of a user's own: read, checked, told, and lived."""

from __future__ import annotations

import copy
import math
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ebbtide as eb
from ebbtide.compilation.closure import code_digest
from ebbtide.extensions import Extensions
from ebbtide.study.extended import told_extensions
from ebbtide.study.focus import outcomes_of_own
from ebbtide.study.metrics import metrics_with
from extensions import own

FILE = Path(own.__file__)


def lived(weeks: int = 30, **how: object) -> eb.Insurgency:
    model = eb.Insurgency("minimal", rng=1, **how)
    model.run_until(weeks)
    return model


@pytest.mark.parametrize("given", [own, FILE, str(FILE), [own], own.share_of_start])
def test_functions_modules_and_files_may_be_given(given: object) -> None:
    assert [*Extensions(given).outcomes] == ["share_of_start"]


def test_a_weekly_outcome_stands_beside_those_of_the_model() -> None:
    series = lived(extensions=own.share_of_start).series()
    league = series[series["group"] == "league"]
    men = league["fighters"].to_numpy()
    assert np.array_equal(league["share_of_start"], men / men[0])
    assert series[series["group"] == "embers"]["share_of_start"].isna().all()  # it answers None
    pd.testing.assert_frame_equal(series.drop(columns="share_of_start"), lived().series())


@pytest.mark.slow
def test_a_rule_is_lived_in_both_ways_alike_and_beside_models_without_it() -> None:
    """And the rule's own place is as it was, whatever was compiled before."""
    ours = lived(extensions=own.everywhere_reported)
    usual = lived()
    plain = lived(extensions=own.everywhere_reported, agents_way=True)
    pd.testing.assert_frame_equal(ours.series(), plain.series())
    reported = ours.series()["places_reported"]
    assert set(reported) <= {0.0, 1.0, 2.0}
    assert not set(usual.series()["places_reported"]) <= {0.0, 1.0, 2.0}
    rest = [name for name in usual.series() if name != "places_reported"]
    pd.testing.assert_frame_equal(ours.series()[rest], usual.series()[rest])


@pytest.mark.slow
def test_a_rule_that_men_follow_moves_them_in_both_ways_alike() -> None:
    @eb.rule_override("leaving.desertion_hazard")
    def nobody_goes(
        pay_share, morale, hired, tie, highest, tendency, arrears_weight, morale_weight,
        hired_weight,
    ):  # fmt: skip
        return 0.0

    ours = lived(extensions=nobody_goes).series()
    assert ours["exits_deserted"].sum() == 0
    assert lived().series()["exits_deserted"].sum() > 0
    plain = lived(extensions=nobody_goes, agents_way=True).series()
    pd.testing.assert_frame_equal(ours, plain)


@pytest.mark.slow
def test_a_copied_model_goes_on_with_them() -> None:
    model = lived(10, extensions=FILE)
    copies = copy.deepcopy(model), pickle.loads(pickle.dumps(model))
    for each in (model, *copies):
        each.run_until(12)
    for other in copies:
        pd.testing.assert_frame_equal(model.series(), other.series())
        assert other.series()["share_of_start"].notna().any()


def test_what_a_user_adds_travels_with_its_code() -> None:
    """A worker need not find the file: functions, and what they read, are in the pickle."""
    other = pickle.loads(pickle.dumps(Extensions(FILE)))
    assert other.statement() == Extensions(FILE).statement()
    assert other.functions[1].__globals__ is not own.weeks_with_many.__globals__
    assert other.functions[1].__globals__["MANY"] == 100


def test_a_manifest_tells_them_with_unit_and_meaning() -> None:
    told = Extensions(own).statement()
    assert told["named"] == ["extensions.own"]
    assert told["outcomes"]["share_of_start"]["unit"] == "share"
    meaning = "Fighters as a share of those of the first day."
    assert told["outcomes"]["share_of_start"]["meaning"] == meaning
    assert told["rules"]["territory.reported"]["by"] == "everywhere_reported"
    assert Extensions().statement() == {}


def test_what_a_unit_of_ones_own_means_is_said_beside_it_and_kept() -> None:
    grain = eb.weekly_outcome("tonnes", adds_up=True)(function("grain", "m, g"))
    men = eb.weekly_outcome("men", adds_up=False)(function("men_a_place", "m, g"))
    plain = eb.weekly_outcome("men")(function("more_men", "m, g"))
    given = Extensions([grain, men, plain])
    kept = outcomes_of_own({"extensions": told_extensions(given).told()})
    for told in (given.told_outcomes, kept):
        assert {name: outcome.adds_up for name, outcome in told.items()} == {
            "grain": True, "men_a_place": False, "more_men": True,
        }  # fmt: skip
    metric = eb.run_metric("tonnes", digits=1)(function("harvest", "t"))
    assert metrics_with(Extensions(metric))["harvest"].digits == 1
    of_before = {"unit": "tonnes", "meaning": "of a folder that says no more"}
    assert not outcomes_of_own({"extensions": {"outcomes": {"grain": of_before}}})["grain"].adds_up


def test_what_a_manifest_keeps_of_them_is_all_that_they_say() -> None:
    """A key of theirs that the manifest does not declare would be lost on the way."""
    grain = eb.weekly_outcome("tonnes", adds_up=True)(function("grain", "m, g"))
    for given in (own, grain, ()):
        assert told_extensions(Extensions(given)).told() == Extensions(given).statement()


def test_a_digest_follows_what_a_function_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own numbers, and the functions of its file, but not the code of libraries."""
    before = code_digest(own.weeks_with_many)
    assert code_digest(Extensions(FILE).metrics["weeks_with_many"]) == before
    monkeypatch.setattr(own, "MANY", 101)
    assert code_digest(own.weeks_with_many) != before


def found(given: object) -> str:
    with pytest.raises(eb.Faults) as faults:
        Extensions(given)
    return str(faults.value)


def function(name: str, arguments: str, body: str = "0.0") -> object:
    made: dict[str, object] = {"math": math, "__name__": "mine"}
    exec(f"def {name}({arguments}):\n    return {body}\n", made)
    return made[name]


ARGUMENTS = "affiliates, unseen"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (3, "found 3; allowed: a Python file, a module"),
        ([3], "found 3; allowed: a Python file, a module"),
        ("nowhere.py", "nowhere.py: found no such file"),
        (FILE.parent, "found no Python file"),
        (math, "math: found nothing that extends the model"),
        (len, "len: found nothing that extends the model"),
        (
            [own, eb.weekly_outcome("men")(function("share_of_start", "m, g"))],
            "found two functions",
        ),
        (eb.weekly_outcome("men")(function("fighters", "m, g")), "an outcome of the model"),
        (eb.weekly_outcome("men")(function("group", "m, g")), "no name for a column"),
        (eb.run_metric("men")(function("seed", "t")), "no name for a column"),
        (eb.weekly_outcome(3)(function("mine", "m, g")), "found unit 3; allowed: text"),
        (
            eb.weekly_outcome("shares")(function("mine", "m, g")),
            'the unit "shares", which the model has not; allowed: beside it adds_up=True or False: '
            "whether a sum over groups means anything; or one that it has, such as -1 to 1, ",
        ),
        (eb.weekly_outcome("shares")(function("mine", "m, g")), "did you mean share?"),
        (eb.weekly_outcome("t", adds_up="yes")(function("mine", "m, g")), 'adds_up: found "yes"'),
        (
            eb.run_metric("t")(function("mine", "t")),
            'the unit "t", which the model has not; '
            "allowed: beside it digits=0 to 9: how many stand behind the point",
        ),
        (eb.run_metric("t", digits=-1)(function("mine", "t")), "mine: digits: found -1"),
        (eb.run_metric("men", digits=True)(function("mine", "t")), "mine: digits: found true"),
        (eb.weekly_outcome("men")(function("mine", "m")), "arguments m; allowed: model, group"),
        (eb.run_metric("men")(function("mine", "")), "arguments none; allowed: trajectory"),
        (eb.rule_override("territory.reportd")(function("mine", ARGUMENTS)), "territory.reported?"),
        (
            eb.rule_override("territory.reported")(function("mine", "seen, unseen")),
            "found the arguments seen, unseen; allowed: those of territory.reported, in its order",
        ),
        (
            eb.rule_override("territory.reported")(function("mine", ARGUMENTS, "OPEN[0]")),
            None,
        ),
    ],
)
def test_what_is_wrong_is_told(given: object, words: str | None) -> None:
    if words is None:
        given.__globals__["OPEN"] = [1.0]
        words = "reads a global of type list"
    assert words in found(given)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import nothing_of_this_name", "rules.py:1: found ModuleNotFoundError"),
        ("x = 1\ndef f(:\n", "rules.py:2: found SyntaxError"),
        ("\n\n1 / 0\n", "rules.py:3: found ZeroDivisionError"),
        ("x = 1\n", "found nothing that extends the model"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(
    text: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "rules.py").write_text(text, encoding="utf-8")
    assert words in found(tmp_path / "rules.py")


def test_a_rule_that_cannot_be_compiled_is_told() -> None:
    rule = eb.rule_override("territory.reported")(function("mine", ARGUMENTS, "{}[unseen]"))
    with pytest.raises(eb.Faults, match=r"cannot be compiled.*agents_way=True"):
        lived(1, extensions=rule)


def test_an_outcome_that_fails_says_which_of_whom_and_when() -> None:
    outcome = eb.weekly_outcome("men")(function("mine", "model, group", "1 / (2 - model.week)"))
    with pytest.raises(RuntimeError, match="mine of league, 2001-01-21: ZeroDivisionError"):
        lived(3, extensions=outcome)


def test_a_declaration_without_its_brackets_or_of_no_function_is_told_at_once() -> None:
    with pytest.raises(eb.Faults, match=r'allowed: @run_metric\("..."\) above the function'):
        eb.run_metric(function("mine", "t"))
    with pytest.raises(eb.Faults, match=r"weekly_outcome: found .*; allowed: a function made with"):
        eb.weekly_outcome("men")(print)
