"""What a sweep comes to."""

from types import SimpleNamespace

import pandas as pd

from ebbtide.study.tally import tally

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
