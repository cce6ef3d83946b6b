"""What is handed over in Python and is not what is wanted is told in words, by every public name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ebbtide as eb
from ebbtide.scenario import Scenario
from ebbtide.study.store import Refused

WRONG = (None, 3, -1, 2.5, "wrong", "", [], {}, ["x"], object(), b"x", True, float("nan"),
         dt.date(2001, 1, 1), lambda: 1, "~no-such-user/x", "a" * 300, "\udcff", "x\0y")  # fmt: skip
SAID = ("is a loaded one, a path or the name", "run until a date, a whole week or a function",
        "lies outside the scenario", "cannot run until", "nobody of id")  # fmt: skip
QUICK = {"replications": 1, "workers": 1, "until": "2001-01-14"}
STUDY = (
    'title = "One"\nscenario = "minimal"\nuntil = 2001-01-14\n[series]\noutcomes = ["fighters"]\n'
)


@cache
def small() -> Scenario:
    """The small scenario, read once."""
    return eb.load("minimal")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> eb.Results:
    return eb.run("minimal", **QUICK, out=tmp_path_factory.mktemp("kept") / "run")


@pytest.fixture(scope="module")
def model() -> eb.Insurgency:
    return eb.Insurgency("minimal", rng=1)


def assert_told(call: Callable[[Any], object], least: int = 9) -> None:
    """Most of what is wrong is refused, and whatever is refused is told."""
    refused = 0
    for value in WRONG:
        try:
            call(value)
        except (eb.Faults, Refused):
            refused += 1
        except (TypeError, ValueError, LookupError) as error:
            said = str(error)
            if not any(words in said for words in SAID):
                raise AssertionError(f"{value!r}: {type(error).__name__}: {said}") from error
            refused += 1
    assert refused >= least


PURE: dict[str, Callable[[Any], object]] = {
    "load": eb.load,
    "load: overrides": lambda value: eb.load("minimal", value),
    "load: path": lambda value: eb.load("minimal", {str(value): 1, 3: value}),
    "load: value": lambda value: eb.load("minimal", {"groups.league.pay": value}),
    "load_policy": lambda value: eb.load_policy(value, small()),
    "load_policy: scenario": lambda value: eb.load_policy("minimal", value),
    "Insurgency": lambda value: eb.Insurgency(value or 3),
    "Insurgency: policy": lambda value: eb.Insurgency(small(), policy=value or 3),
    "Insurgency: agents_way": lambda value: eb.Insurgency(small(), agents_way=value),
    "Insurgency: extensions": lambda value: eb.Insurgency(small(), extensions=value),
    "Insurgency: a date": lambda value: eb.Insurgency(
        small(), **{"policy.acts.strikes.start": value}
    ),
    "Extensions": eb.Extensions,
    "weekly_outcome": lambda value: eb.Extensions(eb.weekly_outcome(value)(lambda m, g: 1)),
    "run_metric": lambda value: eb.Extensions(eb.run_metric(value)(lambda t: 1)),
    "rule_override": lambda value: eb.Extensions(eb.rule_override(value)(lambda t: 1)),
    "open": eb.open,
    "plot": lambda value: eb.plot(value, "fighters"),
    "sweep": lambda value: eb.sweep(value, workers=1),
    "Scenario.read": Scenario.read,
    "Policy.read": eb.Policy.read,
}
OF_SCENARIO = ("there_from", "week_of", "week_felt", "sample", "with_overrides")
OF_RESULTS: dict[str, Callable[[eb.Results, Any], object]] = {
    "series: columns": lambda results, value: results.series(value or 3),
    "series: group": lambda results, value: results.series(group=value or 3),
    "outcomes": lambda results, value: results.outcomes(value),
    "table": lambda results, value: results.table(value),
    "table: columns": lambda results, value: results.table("runs", value or 3),
    "plot: outcome": lambda results, value: eb.plot(results, value),
    "plot: group": lambda results, value: eb.plot(results, "fighters", group=value or 3),
    "plot: policy": lambda results, value: eb.plot(results, "fighters", policy=value or 3),
    "plot: over": lambda results, value: eb.plot(results, "fighters", over=value or 3),
    "plot: summed": lambda results, value: eb.plot(results, "fighters", summed=value),
    "plot: style": lambda results, value: eb.plot(results, "fighters", style=value),
}


@pytest.mark.parametrize("name", PURE)
def test_functions_tell_what_they_want(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_told(PURE[name])


@pytest.mark.parametrize("name", OF_SCENARIO)
def test_methods_of_a_scenario_tell_what_they_want(name: str, minimal: Scenario) -> None:
    assert_told(getattr(minimal, name))
    assert_told(getattr(minimal.policy, "with_overrides"))  # noqa: B009 - beside the others


@pytest.mark.parametrize("name", OF_RESULTS)
def test_methods_of_results_tell_what_they_want(name: str, results: eb.Results) -> None:
    assert_told(lambda value: OF_RESULTS[name](results, value))


@pytest.mark.parametrize("name", ["run_until", "places", "fate"])
def test_methods_of_a_model_tell_what_they_want(name: str, model: eb.Insurgency) -> None:
    assert_told(lambda value: getattr(model, name)(3.5 if callable(value) else value))
    for week in (float("inf"), float("nan")):
        with pytest.raises((TypeError, eb.Faults)):
            getattr(model, name)(week)


@pytest.mark.parametrize(
    "key",
    [
        "policy",
        "replications",
        "seed",
        "until",
        "fixed",
        "workers",
        "extensions",
        "most_runs",
        "report",
    ],
)
def test_run_tells_what_it_wants(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    some = [value for value in WRONG if not (key == "report" and callable(value))]
    monkeypatch.setattr("test_arguments.WRONG", tuple(some))
    assert_told(lambda value: eb.run(small(), **{**QUICK, key: value}))


@pytest.mark.parametrize("key", ["workers", "out", "extensions", "most_runs", "report", "cluster"])
def test_sweep_tells_what_it_wants(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("study.toml").write_text(STUDY)
    for value in WRONG:
        if key == "report" and callable(value):
            continue
        usual = {} if key in ("workers", "cluster") else {"workers": 1}
        if key == "cluster" and isinstance(value, str) and value:
            continue  # an address is looked for
        try:
            eb.sweep("study.toml", **usual, **{key: value})
        except (eb.Faults, Refused):
            continue


def test_words_say_what_is_wanted() -> None:
    for call, words in (
        (lambda: eb.load("minimal", "x"), "load: overrides: found \"x\"; allowed: a table of values"),
        (lambda: eb.load_policy("nothing", "minimal"), "load_policy: scenario: found \"minimal\""),
        (lambda: eb.plot("results", "fighters"), "what `ebbtide.open` gives"),
        (lambda: eb.load("minimal").there_from("legue"), "did you mean league?"),
        (lambda: eb.sweep("study.toml", most_runs=0), "most_runs: found 0; allowed: a whole number"),
        (lambda: eb.open("~no-such-user/x"), 'found "~no-such-user/x", of a user whose home is not known'),
    ):  # fmt: skip
        with pytest.raises(eb.Faults) as faults:
            call()
        assert words in str(faults.value)


@pytest.mark.parametrize("path", ["policy.acts.strikes.start", "start"])
@pytest.mark.parametrize("value", ["soon", "2001-13-01", 3])
def test_what_is_no_date_is_told_without_the_quotes_of_a_file(path: str, value: object) -> None:
    with pytest.raises(eb.Faults) as faults:
        eb.Insurgency("minimal", **{path: value})
    said = str(faults.value)
    assert said.startswith("override: ")
    assert said.endswith("allowed: a date such as 2016-11-30")


def test_a_plot_speaks_of_its_arguments_and_not_of_options(results: eb.Results) -> None:
    for arguments, words in (
        ({"group": "legue"}, 'group: found "legue"'),
        ({"policy": "minimall"}, 'policy: found "minimall"'),
        ({"summed": True, "outcome": "morale"}, 'summed: found "morale"'),
    ):
        with pytest.raises(eb.Faults) as faults:
            eb.plot(results, **({"outcome": "fighters"} | arguments))
        assert str(faults.value).startswith(words)


@pytest.mark.parametrize("address", ["s3://bucket/x", "S3:/bucket", "https://here.org/a.toml"])
def test_an_address_is_no_path_and_is_told_as_it_was_given(address: str) -> None:
    for call in (
        lambda: eb.load(address),
        lambda: eb.load_policy(address, small()),
        lambda: eb.open(address),
        lambda: eb.sweep(address),
        lambda: eb.run(small(), **QUICK, out=address),
        lambda: eb.run(small(), **QUICK, policy=address),
    ):
        with pytest.raises(eb.Faults, match=rf'found "{address}"; allowed: .*, and no address$'):
            call()


def test_what_the_encoding_here_lacks_is_not_told_as_wrong_bytes() -> None:
    taken = "c_ü".encode().decode("ascii", "surrogateescape")  # as under a C locale
    with pytest.raises(eb.Faults, match=r"a name that .*, the encoding here, lacks: PYTHONUTF8=1"):
        eb.open(taken)
    with pytest.raises(eb.Faults, match="a name that is not in UTF-8"):
        eb.open("\udcff")
