"""What functions of the user's own answer: taken as what it was to be, or told of that run alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ebbtide as eb


@cache
def small() -> eb.Scenario:
    """The small scenario, read once."""
    return eb.load("minimal")


def runs_with(unit: str, answer: object, folder: Path) -> pd.DataFrame:
    """Two runs: of the first the metric gives the answer, of the second none."""
    answers = iter([answer, None])

    @eb.run_metric(unit)
    def own(trajectory):
        return next(answers)

    how = {"replications": 2, "workers": 1, "until": "2001-03-04", "out": folder / "r"}
    return eb.run(small(), **how, extensions=own).runs()


FIGURE = [np.float32(2), np.array(2.0), np.array([2]), np.int64(2), Decimal(2), pd.Series([2.0])]
DAY = [dt.date(2001, 1, 1), dt.datetime(2001, 1, 1, 5), np.datetime64("2001-01-01"),
       pd.Timestamp(2001, 1, 1)]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "answer", "kept"),
    [
        *[("men", answer, 2.0) for answer in FIGURE],
        *[("date", answer, pd.Timestamp(2001, 1, 1)) for answer in DAY],
        ("yes/no", np.bool_(True), True),
    ],
)
def test_an_answer_is_kept_as_what_it_holds(
    unit: str, answer: object, kept: object, tmp_path: Path
) -> None:
    runs = runs_with(unit, answer, tmp_path)
    assert [*runs["status"]] == ["done", "done"]
    assert runs["own"][0] == kept


@pytest.mark.parametrize(
    ("unit", "answer"),
    [("men", float("nan")), ("men", pd.NA), ("men", np.nan), ("date", pd.NaT),
     ("date", np.datetime64("NaT", "D")), ("yes/no", None), ("yes/no", float("nan"))],
)  # fmt: skip
def test_what_stands_for_nothing_is_no_answer(unit: str, answer: object, tmp_path: Path) -> None:
    runs = runs_with(unit, answer, tmp_path)
    assert [*runs["status"]] == ["done", "done"]
    assert runs["own"].isna().all()


@pytest.mark.parametrize(
    ("unit", "answer", "allowed"),
    [
        *[("men", answer, "a finite number")
          for answer in ("many", "3", [1, 2], np.array([1.0, 2.0]), 1 + 2j, {}, 10**400, object(),
                         float("inf"), dt.date(2001, 1, 1))],
        *[("date", answer, "a date") for answer in (5, "2001-01-01", True, [])],
        *[("yes/no", answer, "True or False") for answer in (1, 0.5, "no", [])],
    ],
)  # fmt: skip
def test_another_answer_fails_its_run_alone_and_names_the_metric(
    unit: str, answer: object, allowed: str, tmp_path: Path
) -> None:
    runs = runs_with(unit, answer, tmp_path)
    assert [*runs["status"]] == ["failed", "done"]
    assert runs["error"][0].startswith(f"RuntimeError: metric own, in {unit}: ValueError: found ")
    assert allowed in runs["error"][0]


def test_what_a_metric_raises_fails_its_run_even_a_file_that_is_not_there(tmp_path: Path) -> None:
    """An OSError of the machine ends a study; that of a user's own function is his run's."""

    @eb.run_metric("men")
    def own(trajectory):
        return float(Path("nowhere").read_text())

    runs = eb.run("minimal", replications=1, workers=1, until="2001-02-04", out=tmp_path / "r",
                  extensions=own).runs()  # fmt: skip
    assert "metric own, in men: FileNotFoundError" in runs["error"][0]


@pytest.mark.parametrize("answer", ["3", [1, 2], 1 + 2j, float("inf"), dt.date(2001, 1, 1)])
def test_a_weekly_outcome_that_is_no_number_says_which_of_whom_and_when(answer: object) -> None:
    @eb.weekly_outcome("men")
    def own(model, group):
        return answer

    with pytest.raises(
        RuntimeError, match=r"own of league, 2001-01-07: ValueError: found .*; allowed: a finite"
    ):
        eb.Insurgency("minimal", rng=1, extensions=own)


@pytest.mark.parametrize("answer", [None, pd.NA, float("nan")])
def test_a_weekly_outcome_may_have_no_answer(answer: object) -> None:
    @eb.weekly_outcome("men")
    def own(model, group):
        return answer

    assert eb.Insurgency("minimal", rng=1, extensions=own).series()["own"].isna().all()
