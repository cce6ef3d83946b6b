"""What a sweep comes to."""

from types import SimpleNamespace

import pandas as pd
import pytest

from ebbtide.cli.output import print_tally
from ebbtide.study.tally import in_some, tallied, tally

VARIED = {"a.moves": {}, "a.idle": {}, "a.once": {}}


def results(**moved):
    """Two replications on a grid of two values that move and two that do not; `moved` changes runs."""
    rows = [
        {
            "run": 4 * replication + 2 * a + b, "policy": "usual", "replication": replication,
            "seed": replication, "status": "done", "error": None,
            "a.moves": a, "a.idle": b, "a.once": 1, "peak": 100 * replication + a,
        }
        for replication in range(2) for a in range(2) for b in range(2)
    ]  # fmt: skip
    for run, peak in moved.items():
        rows[int(run.removeprefix("run"))]["peak"] = peak
    manifest = {
        "study": {"title": "A study", "vary": VARIED},
        "scenario": {"id": "toy", "focus": "all", "groups": {"all": "All"}},
        "policies": {"usual": {}},
        "metrics": {"peak": {"unit": "men"}},
    }
    return SimpleNamespace(manifest=manifest, runs=lambda: pd.DataFrame(rows))


def test_an_axis_that_changes_no_number_of_any_run_is_idle():
    assert tally(results())["idle"] == ["a.idle"]  # one of a single value is not compared


def test_one_run_that_differs_is_enough_to_be_none():
    assert tally(results(run3=7))["idle"] == []


def test_a_metric_that_some_runs_lack_says_how_many_have_it(capsys):
    """Of eight runs six have a peak, and nobody sees which of them the median is of."""
    some = tally(results(run3=None, run4=None))
    metric = some["policies"]["usual"]["peak"]
    assert (metric["runs"], metric["of"]) == (6, 8)
    assert tallied(metric) == "50 (0 to 101), in 6 of 8 runs"
    assert tallied(tally(results())["policies"]["usual"]["peak"]) == "50 (0 to 101)"
    print_tally(some)
    assert "in 6 of 8 runs" in capsys.readouterr().out


def test_a_metric_that_no_run_has_is_named(capsys):
    none = tally(results(**{f"run{run}": None for run in range(8)}))
    metric = none["policies"]["usual"]["peak"]
    assert (metric["runs"], metric["of"], "median" in metric) == (0, 8, False)
    assert tallied(metric) == "in none of 8 runs"
    none["policies"]["usual"]["other"] = {"unit": "men", "runs": 8, "of": 8} | dict.fromkeys(
        ("mean", "median", "low", "high"), 1.0
    )
    print_tally(none)
    assert "In no run: peak" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ({"unit": "share"}, "0.37 (0.31 to 0.42)"),
        ({"unit": "ratio"}, "0.37 (0.31 to 0.42)"),
        ({"unit": "-1 to 1"}, "0.37 (0.31 to 0.42)"),
        ({"unit": "men"}, "0 (0 to 0)"),
        ({"unit": "tonnes", "digits": 1}, "0.4 (0.3 to 0.4)"),
        ({"unit": "tonnes"}, "0.370 (0.310 to 0.420)"),  # of a folder that says nothing of it
    ],
)
def test_a_metric_is_told_with_the_digits_of_its_unit(of, told):
    """A ratio of 0.37 is none of 0; what a user says of a unit of his own goes all the way."""
    shown = results()
    runs = shown.runs().assign(peak=[0.37, 0.37, 0.31, 0.42, 0.37, 0.37, 0.31, 0.42])
    shown.manifest["metrics"]["peak"] = of
    shown.runs = lambda: runs
    assert tallied(tally(shown)["policies"]["usual"]["peak"]) == told


def test_nothing_at_all_of_an_unknown_unit_is_told():
    none = {"unit": "tonnes", "runs": 1, "of": 1} | dict.fromkeys(("median", "low", "high"), 0.0)
    assert tallied(none) == "0 (0 to 0)"


def test_in_how_many_runs_is_said_only_where_some_lack_it():
    assert (in_some(3, 3), in_some(1, 3), in_some(0, 1)) == (
        "",
        "in 1 of 3 runs",
        "in none of 1 run",
    )
